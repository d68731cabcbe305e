"""A call once more, for a new year: a draft that staff look through and publish as any other."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from grants import policy
from grants.models import Call, ProgrammeYear
from grants.models.call import vat_percent_on
from grants.queries.cloning import moved_dates
from questionnaires.actions.copying import copy_questionnaire

# What a new call makes or is given anew. Every other column of Call is copied, one that is added later too.
MADE_ANEW = frozenset({"id", "public_id", "programme_year", "opens_at", "closes_at", "vat_percent", "questionnaire"})
# What happened to the first call, and the orders that announced it: the new one begins without.
LEFT_BEHIND = frozenset(
    {
        "status", "order", "experts_order", "questionnaire_version", "held_back_freed_at", "published_at",
        "published_by", "cancelled_reason_kk", "cancelled_reason_ru", "released_at", "released_by",
    }
)  # fmt: skip
# Rows of the call that are copied with it; applications, rules, rankings, questions of the public are not.
LISTS = (
    "criteria", "requirements", "tiers", "budget_categories", "statements", "sector_floors", "tranche_schemes",
    "indicators",
)  # fmt: skip


@transaction.atomic
def clone_call(
    call: Call,
    programme_year: ProgrammeYear,
    *,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    has_own_questions: bool = True,
    by: Any,
) -> Call:
    """A draft with the texts, limits, criteria, documents, tiers, budget categories, statements, sectors, floors,
    tranches, indicators, commission and terms of `call`; nothing frozen comes with it, and no order.

    Days are those given, else those of `call` moved by whole years (queries/cloning.py); VAT is the rate of the day of
    opening. `has_own_questions`: the questionnaire is copied to a desk of its own; else both calls share one.
    Raises NotAllowed for people who do not prepare calls, Refused for days in the past or out of order.
    """
    if not policy.may_edit_calls(by):
        raise NotAllowed(_("Only an officer or an administrator prepares calls."), code="not_allowed")
    opens, closes = moved_dates(call, programme_year)
    opens, closes = opens_at or opens, closes_at or closes
    _refuse_wrong_days(opens, closes)
    made = Call.objects.create(
        programme_year=programme_year,
        opens_at=opens,
        closes_at=closes,
        vat_percent=vat_percent_on(timezone.localdate(opens)),
        questionnaire=_questions(call, programme_year, by) if has_own_questions else call.questionnaire,
        **_values(call, MADE_ANEW | LEFT_BEHIND),
    )
    made.sectors.set(call.sectors.all())
    counts = {name: _copy_rows(call, made, name) for name in LISTS}
    record("call.clone", made, by=by, data={"from": call.public_id, "own_questions": has_own_questions, **counts})
    return made


def _refuse_wrong_days(opens_at: datetime, closes_at: datetime) -> None:
    if opens_at <= clock.now():
        raise Refused(_("The new call would open in the past. Set a later day. Nothing was made."), code="in_the_past")
    if closes_at <= opens_at:
        raise Refused(_("The call closes before it opens. Set a later time. Nothing was made."), code="out_of_order")


def _questions(call: Call, programme_year: ProgrammeYear, by: Any) -> Any:
    return copy_questionnaire(call.questionnaire, mark=str(programme_year.year), by=by)


def _values(row: models.Model, without: frozenset[str]) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name not in without}


def _copy_rows(call: Call, made: Call, name: str) -> int:
    rows = getattr(call, name)
    values = [_values(row, frozenset({"id", "call"})) for row in rows.all()]
    return len(rows.model.objects.bulk_create(rows.model(call=made, **row) for row in values))
