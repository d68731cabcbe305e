"""`core.workflow` on the real tables: person and state decide under the lock, one row of audit for one move."""

import pytest
from django.apps import apps
from django.db import transaction

from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from core.workflow import REGISTRY, apply_move, lock, workflow
from grants.models import Call
from grants.statuses import CallStatus
from grants.workflow import CALL
from tests.factories import make_draft_call, make_user
from tests.threads import at_once

pytestmark = [pytest.mark.embedded]
BY_HAND = {
    "call": "grants.Call",
    "application": "grants.Application",
    "award": "grants.Award",
    "meeting": "committees.Meeting",
    "tranche": "grants.Tranche",
    "payment_batch": "grants.PaymentBatch",
}


def moves_of(call: Call) -> list[str]:
    """Verbs in the audit trail of a call."""
    events = AuditEvent.objects.filter(object_id=call.public_id, verb__startswith="call.").order_by("pk")
    return [event.verb for event in events]


@pytest.fixture
def administrator(db):
    return make_user(roles=["administrator"])


@pytest.fixture
def call(db) -> Call:
    return make_draft_call()


# --- one move ---------------------------------------------------------------------------------------------------------


def test_a_move_writes_the_status_its_stamps_and_one_event(call, administrator):
    moment = clock.now()

    moved = apply_move(CALL, call, "cancel", by=administrator, data={"reason": "season"}, closes_at=moment)

    call.refresh_from_db()
    event = AuditEvent.objects.get(object_id=call.public_id)
    assert (moved.status, call.status, call.closes_at) == (CallStatus.CANCELLED, CallStatus.CANCELLED, moment)
    assert (event.verb, event.actor_id, event.object_type) == ("call.cancel", administrator.pk, "grants.call")
    assert event.data == {"from": "draft", "to": "cancelled", "reason": "season"}


def test_a_person_without_the_right_is_refused_and_nothing_changes(call):
    applicant = make_user()

    with pytest.raises(NotAllowed) as refused:
        apply_move(CALL, call, "cancel", by=applicant)

    call.refresh_from_db()
    assert (refused.value.code, call.status, moves_of(call)) == ("not_allowed", CallStatus.DRAFT, [])


def test_the_clock_may_not_do_what_people_decide(call):
    with pytest.raises(NotAllowed):
        apply_move(CALL, call, "cancel", by=None)


@pytest.mark.parametrize("verb", ["archive", "release", "no_such_verb"])
def test_a_move_that_the_state_does_not_know_is_refused_in_words(call, administrator, verb):
    with pytest.raises(Refused) as refused:
        apply_move(CALL, call, verb, by=administrator)

    call.refresh_from_db()
    assert (refused.value.code, call.status, moves_of(call)) == ("wrong_state", CallStatus.DRAFT, [])
    assert not isinstance(refused.value, NotAllowed)


def test_what_the_row_says_now_counts_and_not_what_was_read_before(call, administrator):
    read_before = Call.objects.get(pk=call.pk)
    apply_move(CALL, call, "cancel", by=administrator)

    with pytest.raises(Refused) as refused:
        apply_move(CALL, read_before, "cancel", by=administrator)

    assert (refused.value.code, moves_of(call)) == ("wrong_state", ["call.cancel"])


def test_buttons_are_offered_to_those_who_may_in_the_states_that_allow(call):
    officer, administrator, applicant = make_user(roles=["officer"]), make_user(roles=["administrator"]), make_user()

    offered = {who: set(CALL.open_to(who, call)) for who in (officer, administrator, applicant)}

    assert "publish" in offered[officer]
    assert "cancel" in offered[administrator]
    assert "cancel" not in offered[officer]
    assert offered[applicant] == set()


@pytest.mark.django_db(transaction=True)
def test_a_move_needs_the_transaction_of_its_action():
    call, administrator = make_draft_call(), make_user(roles=["administrator"])

    with pytest.raises(RuntimeError, match="transaction"):
        apply_move(CALL, call, "cancel", by=administrator)
    with pytest.raises(RuntimeError, match="transaction"):
        lock(call)

    call.refresh_from_db()
    assert call.status == CallStatus.DRAFT


@pytest.mark.django_db(transaction=True)
def test_a_move_is_undone_with_the_rest_of_its_action():
    call, administrator = make_draft_call(), make_user(roles=["administrator"])

    with transaction.atomic():
        apply_move(CALL, call, "cancel", by=administrator)
        transaction.set_rollback(True)

    call.refresh_from_db()
    assert (call.status, moves_of(call)) == (CallStatus.DRAFT, [])


@pytest.mark.django_db(transaction=True)
def test_of_many_who_press_at_once_one_moves_and_the_others_are_told():
    call, administrator = make_draft_call(), make_user(roles=["administrator"])

    def press() -> None:
        with transaction.atomic():
            apply_move(CALL, Call.objects.get(pk=call.pk), "cancel", by=administrator)

    told = [result.code if result else "moved" for result in at_once(*[press] * 5)]

    assert sorted(told) == ["moved", "wrong_state", "wrong_state", "wrong_state", "wrong_state"]
    assert moves_of(call) == ["call.cancel"]


# --- every table ------------------------------------------------------------------------------------------------------


def test_every_noun_with_a_status_has_its_table():
    assert set(REGISTRY) == set(BY_HAND)


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_a_table_and_its_model_know_the_same_states(name):
    table = REGISTRY[name]
    field = apps.get_model(BY_HAND[name])._meta.get_field("status")

    named = {table.initial, *(move.target for move in table.moves), *(s for move in table.moves for s in move.sources)}

    assert named == {value for value, _label in field.choices}
    assert field.default == table.initial


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_state_is_reached_from_the_first_one(name):
    table = REGISTRY[name]
    reached, before = {table.initial}, set()

    while reached != before:
        before = set(reached)
        reached |= {move.target for move in table.moves if move.sources & reached}

    assert reached == {value for value, _l in apps.get_model(BY_HAND[name])._meta.get_field("status").choices}


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_a_verb_leads_from_a_state_to_one_place(name):
    table = REGISTRY[name]

    pairs = [(move.verb, source) for move in table.moves for source in move.sources]

    assert len(pairs) == len(set(pairs))


def test_a_table_that_would_lead_to_two_places_is_refused_at_start():
    with pytest.raises(ValueError, match="two places"):
        workflow("broken", initial="a", moves=[("go", ["a"], "b", bool), ("go", ["a"], "c", bool)])

    assert "broken" not in REGISTRY
