"""Who holds an IIN or BIN, and what became of somebody's own requests to be let in."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from accounts.models import AccessRequest, Organisation
from accounts.statuses import AccessAnswer


def holders(identifier: str, country: str, *, asker: Any) -> QuerySet[Organisation]:
    """Organisations under this number of which the person is no member. Never shown to them."""
    if not identifier:
        return Organisation.objects.none()
    same = Organisation.objects.filter(identifier=identifier, country=country)
    return same.exclude(memberships__user=asker)


@dataclass(frozen=True)
class Asked:
    """One asking as its asker may see it: when, and yes, no or nothing yet."""

    at: datetime
    answer: str
    to_staff: bool


def my_requests(person: Any, limit: int = 5) -> list[Asked]:
    """The last ones. However many organisations hold the number, an asking is one line. One query."""
    rows = AccessRequest.objects.filter(asked_by=person).order_by("-asked_at", "pk")[: limit * 4]
    grouped = [(at, list(same)) for at, same in groupby(rows, key=lambda row: row.asked_at)]
    return [Asked(at, answer_to(same), any(row.to_staff for row in same)) for at, same in grouped[:limit]]


def answer_to(same: list[AccessRequest]) -> str:
    """Yes as soon as one lets the asker in; no when all have refused; until then nothing."""
    answers = {row.answer for row in same}
    if AccessAnswer.LET_IN in answers:
        return AccessAnswer.LET_IN
    return AccessAnswer.REFUSED if answers == {AccessAnswer.REFUSED} else ""
