"""What an expert has been asked: what is due and done, in an order of their own, how long it will take, own scores."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from core.templatetags.words import long_date
from core.text import LANGUAGES, LocalText, pick
from grants.formulas.order import own_place
from grants.formulas.scoring import review_total
from grants.models import Assignment, CallRules, ScoreEntry
from grants.queries.blind import Veil, veils
from grants.queries.pace import Pace, pace_of
from grants.statuses import ApplicationStatus

ASKED_COLUMNS = (
    *("pk", "public_id", "due_on", "declared_at", "review__submitted_at", "review__draft", "review__active_seconds"),
    *("application__number", "application__title", "application__status", "application__public_id"),
    *("application__organisation", "application__call", "application__call__public_id", "application__call__is_blind"),
    *(f"application__{name}_{lang}" for name in ("sector__name", "call__title") for lang in LANGUAGES),
)
Row = dict[str, Any]


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
    """Everything an expert has been asked: to do (the earliest date first) and done; `pace` of what is left."""

    to_do: list[Asked]
    done: list[Asked]
    pace: Pace | None

    @property
    def asked(self) -> int:
        """How many reviews in all."""
        return len(self.to_do) + len(self.done)


@dataclass(frozen=True)
class Beside:
    """What stands around one review: the one before and after it among those to do, the pace, the own scores so far."""

    before: str | None
    after: str | None
    pace: Pace | None
    strip: list[Asked]


def workload(user: Any) -> Workload:
    """Three queries, however many reviews (five where applicants are hidden): plain columns, the list is long."""
    to_do, done = _split(_rows(user), user)
    hidden = veils(row["application__organisation"] for row in to_do if row["application__call__is_blind"])
    totals, today = _own_totals(user), clock.today()
    due, in_words = _("Due: %(date)s"), _("Submitted: %(date)s")
    return Workload(
        [_asked(row, due, row["due_on"], _standing(row, today), hidden) for row in to_do],
        [_asked(r, in_words, r["review__submitted_at"], "done", {}, totals.get(r["pk"])) for r in reversed(done)],
        _pace(to_do, done),
    )


def beside(assignment: Assignment, user: Any) -> Beside:
    """Three queries. Pace and strip are of this call alone; the ways lead through everything that is to do."""
    to_do, done = _split(_rows(user), user)
    here = _place(assignment.due_on, assignment.application.call.public_id, user, assignment.application.public_id)
    places = [(_place_of(row, user), row["public_id"]) for row in to_do if row["pk"] != assignment.pk]
    of_call = assignment.application.call_id
    to_do, done = ([r for r in rows if r["application__call"] == of_call] for rows in (to_do, done))
    totals, in_words = _own_totals(user), _("Submitted: %(date)s")
    return Beside(
        next((public_id for place, public_id in reversed(places) if place < here), None),
        next((public_id for place, public_id in places if place > here), None),
        _pace(to_do, done),
        [_asked(r, in_words, r["review__submitted_at"], "done", {}, totals.get(r["pk"])) for r in done],
    )


def _rows(user: Any) -> list[Row]:
    return list(Assignment.objects.visible_to(user).order_by("pk").values(*ASKED_COLUMNS))


def _split(rows: list[Row], user: Any) -> tuple[list[Row], list[Row]]:
    """(to do: by date, then in the expert's own order; done: in the order of submission)."""
    done = sorted((row for row in rows if row["review__submitted_at"]), key=itemgetter("review__submitted_at", "pk"))
    with_experts = [row for row in rows if row["application__status"] == ApplicationStatus.ELIGIBLE]
    to_do = [row for row in with_experts if not row["review__submitted_at"]]
    return sorted(to_do, key=lambda row: _place_of(row, user)), done


def _place_of(row: Row, user: Any) -> tuple[date, str]:
    return _place(row["due_on"], row["application__call__public_id"], user, row["application__public_id"])


def _place(due_on: date, call: str, user: Any, application: str) -> tuple[date, str]:
    return due_on, own_place(call, user.public_id, application)


def _pace(to_do: list[Row], done: list[Row]) -> Pace | None:
    seconds = [row["review__active_seconds"] for row in done]
    return pace_of(len(to_do), len(done), seconds, min((row["due_on"] for row in to_do), default=None))


def _asked(
    row: Row, words: str, on: date, standing: str, hidden: dict[int, Veil], total: Decimal | None = None
) -> Asked:
    """One line of the list, from its columns."""
    is_hidden = row["application__call__is_blind"] and row["application__organisation"] in hidden
    veil = hidden[row["application__organisation"]] if is_hidden else Veil()
    return Asked(
        public_id=row["public_id"],
        number=row["application__number"],
        title=veil.over(row["application__title"]),
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
