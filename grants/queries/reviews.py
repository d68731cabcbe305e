"""What an expert reads: the list of what is due and done, the rubric, the papers of one application."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from core.templatetags.words import long_date, money
from core.text import LANGUAGES, LocalText, pick
from grants.formulas.amounts import own_share_percent
from grants.formulas.scoring import review_total
from grants.models import Application, Assignment, CallRules, ScoreEntry
from grants.queries.asked import questions_asked
from grants.queries.budget import read_budget
from grants.queries.plan import milestone_words, read_milestones
from grants.statuses import ApplicationStatus, ScoreLevel
from questionnaires.queries.content import Answered, sections_read

ASKED_COLUMNS = (
    *("pk", "public_id", "due_on", "declared_at", "review__submitted_at", "review__draft"),
    *("application__number", "application__title", "application__status"),
    *(f"application__{name}_{lang}" for name in ("sector__name", "call__title") for lang in LANGUAGES),
)
CALL_TEXTS = [f"application__call__{name}_{lang}" for name in ("rules", "summary") for lang in LANGUAGES]


@dataclass(frozen=True)
class RubricRow:
    """One criterion of the frozen rules, in the reader's language; `levels` are (score, what it means)."""

    key: str
    title: LocalText
    weight: int
    levels: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the expert's list; `total` is their own score of 100, once it is in.

    `standing` is done, late, begun, read or new; `when` says until when it is due, or when it was submitted.
    """

    public_id: str
    number: str
    title: str
    sector: LocalText
    call: LocalText
    when: str
    standing: str
    total: Decimal | None = None


@dataclass(frozen=True)
class Workload:
    """Everything an expert has been asked: to do (the earliest date first) and done."""

    to_do: list[Asked]
    done: list[Asked]

    @property
    def asked(self) -> int:
        """How many reviews in all."""
        return len(self.to_do) + len(self.done)


def rubric(content: dict[str, Any]) -> list[RubricRow]:
    """The criteria of frozen rules; a level without a text of its own has the common one."""
    return [
        RubricRow(row["key"], pick(row["title"]), row["weight"], _levels(row.get("levels") or {}))
        for row in content["criteria"]
    ]


def _levels(texts: dict[str, dict[str, str]]) -> list[tuple[int, str]]:
    own = {level.value: pick(texts.get(str(level.value)) or {}) for level in ScoreLevel}
    return [(level.value, own[level.value] or str(level.label)) for level in ScoreLevel]


def workload(user: Any) -> Workload:
    """Three queries, however many reviews: plain columns, since the list of a season is long."""
    rows = Assignment.objects.visible_to(user).order_by("due_on", "pk").values(*ASKED_COLUMNS)
    totals, today = _own_totals(user), clock.today()
    to_do, done = [], []
    for row in rows:
        if row["review__submitted_at"]:
            done.append((row["review__submitted_at"], row))
        elif row["application__status"] == ApplicationStatus.ELIGIBLE:
            to_do.append(_asked(row, _("Due: %(date)s"), row["due_on"], _standing(row, today)))
    done.sort(key=itemgetter(0), reverse=True)
    in_words = _("Submitted: %(date)s")
    return Workload(to_do, [_asked(row, in_words, at, "done", totals.get(row["pk"])) for at, row in done])


def _asked(row: dict[str, Any], words: str, on: date, standing: str, total: Decimal | None = None) -> Asked:
    """One line of the list, from its columns."""
    return Asked(
        public_id=row["public_id"],
        number=row["application__number"],
        title=row["application__title"],
        sector=pick({lang: row[f"application__sector__name_{lang}"] for lang in LANGUAGES}),
        call=pick({lang: row[f"application__call__title_{lang}"] for lang in LANGUAGES}),
        when=words % {"date": long_date(on)},
        standing=standing,
        total=total,
    )


def _standing(row: dict[str, Any], today: date) -> str:
    """How far a review that is not in has come."""
    if row["due_on"] < today:
        return "late"
    if row["review__draft"]:
        return "begun"
    return "read" if row["declared_at"] else "new"


def _own_totals(user: Any) -> dict[int, Decimal]:
    """assignment -> the expert's own total of 100."""
    entries = ScoreEntry.objects.current().filter(
        review__assignment__expert__user=user, review__submitted_at__isnull=False
    )
    scores: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for assignment, rules, key, score in entries.values_list(
        "review__assignment_id", "review__assignment__application__rules_id", "criterion__key", "score"
    ):
        scores[assignment, rules][key] = score
    used = CallRules.objects.filter(pk__in={rules for _assignment, rules in scores})
    weights = {
        pk: {row["key"]: row["weight"] for row in content["criteria"]}
        for pk, content in used.values_list("pk", "content")
    }
    return {assignment: review_total(given, weights[rules]) for (assignment, rules), given in scores.items()}


def neighbours(assignment: Assignment, user: Any) -> tuple[str | None, str | None]:
    """Addresses of the review before and after this one among those that are still to do."""
    keys = Assignment.objects.visible_to(user).to_do().order_by("due_on", "pk").values_list("due_on", "pk", "public_id")
    place = (assignment.due_on, assignment.pk)
    before = [public_id for due_on, pk, public_id in keys if (due_on, pk) < place]
    after = [public_id for due_on, pk, public_id in keys if (due_on, pk) > place]
    return (before[-1] if before else None), (after[0] if after else None)


def own_scores(assignment: Assignment) -> dict[str, ScoreEntry]:
    """criterion key -> the score that counts, of this assignment's review; none before it is in."""
    review = getattr(assignment, "review", None)
    if review is None or review.submitted_at is None:
        return {}
    return {entry.criterion.key: entry for entry in review.scores.select_related("criterion").current()}


def facts(application: Application) -> list[tuple[str, Any]]:
    """What stands at the head of an application's papers."""
    asked, own = application.amount_requested or Decimal(0), application.own_amount or Decimal(0)
    return [
        (_("Applicant"), application.organisation.name),
        (_("Type"), application.organisation.get_kind_display()),
        (_("Sector"), application.sector.name if application.sector else "—"),
        (_("District"), application.district.name if application.district else "—"),
        (_("Amount asked"), money(asked, application.currency)),
        (_("Own money"), f"{money(own, application.currency)} ({own_share_percent(asked, own):.0f} %)"),
    ]


def _milestones(application: Application) -> list[tuple[str, str]]:
    """(what is done, by when and what proves it), where the call asks for it."""
    if not application.call.asks_milestones:
        return []
    return [(milestone.title, milestone_words(milestone)) for milestone in read_milestones(application)]


def papers(application: Application) -> dict[str, Any]:
    """The dossier that an expert scores: facts, answers by section, plan, budget (without suppliers), documents."""
    sections: list[tuple[LocalText, list[Answered]]] = [
        (title, questions) for _position, title, questions in sections_read(questions_asked(application))
    ]
    return {
        "facts": facts(application),
        "sections": sections,
        "milestones": _milestones(application),
        "budget": read_budget(application) if application.call.asks_budget else None,
        "documents": list(application.documents.select_related("requirement", "document")),
    }
