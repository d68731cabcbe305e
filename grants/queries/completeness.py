"""What a draft still needs before it can be sent: one list, used by the form, the check page and the submit action."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext as _

from core.templatetags.words import money
from grants.formulas import amounts
from grants.models import Application, ApplicationDocument, Call, DocumentRequirement, Milestone
from grants.queries.applicants import applicant_faults, asks_district
from grants.queries.asked import questions_asked
from grants.queries.budget import Budget, budget_faults, read_used_budget
from grants.queries.plan import plan_faults, read_milestones
from grants.queries.requirements import asked_of, frozen_of, lacking_of
from questionnaires.queries.asked import Asked
from questionnaires.queries.content import lacks

AMOUNTS = ("amount_requested", "own_amount")  # on them hang the tier, the documents asked for and the budget
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


def asked_facts(application: Application) -> tuple[str, ...]:
    """FACTS without the district for who applies from abroad where the call allows it."""
    return FACTS if asks_district(application) else tuple(name for name in FACTS if name != "district")


def limits_of(call: Call) -> amounts.Limits:
    """The call's limits as the formulas take them."""
    return amounts.Limits(call.min_amount, call.max_amount, call.own_share_percent)


@dataclass(frozen=True)
class Given:
    """What stands beside an application's own columns, read once: answers, documents, what the call asks for."""

    asked: Asked
    documents: list[ApplicationDocument]
    requirements: list[DocumentRequirement]
    milestones: list[Milestone] | None = None  # None where the call asks for none
    budget: Budget | None = None

    @property
    def answers(self) -> dict[str, Any]:
        """The answers that count, with what is calculated."""
        return dict(self.asked.answers)

    def lacking(self) -> list[DocumentRequirement]:
        """Required documents that are not there."""
        there = {row.requirement.key for row in self.documents}
        return [wanted for wanted in self.requirements if wanted.is_required and wanted.key not in there]


def read_given(application: Application) -> Given:
    """Two queries, and two more where the call asks for a plan and a budget; for those who need it all.

    One more for the documents that are asked for where the frozen rules were not read with the application.
    """
    documents = list(application.documents.select_related("requirement", "document"))
    has_rules = Application.rules.is_cached(application)
    return Given(
        questions_asked(application),
        documents,
        frozen_of(application, documents) if has_rules else asked_of(application),
        read_milestones(application) if application.call.asks_milestones else None,
        read_used_budget(application) if application.call.asks_budget else None,
    )


def gaps(
    application: Application,
    given: Given | None = None,
    found: Asked | None = None,
    lacking: list[DocumentRequirement] | None = None,
) -> list[Gap]:
    """Everything that keeps the application from being sent; empty when it is complete.

    Without `given`: one query for the answers, one for the documents, one for the tiers of the call, and where the call
    asks for them one for the milestones and one for the budget. `found` and `lacking` are what is read already.
    """
    found = found or (given.asked if given else questions_asked(application))
    return [*written_gaps(application, found), *gaps_beside(application, given, lacking)]


def written_gaps(application: Application, found: Asked) -> list[Gap]:
    """The gaps in what is typed into the form itself: facts and answers. No query."""
    return [
        *_fact_gaps(application),
        *(Gap(*fault) for fault in applicant_faults(application)),
        *_money_gaps(application),
        *_answer_gaps(found),
    ]


def gaps_beside(
    application: Application, given: Given | None = None, lacking: list[DocumentRequirement] | None = None
) -> Iterator[Gap]:
    """The gaps in what stands beside the form: plan, budget, documents, each read when it is asked for."""
    yield from _plan_gaps(application, given)
    yield from _budget_gaps(application, given)
    if lacking is None:
        lacking = given.lacking() if given else lacking_of(application)
    yield from _document_gaps(lacking)


def _fact_gaps(application: Application) -> list[Gap]:
    columns = [fact_column(field) for field in asked_facts(application)]
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


def _answer_gaps(found: Asked) -> list[Gap]:
    """Missing answers, answers beyond their limits, rules across fields that are broken."""
    return [
        Gap(
            f"q_{lack.key}",
            f"questions-{lack.position}",
            _("Answer: %(question)s") % {"question": lack.label}
            if lack.is_missing
            else _("%(question)s: %(sentence)s") % {"question": lack.label, "sentence": lack.sentence},
        )
        for lack in lacks(found)
    ]


def _plan_gaps(application: Application, given: Given | None) -> list[Gap]:
    if not application.call.asks_milestones:
        return []
    milestones = given.milestones if given and given.milestones is not None else read_milestones(application)
    return [Gap(field, "plan", sentence) for field, sentence in plan_faults(application, milestones)]


def _budget_gaps(application: Application, given: Given | None) -> list[Gap]:
    if not application.call.asks_budget:
        return []
    budget = given.budget if given and given.budget else read_used_budget(application)
    return [Gap(field, "budget", sentence) for field, sentence in budget_faults(budget)]


def _document_gaps(lacking: Iterable[DocumentRequirement]) -> list[Gap]:
    return [
        Gap(f"doc_{requirement.key}", "documents", _("Add the document: %(title)s") % {"title": requirement.title})
        for requirement in lacking
    ]
