"""What a draft still needs before it can be sent: one list, used by the form, the check page and the submit action."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext as _

from core.templatetags.words import money
from grants.formulas import amounts
from grants.models import Application, ApplicationDocument, Call, DocumentRequirement
from questionnaires.queries.content import missing as missing_answers

FACTS = ("title", "summary", "sector", "district", "amount_requested", "own_amount")


@dataclass(frozen=True)
class Gap:
    """Something to fill in or to mend: which field (facts by name, `q_key`, `doc_key`), in which section, in words."""

    field: str
    section: str
    sentence: str


def fact_column(name: str) -> models.Field:
    """The column of one of FACTS; its `verbose_name` is the label that people read."""
    return cast(models.Field, Application._meta.get_field(name))


def limits_of(call: Call) -> amounts.Limits:
    """The call's limits as the formulas take them."""
    return amounts.Limits(call.min_amount, call.max_amount, call.own_share_percent)


@dataclass(frozen=True)
class Given:
    """What stands beside an application's own columns, read once: answers, documents, what the call asks for."""

    answers: dict[str, Any]
    documents: list[ApplicationDocument]
    requirements: list[DocumentRequirement]

    def lacking(self) -> list[DocumentRequirement]:
        """Required documents that are not there."""
        there = {row.requirement_id for row in self.documents}
        return [wanted for wanted in self.requirements if wanted.is_required and wanted.pk not in there]


def read_given(application: Application) -> Given:
    """Three queries, for those who need more of it than its gaps."""
    return Given(
        application.answer_set.values(),
        list(application.documents.select_related("requirement", "document")),
        list(application.call.requirements.all()),
    )


def gaps(application: Application, given: Given | None = None) -> list[Gap]:
    """Everything that keeps the application from being sent; empty when it is complete. Two queries, or none."""
    answers = given.answers if given else application.answer_set.values()
    lacking = given.lacking() if given else _lacking(application)
    return [
        *_fact_gaps(application),
        *_money_gaps(application),
        *_answer_gaps(application, answers),
        *_document_gaps(lacking),
    ]


def _fact_gaps(application: Application) -> list[Gap]:
    columns = [fact_column(field) for field in FACTS]
    return [
        Gap(column.name, "project", _("Fill in: %(field)s") % {"field": column.verbose_name})
        for column in columns
        if getattr(application, column.attname) in (None, "")
    ]


def _money_gaps(application: Application) -> list[Gap]:
    asked, own, limits = application.amount_requested, application.own_amount, limits_of(application.call)
    found = []
    if asked is not None and not amounts.amount_in_limits(asked, limits):
        found.append(Gap("amount_requested", "project", outside_limits(limits)))
    if asked is not None and own is not None and not amounts.own_share_is_enough(asked, own, limits):
        found.append(Gap("own_amount", "project", own_share_too_small(asked, limits)))
    return found


def outside_limits(limits: amounts.Limits) -> str:
    """The sentence for an amount outside the limits of the call."""
    return _("The call gives from %(smallest)s to %(largest)s. Enter an amount between them.") % {
        "smallest": money(limits.smallest),
        "largest": money(limits.largest),
    }


def own_share_too_small(asked: Any, limits: amounts.Limits) -> str:
    """The sentence for too little own money, with the sum that is enough."""
    return _("Own money must be at least %(percent)s%% of the whole project: here that is %(needed)s or more.") % {
        "percent": limits.own_share_percent,
        "needed": money(amounts.own_needed(asked, limits.own_share_percent)),
    }


def _answer_gaps(application: Application, answers: dict[str, Any]) -> list[Gap]:
    content = application.answer_set.version.content
    return [
        Gap(f"q_{question.key}", f"questions-{position}", _("Answer: %(question)s") % {"question": question.label})
        for position, question in missing_answers(content, answers)
    ]


def _lacking(application: Application) -> Iterable[DocumentRequirement]:
    there = ApplicationDocument.objects.filter(application=application).values("requirement")
    return application.call.requirements.filter(is_required=True).exclude(pk__in=there)


def _document_gaps(lacking: Iterable[DocumentRequirement]) -> list[Gap]:
    return [
        Gap(f"doc_{requirement.key}", "documents", _("Add the document: %(title)s") % {"title": requirement.title})
        for requirement in lacking
    ]
