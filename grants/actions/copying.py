"""A new draft from an earlier application of the same organisation, by stable keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.audit import record
from core.text import pick
from documents.actions.vault import keep
from grants.actions.applications import start_application
from grants.formulas import amounts
from grants.models import Application, BudgetLine, Call, Milestone
from grants.queries.completeness import limits_of
from questionnaires.actions.answers import save_answers
from questionnaires.formulas.limits import faults
from questionnaires.formulas.shape import is_given, questions_of
from questionnaires.statuses import QuestionKind

NOT_COPIED = frozenset({QuestionKind.FILE, QuestionKind.CALCULATED})  # files come from the vault, sums are computed
LINE = ("position", "item", "quantity", "unit_price", "has_vat", "grant_amount", "own_amount", "supplier_identifier")


@dataclass(frozen=True)
class Copied:
    """The draft, and what of the earlier application found no place in it, in words."""

    application: Application
    left_out: list[str]


@transaction.atomic
def start_from(
    earlier: Application, call: Call, *, by: Any, statements: Mapping[str, list[str]] | None = None
) -> Copied:
    """Starts a draft for the organisation of `earlier` and fills it with what fits. Dates of milestones stay empty.

    Facts, answers whose key and kind are the same and that keep the new limits, budget lines, milestones; documents
    are put into the organisation's vault, which offers them. A live application to this call is returned as it is.
    Raises what `start_application` raises: NotAllowed for a stranger, Refused where the call takes no applications.
    """
    had_one = Application.objects.live().filter(call=call, organisation=earlier.organisation).exists()
    application = start_application(call, earlier.organisation, by=by, statements=statements)
    if had_one:
        return Copied(application, [])
    left_out = _copy_facts(earlier, application)
    left_out += _copy_answers(earlier, application)
    copied = {"lines": _copy_lines(earlier, application), "milestones": _copy_milestones(earlier, application)}
    copied["documents"] = _offer_documents(earlier, application)
    record("application.copy", application, by=by, data={"from": earlier.public_id, **copied})
    return Copied(application, left_out)


def _copy_facts(earlier: Application, application: Application) -> list[str]:
    """Title and words as they were; sector, district and sums where this call takes them."""
    left_out, limits = [], limits_of(application.call)
    facts: dict[str, Any] = {"title": earlier.title, "summary": earlier.summary, "copied_from": earlier}
    if earlier.sector and application.call.sectors.filter(pk=earlier.sector.pk).exists():
        facts["sector"] = earlier.sector
    facts["district"] = earlier.district or application.district
    asked = earlier.amount_requested
    if asked is not None and earlier.currency == application.currency and amounts.amount_in_limits(asked, limits):
        facts |= {"amount_requested": asked, "own_amount": earlier.own_amount}
    elif asked is not None:
        left_out.append(str(Application._meta.get_field("amount_requested").verbose_name))  # type: ignore[union-attr]
    for name, value in facts.items():
        setattr(application, name, value)
    application.search_text = application.folded()
    application.save(update_fields=[*facts, "search_text"])
    return left_out


def _copy_answers(earlier: Application, application: Application) -> list[str]:
    """Answers by key; the labels of those that have no place in the new questions."""
    before = {q["key"]: q for q in questions_of(earlier.answer_set.version.content)}
    now = {q["key"]: q for q in questions_of(application.answer_set.version.content)}
    values = {k: v for k, v in earlier.answer_set.values().items() if k in before and is_given(v)}
    typed = {k: v for k, v in values.items() if before[k]["kind"] not in NOT_COPIED}
    fit = {k: v for k, v in typed.items() if k in now and _fits(before[k], now[k], v)}
    save_answers(application.answer_set, fit)
    return [str(pick(before[k]["label"])) for k in before if k in typed and k not in fit]


def _fits(before: dict[str, Any], now: dict[str, Any], value: Any) -> bool:
    if before["kind"] != now["kind"]:
        return False
    same = [(c["key"], c["kind"]) for c in before["columns"]] == [(c["key"], c["kind"]) for c in now["columns"]]
    return same and not faults(now, value)


def _copy_lines(earlier: Application, application: Application) -> int:
    """Budget lines, each in the category of the same key where the call has it."""
    if not application.call.asks_budget or earlier.currency != application.currency:
        return 0
    categories = {row.key: row for row in application.call.budget_categories.all()}
    rows = [
        BudgetLine(
            application=application,
            category=categories.get(line.category.key) if line.category else None,
            currency=application.currency,
            **{name: getattr(line, name) for name in LINE},
        )
        for line in earlier.budget_lines.select_related("category")
    ]
    return len(BudgetLine.objects.bulk_create(rows))


def _copy_milestones(earlier: Application, application: Application) -> int:
    """Steps and their proof; the days are new."""
    if not application.call.asks_milestones:
        return 0
    rows = [
        Milestone(application=application, position=step.position, title=step.title, proof=step.proof)
        for step in earlier.milestones.all()[: application.call.milestones_max]
    ]
    return len(Milestone.objects.bulk_create(rows))


def _offer_documents(earlier: Application, application: Application) -> int:
    """Puts the earlier documents into the vault under the key of what they answered, unless they are there.

    Certificates that grow old are left out: the vault knows them with their day since they were uploaded.
    """
    rows = [
        row
        for row in earlier.documents.select_related("document", "requirement")
        if row.document.erased_at is None and not row.requirement.valid_days
    ]
    for row in rows:
        keep(application.organisation, row.document, kind=row.requirement.key, valid_days=None)
    return len(rows)
