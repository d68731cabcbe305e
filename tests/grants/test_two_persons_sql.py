"""Raw SQL publishes no call and releases no decision without two people who agreed to it, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.actions.approvals import confirm, propose, turn_down
from accounts.statuses import ApprovalKind
from core import clock
from grants.models import Application, Call, Decision
from tests import factories
from tests.grants.rows import run
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PUBLISH = "UPDATE grants_call SET published_at = %s, published_by_id = %s, status = 'published' WHERE id = %s"
RELEASE_CALL = "UPDATE grants_call SET released_at = %s, released_by_id = %s WHERE id = %s"
RELEASE = "UPDATE grants_decision SET released_at = %s, released_by_id = %s WHERE id = %s"


@shared
def officers() -> list[Any]:
    return [factories.make_staff("officer") for _n in range(2)]


@shared
def draft() -> Call:
    return factories.make_draft_call()


@shared
def staged() -> Decision:
    """One decision that the commission resolved, and nobody proposed to release."""
    application = factories.application_at("eligible", call=factories.make_call(reviews_needed=1))
    factories.review(factories.assign(application))
    factories.decide(application)
    return Decision.objects.get(application=application)


def refused(sql: str, *values: Any) -> bool:
    """Whether the database says that it needs two people."""
    try:
        with transaction.atomic():
            run(sql, *values)
    except IntegrityError as error:
        return "two people" in str(error)
    return False


def stamp() -> str:
    return str(clock.now())


def agree(kind: str, call: Call, first: Any, second: Any) -> None:
    propose(kind, call, payload={}, by=first)
    confirm(kind, call, by=second)


def test_a_call_is_not_published_by_one_by_nobody_or_by_a_third(draft, officers):
    first, second = officers
    nobody = refused(PUBLISH, stamp(), first.pk, draft.pk)
    propose(ApprovalKind.PUBLISH_CALL, draft, payload={}, by=first)
    one = refused(PUBLISH, stamp(), first.pk, draft.pk)
    confirm(ApprovalKind.PUBLISH_CALL, draft, by=second)
    third = refused(PUBLISH, stamp(), first.pk, draft.pk)

    agreed = refused(PUBLISH, stamp(), second.pk, draft.pk)

    assert (nobody, one, third, agreed) == (True, True, True, False)


def test_a_status_alone_publishes_nothing(draft):
    for status in ("published", "decided", "archived"):
        assert refused("UPDATE grants_call SET status = %s WHERE id = %s", status, draft.pk)


def test_what_was_agreed_about_another_call_or_step_publishes_nothing(draft, officers):
    agree(ApprovalKind.PUBLISH_CALL, factories.make_draft_call(), *officers)
    agree(ApprovalKind.CANCEL_CALL, draft, *officers)

    assert refused(PUBLISH, stamp(), officers[1].pk, draft.pk)


def test_what_was_turned_down_publishes_nothing(draft, officers):
    propose(ApprovalKind.PUBLISH_CALL, draft, payload={}, by=officers[0])
    turn_down(ApprovalKind.PUBLISH_CALL, draft, by=officers[1])

    assert refused(PUBLISH, stamp(), officers[1].pk, draft.pk)


def test_a_row_that_comes_in_published_is_refused(draft, officers):
    row = Call.objects.get(pk=draft.pk)
    row.pk, row.public_id, row._state.adding = None, "rawrawrawraw", True
    row.status, row.published_at, row.published_by = "published", clock.now(), officers[0]

    with pytest.raises(IntegrityError, match="two people"), transaction.atomic():
        Call.objects.bulk_create([row])


def test_a_decision_is_not_released_by_one_by_nobody_or_by_a_third(staged, officers):
    call, (first, second) = staged.application.call, officers
    nobody = refused(RELEASE, stamp(), second.pk, staged.pk)
    propose(ApprovalKind.RELEASE, call, payload={}, by=first)
    one = refused(RELEASE, stamp(), first.pk, staged.pk)
    confirm(ApprovalKind.RELEASE, call, by=second)
    third = refused(RELEASE, stamp(), first.pk, staged.pk)

    agreed = refused(RELEASE, stamp(), second.pk, staged.pk)

    assert (nobody, one, third, agreed) == (True, True, True, False)


def test_a_release_of_the_call_needs_the_two_as_well(staged, officers):
    call = staged.application.call
    before = refused(RELEASE_CALL, stamp(), officers[1].pk, call.pk)
    agree(ApprovalKind.RELEASE, call, *officers)

    assert (before, refused(RELEASE_CALL, stamp(), officers[1].pk, call.pk)) == (True, False)


def test_what_was_staged_after_two_had_agreed_waits_for_two_again(officers, at):
    application = factories.application_at("eligible", call=factories.make_call(reviews_needed=1))
    agree(ApprovalKind.RELEASE, application.call, *officers)
    at(clock.now() + timedelta(hours=1))
    factories.review(factories.assign(application))
    factories.decide(application)
    later = Decision.objects.get(application=application)

    assert refused(RELEASE, stamp(), officers[1].pk, later.pk)


def test_a_decision_does_not_come_in_released(staged, officers):
    year = factories.make_year(kind="accelerator")  # decided without a commission
    other = factories.application_at("eligible", call=factories.make_call(year, reviews_needed=1))
    row = Decision(
        application=Application.objects.get(pk=other.pk), programme_year=other.call.programme_year, outcome="decline",
        reason_kk="а", reason_ru="а", staged_by=officers[0], released_at=clock.now(), released_by=officers[1],
    )  # fmt: skip

    with pytest.raises(IntegrityError, match="two people"), transaction.atomic():
        Decision.objects.bulk_create([row])
