"""What retention takes of the commission and its checks: observers, lists of IIN and BIN, memberships that count no
more; what a legal hold names stays.
"""

from datetime import timedelta
from typing import Any

import pytest

from accounts.actions.holds import set_hold
from accounts.models import Erasure, FormerMembership
from accounts.statuses import MembershipRole
from committees.actions import attendance
from committees.models import Observer
from committees.queries.live import live_page
from core import clock, seals
from core.refusals import Refused
from grants.actions import external_checks
from grants.models import ExternalCheckRound
from grants.statuses import CheckKind
from portal.actions.retention import erase_what_is_due
from portal.queries.retention import due, lines
from tests import factories
from tests.commission import on_agenda, plan_meeting

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def years(at):
    """Moves the clock so many years on."""
    now = clock.now()
    return lambda number: at(now + timedelta(days=366 * number))


def hold(about: str) -> None:
    set_hold(about, reason="суд", by=factories.make_user(roles=["administrator"]))


def observer() -> Observer:
    secretary = factories.make_staff("secretary")
    meeting = plan_meeting(factories.make_committee(), by=secretary)
    row = attendance.invite_observer(meeting, name="Ася Бақылаушы", email="asya@example.test", by=secretary)
    attendance.renew_link(row, by=secretary)
    return row


def test_an_observer_of_an_old_meeting_is_forgotten_and_still_counted(years):
    row = observer()

    years(2.9)
    early = erase_what_is_due()
    years(3.1)
    counts = erase_what_is_due()

    row.refresh_from_db()
    assert (early, counts) == ({}, {"observer": 1})
    assert (row.name, row.body, row.email, row.live_token_hash) == ("—", "", "", "")
    assert live_page(row.meeting).observers == 0
    assert row.meeting.observers.count() == 1
    assert erase_what_is_due() == {}
    assert seals.verify().faults == ()


def test_a_hold_on_the_meeting_spares_its_observers(years):
    hold(observer().meeting.public_id)

    years(4)

    assert due().observers == []


def test_a_hold_on_an_application_of_the_agenda_spares_the_observers(years):
    secretary, application = factories.make_staff("secretary"), reviewed()
    item = on_agenda(application, by=secretary)
    attendance.invite_observer(item.meeting, name="Ася", by=secretary)
    hold(application.number)

    years(4)

    assert due().observers == []


def reviewed() -> Any:
    call = factories.make_call(reviews_needed=1, commission=factories.make_committee())
    application = factories.application_at("eligible", call=call)
    factories.review(factories.assign(application))
    return application


def sent_round() -> ExternalCheckRound:
    officer = factories.make_staff("officer")
    application = factories.application_at("submitted")
    return external_checks.send_round(application.call, kind=CheckKind.TAX_DEBT, by=officer)


def test_both_lists_of_an_outside_check_go_after_a_year(client, years):
    checks = sent_round()
    client.force_login(checks.made_by)

    years(0.9)
    early = due().external_checks
    years(1.1)
    counts = erase_what_is_due()

    checks.refresh_from_db()
    page = client.get(f"/admin/grants/externalcheckround/{checks.pk}/change/")
    assert (early, counts) == ([], {"external_check": 1})
    assert checks.sent.erased_at is not None
    assert Erasure.objects.get(about=checks.public_id).erased == {"documents": 1}
    assert page.status_code == 200
    with pytest.raises(Refused) as refused:
        external_checks.receive_answer(
            checks, upload=factories.pdf("a.pdf"), source="МКД", answered_on=clock.today(), by=checks.made_by
        )
    assert refused.value.code == "erased"


@pytest.mark.parametrize("held", ["round", "call", "application"])
def test_a_hold_spares_the_lists(years, held):
    checks = sent_round()
    hold(
        {
            "round": checks.public_id,
            "call": checks.call.public_id,
            "application": checks.call.applications.get().number,
        }[held]
    )

    years(2)

    assert due().external_checks == []


def left() -> FormerMembership:
    """A membership that ended a year and a day ago."""
    organisation, person = factories.make_organisation(factories.make_user()), factories.make_user()
    factories.add_member(organisation, person, MembershipRole.VIEWER)
    return FormerMembership.objects.create(
        organisation=organisation, user=person, counts_until=clock.now() + timedelta(days=365)
    )


def test_a_membership_that_counts_no_more_is_deleted_the_day_after(years):
    row = left()

    years(0.99)
    early = [kind for kind, _id in lines(due())]
    years(1)
    told = lines(due())
    counts = erase_what_is_due()

    assert "former_membership" not in early
    assert ("former_membership", row.user.public_id) in told
    assert counts["former_membership"] == 1
    assert FormerMembership.objects.count() == 0


@pytest.mark.parametrize("held", ["person", "organisation"])
def test_a_hold_spares_a_former_membership(years, held):
    row = left()
    hold(row.user.public_id if held == "person" else row.organisation.public_id)

    years(2)

    assert due().former_members == []
