"""What an expert reads of one application: the papers, with the applicant where they are not hidden."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.templatetags.words import money
from core.text import LANGUAGES, LocalText
from documents.models import Document
from grants.formulas.amounts import own_share_percent
from grants.models import Application
from grants.queries.asked import questions_asked
from grants.queries.blind import Veil, file_name, neutral_name
from grants.queries.budget import Budget, read_budget
from grants.queries.places import offered
from grants.queries.plan import milestone_words, read_milestones
from grants.queries.translations import translations_beside
from questionnaires.queries.content import Answered, sections_read
from questionnaires.statuses import QuestionKind

COUNTED = frozenset(  # no applicant can be named in them
    {QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.DATE, QuestionKind.CALCULATED, QuestionKind.DECLARATION}
)
CALL_TEXTS = [f"application__call__{name}_{lang}" for name in ("rules", "summary") for lang in LANGUAGES]


@dataclass(frozen=True)
class Paper:
    """One document as its expert sees it: `name` is neutral where the applicant is hidden."""

    key: str
    title: LocalText
    name: str
    document: Document


@dataclass(frozen=True)
class Step:
    """One milestone: what is done, by when and what proves it."""

    key: str
    title: str
    words: str


def facts(application: Application, *, hidden: bool = False) -> list[tuple[str, Any]]:
    """What stands at the head of an application's papers."""
    asked, own = application.amount_requested or Decimal(0), application.own_amount or Decimal(0)
    applicant = _("Hidden until your review is in") if hidden else application.organisation.name
    return [
        (_("Applicant"), applicant),
        (_("Type"), application.organisation.get_kind_display()),
        (_("Sector"), application.sector.name if application.sector else "—"),
        (_("District"), application.district.name if application.district else "—"),
        (_("Amount asked"), money(asked, application.currency)),
        (_("Own money"), f"{money(own, application.currency)} ({own_share_percent(asked, own):.0f} %)"),
    ]


def who_asks(application: Application) -> list[tuple[str, Any]]:
    """What an expert needs to know whether they have a conflict of interest, and no more."""
    head = [(_("Head"), application.organisation.head_name)] if application.organisation.head_name else []
    first, *others = facts(application)[:4]
    return [first, *head, *others]


def papers(application: Application, veil: Veil) -> dict[str, Any]:
    """The dossier that an expert scores: facts, answers by section, plan, budget (without suppliers), documents.

    `places` are what a score may rest on. Everything is shown through the veil.
    """
    sections: list[tuple[LocalText, list[Answered]]] = [
        (title, [_answer(question, veil) for question in questions])
        for _position, title, questions in sections_read(questions_asked(application))
    ]
    shown = {
        "summary": veil.over(application.summary),
        "facts": facts(application, hidden=veil.is_on),
        "sections": sections,
        "milestones": _steps(application, veil),
        "budget": _budget(application, veil),
        "documents": _documents(application, veil),
    }
    beside = translations_beside(application, veil)
    return {**shown, "places": offered(shown), "is_hidden": veil.is_on, "translations": beside}


def _answer(question: Answered, veil: Veil) -> Answered:
    """An answer through the veil; a file that answers a question gets a neutral name."""
    if veil.is_on and question.kind == QuestionKind.FILE and question.words:
        files = [{**file, "name": neutral_name(file["id"], file["name"])} for file in question.words]
        return replace(question, words=files, value=files)
    if not veil.is_on or question.kind in COUNTED:
        return question
    return replace(question, words=veil.over(question.words), value=veil.over(question.value))


def _steps(application: Application, veil: Veil) -> list[Step]:
    """Where the call asks for them."""
    rows = read_milestones(application) if application.call.asks_milestones else []
    return [Step(row.public_id, veil.over(row.title), veil.over(milestone_words(row))) for row in rows]


def _budget(application: Application, veil: Veil) -> Budget | None:
    """Where the call asks for it; the lines are those of this page and are never saved."""
    budget = read_budget(application) if application.call.asks_budget else None
    for row in budget.rows if budget else []:
        row.line.item = veil.over(row.line.item)
    return budget


def _documents(application: Application, veil: Veil) -> list[Paper]:
    rows = application.documents.select_related("requirement", "document")
    return [Paper(r.public_id, r.requirement.title, file_name(r, hidden=veil.is_on), r.document) for r in rows]
