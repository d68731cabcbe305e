"""A whole season through the actions alone: from a draft call to released decisions, without a page."""

from decimal import Decimal

import pytest

from core import seals
from core.models import AuditEvent
from grants.models import Award
from grants.statuses import ApplicationStatus as A
from grants.statuses import Outcome
from notifications.models import Message
from tests.factories import (
    application_at,
    assign,
    decide,
    find_eligible,
    make_call,
    make_draft,
    make_user,
    release,
    review,
)

pytestmark = pytest.mark.django_db


@pytest.mark.embedded
def test_a_season_ends_in_awards_messages_and_a_whole_audit_trail():
    call = make_call()
    winner, second, third = (application_at(A.ELIGIBLE, call=call) for _ in range(3))
    for application, score in ((winner, 5), (second, 4), (third, 2)):
        for _round in range(2):
            review(assign(application), score)

    decide(winner, Outcome.AWARD)
    decide(second, Outcome.RESERVE)
    decide(third, Outcome.DECLINE)
    release(call)

    for application in (winner, second, third):
        application.refresh_from_db()
    assert [winner.status, second.status, third.status] == [A.AWARDED, A.RESERVED, A.DECLINED]
    assert list(Award.objects.values_list("application__number", "amount")) == [(winner.number, Decimal(2_000_000))]
    call.programme_year.refresh_from_db()
    assert call.programme_year.committed == Decimal(2_000_000)
    events = list(Message.objects.filter(event__startswith="decided").order_by("event").values_list("event", flat=True))
    assert events == ["decided_award", "decided_decline", "decided_reserve"]
    verbs = AuditEvent.objects.filter(object_id=winner.public_id).order_by("pk").values_list("verb", flat=True)
    assert [v for v in verbs if v in ("application.submit", "application.find_eligible", "application.award")] == [
        "application.submit",
        "application.find_eligible",
        "application.award",
    ]
    assert seals.verify().faults == ()


@pytest.mark.parametrize("status", list(A))
def test_every_status_is_reached_by_real_actions(status: str):
    application = application_at(status)

    application.refresh_from_db()
    assert application.status == status


def test_numbers_have_no_gaps_and_follow_the_year():
    call = make_call()

    numbers = [application_at(A.SUBMITTED, call=call).number for _ in range(3)]

    assert numbers == ["GR-2026-00001", "GR-2026-00002", "GR-2026-00003"]


def test_each_submitted_application_has_the_least_busy_officer():
    first, second = make_user(roles=["officer"]), make_user(roles=["officer"])
    call = make_call()  # published by a third officer
    officers = {application_at(A.SUBMITTED, call=call).officer_id for _ in range(3)}

    assert {first.pk, second.pk} < officers
    assert len(officers) == 3


def test_a_draft_of_a_call_is_resumed_not_doubled():
    application = make_draft()

    again = make_draft(application.created_by, application.call)

    assert again.pk == application.pk


def test_an_officer_screens_what_the_portal_could_not_see():
    application = application_at(A.SUBMITTED)

    find_eligible(application)

    assert application.checks.count() == 9
