"""Two presses of one button at the same moment, on real PostgreSQL: one draft, one number, one receipt."""

from functools import partial

import pytest

from core import seals
from grants.actions.applications import start_application, submit_application
from grants.models import Application, Submission
from notifications.models import Message
from tests.factories import make_call, make_draft, make_organisation, make_user
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_the_same_submit_pressed_by_five_fingers_at_once_gives_one_number_and_one_receipt():
    draft = make_draft()

    def press() -> str:
        fresh = Application.objects.get(pk=draft.pk)
        return submit_application(fresh, agreed={"declaration"}, by=draft.created_by).public_id

    receipts = at_once(*[press] * 5)

    draft.refresh_from_db()
    assert len(receipts) == 5
    assert len(set(receipts)) == 1
    assert draft.number == "GR-2026-00001"
    assert Submission.objects.filter(application=draft).count() == 1
    assert Message.objects.filter(event="submitted").count() == 1
    assert seals.verify().faults == ()


def test_ten_applications_sent_at_once_get_ten_numbers_without_a_gap():
    call = make_call()
    drafts = [make_draft(call=call) for _ in range(10)]

    at_once(*[partial(submit_application, draft, agreed={"declaration"}, by=draft.created_by) for draft in drafts])

    numbers = sorted(Application.objects.values_list("number", flat=True))
    assert numbers == [f"GR-2026-{n:05d}" for n in range(1, 11)]


def test_the_same_start_pressed_twice_at_once_makes_one_draft():
    call, owner = make_call(), make_user()
    organisation = make_organisation(owner)

    drafts = at_once(*[lambda: start_application(call, organisation, by=owner).pk] * 4)

    assert len(drafts) == 4
    assert len(set(drafts)) == 1
    assert Application.objects.filter(call=call).count() == 1
