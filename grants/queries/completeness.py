"""What a draft still needs before it can be sent: one list, used by the form, the check page and the submit action."""

from dataclasses import dataclass
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext as _

from core.templatetags.words import money
from grants.formulas import amounts
from grants.models import Application, ApplicationDocument, Call
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


def gaps(application: Application) -> list[Gap]:
    """Everything that keeps the application from being sent; empty when it is complete."""
    return [
        *_fact_gaps(application),
        *_money_gaps(application),
        *_answer_gaps(application),
        *_document_gaps(application),
    ]


def _fact_gaps(application: Application) -> list[Gap]:
    labels = {f: fact_column(f).verbose_name for f in FACTS}
    return [
        Gap(field, "project", _("Fill in: %(field)s") % {"field": labels[field]})
        for field in FACTS
        if getattr(application, field) in (None, "")
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


def _answer_gaps(application: Application) -> list[Gap]:
    content = application.answer_set.version.content
    return [
        Gap(f"q_{question.key}", f"questions-{position}", _("Answer: %(question)s") % {"question": question.label})
        for position, question in missing_answers(content, application.answer_set.values())
    ]


def _document_gaps(application: Application) -> list[Gap]:
    given = ApplicationDocument.objects.filter(application=application).values("requirement")
    return [
        Gap(f"doc_{requirement.key}", "documents", _("Add the document: %(title)s") % {"title": requirement.title})
        for requirement in application.call.requirements.filter(is_required=True).exclude(pk__in=given)
    ]
