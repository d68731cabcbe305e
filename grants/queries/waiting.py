"""What waits for the staff of a season today: numbers and the first few rows, one query each."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from core import clock
from core.working_days import working_day_before
from grants.models import (
    Application,
    Assignment,
    Award,
    Call,
    CallQuestion,
    Conflict,
    Correction,
    Decision,
    IneligibilityProposal,
    ProgrammeYear,
)
from grants.statuses import ApplicationStatus, CallStatus
from notifications.models import Message

SHOWN = 5


@dataclass(frozen=True)
class Screening:
    """Numbers of the officers' desk."""

    to_screen: int
    mine: int
    nobodys: int
    with_applicant: int
    late: int
    to_confirm: int
    sent_today: int


def screening(officer: Any) -> Screening:
    """Two queries: what stands in screening, what came today."""
    open_correction = Correction.objects.filter(application=OuterRef("pk"), answered_at=None, expired_at=None)
    foreign = IneligibilityProposal.objects.filter(
        application=OuterRef("pk"), confirmed_at=None, turned_down_at=None
    ).exclude(proposed_by=officer)
    waits = Q(has_open_correction=False, has_open_proposal=False)
    rows = Application.objects.filter(status=ApplicationStatus.SUBMITTED).with_what_is_open()
    numbers = rows.annotate(
        is_late=Exists(open_correction.filter(due_at__lt=clock.now())), is_foreign=Exists(foreign)
    ).aggregate(
        to_screen=Count("pk", filter=waits),
        mine=Count("pk", filter=waits & Q(officer=officer)),
        nobodys=Count("pk", filter=waits & (Q(officer=None) | Q(officer__is_active=False))),
        with_applicant=Count("pk", filter=Q(has_open_correction=True)),
        late=Count("pk", filter=Q(is_late=True)),
        to_confirm=Count("pk", filter=Q(is_foreign=True)),
    )
    return Screening(**numbers, sent_today=sent_today())


def midnight() -> datetime:
    """When today began in Almaty."""
    return timezone.make_aware(datetime.combine(clock.today(), time.min))


def sent_today() -> int:
    """Applications that came since midnight in Almaty."""
    return Application.objects.sent().filter(submitted_at__gte=midnight()).count()


def closed_to(person: Any) -> Any:
    """Applications that a conflict of interest closes to the person: the first page names none of them."""
    return Conflict.objects.closing_to(person)


def to_screen(officer: Any) -> list[Application]:
    """The oldest of this officer's."""
    mine = Application.objects.awaiting_screening().filter(officer=officer).exclude(pk__in=closed_to(officer))
    return list(mine.select_related("organisation").order_by("submitted_at", "pk")[:SHOWN])


def to_confirm(officer: Any) -> list[IneligibilityProposal]:
    """Open proposals of other officers, the oldest first."""
    rows = IneligibilityProposal.objects.filter(confirmed_at=None, turned_down_at=None).exclude(proposed_by=officer)
    rows = rows.exclude(application__in=closed_to(officer))
    return list(rows.select_related("application", "proposed_by").order_by("proposed_at", "pk")[:SHOWN])


def corrections(officer: Any) -> list[Correction]:
    """Open corrections, the one that is due first on top."""
    rows = Correction.objects.filter(answered_at=None, expired_at=None, application__status=ApplicationStatus.SUBMITTED)
    rows = rows.exclude(application__in=closed_to(officer))
    return list(rows.select_related("application").order_by("due_at", "pk")[:SHOWN])


def reviews() -> dict[str, int]:
    """Reviews that are asked and not in, and those of them whose day has passed."""
    return Assignment.objects.to_do().aggregate(
        missing=Count("pk"), late=Count("pk", filter=Q(due_on__lt=clock.today()))
    )


def late_reviews() -> list[Assignment]:
    """The ones due first."""
    rows = Assignment.objects.to_do().select_related("application", "expert__user")
    return list(rows.order_by("due_on", "pk")[:SHOWN])


def year() -> ProgrammeYear | None:
    """The year whose money is being spent: the latest that has begun."""
    begun = ProgrammeYear.objects.filter(year__lte=clock.today().year).select_related("programme")
    return begun.order_by("-year", "-budget").first()


def calls() -> list[Call]:
    """Calls that are open, about to open or being decided, the nearest closing first."""
    rows = Call.objects.filter(status=CallStatus.PUBLISHED).annotate(
        received=Count("applications", filter=~Q(applications__status=ApplicationStatus.DRAFT)),
    )
    return list(rows.order_by("closes_at", "pk")[:SHOWN])


def decisions() -> list[Call]:
    """Closed calls with `undecided` and `staged`: how many applications wait for a decision, how many have one."""
    staged = Decision.objects.staged().filter(application__call=OuterRef("pk")).order_by().values("application__call")
    waiting = [ApplicationStatus.SUBMITTED, ApplicationStatus.ELIGIBLE]
    rows = Call.objects.closed().annotate(
        staged=Coalesce(Subquery(staged.annotate(n=Count("pk")).values("n")), 0),
        in_hand=Count("applications", filter=Q(applications__status__in=waiting)),
    )
    return list(rows.order_by("closes_at", "pk")[:SHOWN])


def awards() -> dict[str, Any]:
    """Awards that count: how many, how much."""
    return Award.objects.counting().aggregate(number=Count("pk"), amount=Sum("amount"))


@dataclass(frozen=True)
class Unopened:
    """A term that runs while nobody has opened its page, and whom to call."""

    correction: Correction
    people: list[Any]


def unopened(officer: Any) -> list[Unopened]:
    """Open corrections whose letter nobody has opened though a whole working day has passed since: the one that ends
    first on top. Three queries.
    """
    since = timezone.make_aware(datetime.combine(working_day_before(clock.today()), time.min))
    running = Correction.objects.filter(answered_at=None, expired_at=None, due_at__gte=clock.now())
    running = running.exclude(application__in=closed_to(officer))
    letters = Message.objects.unopened().filter(
        created_at__lt=since, user__isnull=False, about__in=running.values("application__public_id")
    )
    people: dict[str, list[Any]] = {}
    for letter in letters.select_related("user").order_by("term_ends_at", "pk")[: SHOWN * 3]:
        people.setdefault(letter.about, []).append(letter.user)
    rows = running.filter(application__public_id__in=people).select_related("application__organisation")
    found = rows.order_by("due_at", "pk")[:SHOWN]
    return [Unopened(row, people[row.application.public_id]) for row in found]


def call_questions() -> tuple[int, list[CallQuestion]]:
    """Questions about calls that wait for an answer: how many, and the oldest. Two queries."""
    rows = CallQuestion.objects.waiting()
    return rows.count(), list(rows.select_related("call").order_by("asked_at", "pk")[:SHOWN])
