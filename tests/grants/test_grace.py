"""The grace at closing: for a page that was open in time, for its own person and application, and for nobody else."""

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse

from core import clock
from core.models import AuditEvent
from core.refusals import Refused
from grants.actions.applications import edit_application, submit_application, take_back_application
from grants.models import Application, Call
from grants.queries.grace import page_stamp
from grants.statuses import ApplicationStatus as A
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def draft() -> Application:
    return factories.make_draft(call=factories.make_call(grace_minutes=10))


@pytest.fixture
def stamp(draft) -> str:
    return page_stamp(draft, draft.created_by)


def send(application: Application, stamp: str, person=None):
    fresh = Application.objects.get(pk=application.pk)
    return submit_application(fresh, agreed={"declaration"}, stamp=stamp, by=person or application.created_by)


def refusal(application: Application, stamp: str, person=None) -> str:
    with pytest.raises(Refused) as caught:
        send(application, stamp, person)
    return caught.value.code


def test_a_page_opened_before_closing_sends_within_the_grace_and_the_receipt_and_the_trail_say_so(draft, stamp, at):
    opened = clock.now()
    at(draft.call.closes_at + 10 * MINUTE)

    submission = send(draft, stamp)

    event = AuditEvent.objects.get(verb="application.submit")
    assert submission.grace_opened_at is not None
    assert abs(submission.grace_opened_at - opened) < MINUTE
    assert event.data["grace"] is True
    assert event.data["page_opened_at"] == submission.grace_opened_at.isoformat()


def test_what_is_sent_in_time_says_nothing_of_a_grace(draft, stamp):
    submission = send(draft, stamp)

    assert submission.grace_opened_at is None
    assert "grace" not in AuditEvent.objects.get(verb="application.submit").data


def test_without_a_stamp_a_second_late_is_late(draft, at):
    at(draft.call.closes_at + timedelta(seconds=1))

    assert refusal(draft, "") == "closed"


def test_after_the_grace_even_a_stamp_is_late(draft, stamp, at):
    at(draft.call.closes_at + 10 * MINUTE + timedelta(seconds=1))

    assert refusal(draft, stamp) == "closed"


def test_a_page_opened_after_closing_proves_nothing(draft, at):
    at(draft.call.closes_at + MINUTE)

    assert refusal(draft, page_stamp(draft, draft.created_by)) == "closed"


def test_a_call_without_grace_gives_none(draft, stamp, at):
    Call.objects.filter(pk=draft.call_id).update(grace_minutes=0)
    at(draft.call.closes_at + timedelta(seconds=1))

    assert refusal(draft, stamp) == "closed"


def test_a_cancelled_call_gives_none(draft, stamp, at):
    factories.cancel_call(draft.call)
    at(draft.call.closes_at + MINUTE)

    assert refusal(draft, stamp) == "closed"


def forged(draft: Application, **changed) -> list[str]:
    right = {"application": draft.public_id, "person": draft.created_by_id, "at": clock.now().timestamp()}
    good = signing.dumps(right, salt="grants.grace")
    return [
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        "x" + good,
        signing.dumps(right, salt="another"),
        signing.dumps(right, salt="grants.grace", key="another secret"),
        signing.dumps({**right, "application": "another"}, salt="grants.grace"),
        signing.dumps({**right, "person": 0}, salt="grants.grace"),
        signing.dumps({**right, "at": "now"}, salt="grants.grace"),
        signing.dumps({**right, "at": 1e300}, salt="grants.grace"),
        signing.dumps([1], salt="grants.grace"),
        "мәтін",
    ]


def test_no_forged_stamp_is_taken(draft, at):
    stamps = forged(draft)
    at(draft.call.closes_at + MINUTE)

    assert [refusal(draft, stamp) for stamp in stamps] == ["closed"] * 10


def test_another_owners_stamp_is_not_ones_own(draft, at):
    other = factories.make_user()
    factories.add_member(draft.organisation, other, "owner")
    theirs = page_stamp(draft, other)
    at(draft.call.closes_at + MINUTE)

    assert refusal(draft, theirs) == "closed"
    assert send(draft, theirs, other).submitted_by == other


def test_the_grace_sends_and_does_nothing_else(draft, stamp, at):
    at(draft.call.closes_at + MINUTE)

    with pytest.raises(Refused) as editing:
        edit_application(draft, facts={"title": "Кеш"}, by=draft.created_by)
    send(draft, stamp)
    with pytest.raises(Refused) as taking_back:
        take_back_application(draft, by=draft.created_by)

    assert (editing.value.code, taking_back.value.code) == ("closed", "closed")


def check(application: Application) -> str:
    return reverse("grants:application_check", args=[application.public_id])


def test_the_page_carries_the_stamp_through_a_press_that_was_wrong(client, draft, at):
    client.force_login(draft.created_by)
    page = client.get(check(draft))
    shown, stamp = page.context["form"]["shown_sha256"].value(), page.context["stamp"]
    at(draft.call.closes_at + MINUTE)

    wrong = client.post(check(draft), {"shown_sha256": shown, "opened": stamp})
    right = client.post(check(draft), {"shown_sha256": shown, "opened": wrong.context["stamp"], "declaration": "on"})

    text = wrong.content.decode()
    assert stamp in text
    assert 'name="declaration"' in text
    assert "/edit/" not in text
    assert "/applications/receipts/" in right.url


def test_a_page_opened_too_late_shows_no_button_and_says_that_all_is_kept(client, draft, at):
    client.force_login(draft.created_by)
    at(draft.call.closes_at + MINUTE)

    page = client.get(check(draft))

    assert (page.context["is_sendable"], 'name="declaration"' in page.content.decode()) == (False, False)


def test_an_expired_session_within_the_grace_keeps_its_proof(client, at):
    draft = factories.make_draft(call=factories.make_call(closes_at=clock.now() + 5 * MINUTE))
    client.force_login(draft.created_by)
    page = client.get(check(draft))
    sent = {"shown_sha256": page.context["form"]["shown_sha256"].value(), "opened": page.context["stamp"]}
    client.logout()
    client.post(check(draft), {**sent, "declaration": "on"})
    at(draft.call.closes_at + MINUTE)
    client.force_login(draft.created_by)

    back = client.get(check(draft))

    assert back.context["is_grace"]
    assert back.context["stamp"] == page.context["stamp"]


def test_the_grace_is_stated_on_the_call_and_beside_the_button(client, draft):
    client.force_login(draft.created_by)

    call = client.get(f"/en/calls/{draft.call.public_id}/").content.decode()
    page = client.get(f"/en/applications/{draft.public_id}/check/").content.decode()

    assert "minutes: 10" in call
    assert "minutes: 10" in page


def test_the_receipt_says_in_words_that_the_grace_was_used(client, draft, stamp, at):
    at(draft.call.closes_at + MINUTE)
    submission = send(draft, stamp)
    client.force_login(draft.created_by)

    page = client.get(f"/en/applications/receipts/{submission.public_id}/").content.decode()

    assert "Sent within the grace after closing (minutes: 10)" in page


def test_with_the_grace_a_draft_is_sent_once(draft, stamp, at):
    at(draft.call.closes_at + MINUTE)

    first, second = send(draft, stamp), send(draft, stamp)

    draft.refresh_from_db()
    assert first == second
    assert draft.status == A.SUBMITTED
