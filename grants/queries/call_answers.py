"""What everybody reads about a call beside its rules: answered questions, and the time that was added."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page

from core.paging import CappedPaginator
from grants.models import Call, CallQuestion, Extension

SHOWN = 5  # on the call's own page; the rest has a page of its own
PER_PAGE = 20


@dataclass(frozen=True)
class MoreTime:
    """Extensions of a call: everybody's with their reasons, single ones as a number."""

    for_everybody: list[Extension]
    single_count: int


def more_time(call: Call) -> MoreTime:
    """One query, none for a call of which was read that it never got any."""
    rows = list(call.extensions.all()) if call.is_extended else []
    everybody = [row for row in rows if row.application_id is None]
    return MoreTime(everybody, len(rows) - len(everybody))


def first_answers(call: Call) -> list[CallQuestion]:
    """The newest few. One query."""
    return list(_answered(call)[:SHOWN])


def answers_page(call: Call, number: Any) -> Page:
    """A page of them all, the newest first. Two queries."""
    return CappedPaginator(_answered(call), PER_PAGE).get_page(number)


def _answered(call: Call) -> Any:
    return CallQuestion.objects.published().filter(call=call).order_by("-published_at", "-pk")


def questions_of(person: Any, call: Call) -> list[CallQuestion]:
    """The person's own, in the words in which they asked. One query."""
    return list(CallQuestion.objects.filter(call=call, asked_by=person).order_by("-asked_at", "-pk")[:PER_PAGE])
