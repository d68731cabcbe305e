"""Steps that need two: publishing, cancelling, releasing, one application's time, a legal hold."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from accounts.actions.approvals import confirm, propose, turn_down
from accounts.actions.holds import lift_hold, propose_lifting, set_hold
from accounts.models import Approval, LegalHold
from accounts.statuses import ApprovalKind
from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from grants.actions.calls import propose_publishing, publish_call
from grants.actions.cancelling import cancel_call, propose_cancelling
from grants.actions.proposals import turn_down_proposal
from grants.models import Application, Assignment, Call, Decision, ProgrammeYear
from grants.statuses import CallStatus
from notifications.models import Message
from portal.queries.desk import desk_of
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
WHY = {"reason_kk": "Қаржы жоқ.", "reason_ru": "Нет денег."}


@shared
def draft() -> Call:
    return factories.make_draft_call()


@shared
def officer():
    return factories.make_staff("officer")


@shared
def other():
    return factories.make_staff("officer")


@shared
def administrator():
    return factories.make_staff("administrator")


def code_of(action, *what, **how) -> str:
    with pytest.raises(Refused) as caught:
        action(*what, **how)
    return caught.value.code


# --- the mechanism --------------------------------------------------------------------------------


def test_what_one_proposes_another_confirms_and_both_stand_in_the_trail(draft, officer, other):
    propose(ApprovalKind.PUBLISH_CALL, draft, payload={"rules": "x"}, by=officer)

    confirm(ApprovalKind.PUBLISH_CALL, draft, payload={"rules": "x"}, by=other)

    approval = Approval.objects.get()
    events = AuditEvent.objects.filter(object_type="accounts.approval").order_by("pk")
    assert (approval.proposed_by, approval.confirmed_by) == (officer, other)
    assert list(events.values_list("verb", "actor_id")) == [
        ("approval.propose", officer.pk),
        ("approval.confirm", other.pk),
    ]


def test_it_is_confirmed_by_another_once_and_only_as_it_was_proposed(draft, officer, other):
    kind = ApprovalKind.PUBLISH_CALL
    nothing = code_of(confirm, kind, draft, by=other)
    propose(kind, draft, payload={"rules": "x"}, by=officer)

    found = [
        code_of(propose, kind, draft, payload={}, by=other),
        code_of(confirm, kind, draft, by=officer),
        code_of(confirm, kind, draft, payload={"rules": "y"}, by=other),
    ]
    turn_down(kind, draft, by=other)

    assert nothing == "not_proposed"
    assert found == ["proposed_already", "same_person", "changed_since"]
    assert code_of(confirm, kind, draft, by=other) == "not_proposed"


CHANGES = [
    "UPDATE accounts_approval SET confirmed_at = proposed_at, confirmed_by_id = proposed_by_id",
    "UPDATE accounts_approval SET payload = '{}'",
    "UPDATE accounts_approval SET reason = 'x'",
    "DELETE FROM accounts_approval",
]


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except (DatabaseError, IntegrityError):
        return True
    return False


def test_the_database_holds_the_two_apart_and_keeps_what_was_proposed(draft, officer, other):
    propose(ApprovalKind.PUBLISH_CALL, draft, payload={"rules": "x"}, by=officer)
    found = [refused(sql) for sql in CHANGES]
    confirm(ApprovalKind.PUBLISH_CALL, draft, by=other)

    again = refused("UPDATE accounts_approval SET confirmed_at = NULL, confirmed_by_id = NULL")

    assert found == [True] * 4
    assert again


# --- publishing -----------------------------------------------------------------------------------


def test_two_officers_publish_a_call(draft, officer, other):
    propose_publishing(draft, by=officer)
    alone = code_of(publish_call, draft, by=officer)

    call = publish_call(draft, by=other)

    assert alone == "same_person"
    assert (call.status, call.published_by) == (CallStatus.PUBLISHED, other)


def test_a_call_that_was_changed_after_the_proposal_is_not_published(draft, officer, other):
    propose_publishing(draft, by=officer)
    Call.objects.filter(pk=draft.pk).update(pass_mark=10)

    assert code_of(publish_call, draft, by=other) == "changed_since"
    assert Call.objects.get(pk=draft.pk).status == CallStatus.DRAFT


@pytest.mark.parametrize("role", ["secretary", "commission", "auditor", "finance"])
def test_nobody_else_proposes_or_turns_down(draft, officer, role):
    person = factories.make_staff(role)

    with pytest.raises(NotAllowed):
        propose_publishing(draft, by=person)
    propose_publishing(draft, by=officer)
    with pytest.raises(NotAllowed):
        turn_down_proposal(draft, ApprovalKind.PUBLISH_CALL, by=person)


def test_the_page_of_the_call_leads_two_officers_to_publishing(client, draft, officer, other):
    page = reverse("admin:grants_call_change", args=[draft.pk])
    steps = {step: reverse(f"admin:grants_call_{step}", args=[draft.pk]) for step in ("propose_publishing", "publish")}
    client.force_login(officer)
    client.post(steps["propose_publishing"])
    own = client.get(page).content.decode()
    client.force_login(other)

    foreign = client.get(page).content.decode()
    client.post(steps["publish"])

    assert steps["publish"] not in own
    assert steps["publish"] in foreign
    assert Call.objects.get(pk=draft.pk).status == CallStatus.PUBLISHED


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_lists_what_waits_for_this_person(draft, officer, other, rows):
    for call in [draft, *(factories.make_draft_call() for _n in range(rows - 1))]:
        propose_publishing(call, by=officer)

    mine, theirs = desk_of(officer), desk_of(other)

    assert mine.tiles[0].value == "0"
    assert theirs.tiles[0].value == str(rows)
    assert theirs.lists[0].rows[0].url == reverse("admin:grants_call_change", args=[draft.pk])


# --- cancelling -----------------------------------------------------------------------------------


def test_cancelling_tells_everybody_gives_the_money_back_and_asks_no_more_reviews(officer, administrator, client):
    call = factories.make_call(reviews_needed=1)
    staged = factories.application_at("eligible", call=call)
    factories.review(factories.assign(staged))
    factories.decide(staged)
    read = factories.application_at("eligible", call=call)
    asked = factories.assign(read)
    writing = factories.make_draft(call=call)
    held = ProgrammeYear.objects.get().committed
    propose_cancelling(call, **WHY, by=officer)

    call = cancel_call(call, by=administrator)

    told = Message.objects.filter(event="call_cancelled").values_list("user", "context__reason")
    page = client.get(f"/kk/calls/{call.public_id}/").content.decode()
    asked.refresh_from_db()
    assert held == 2_000_000
    assert ProgrammeYear.objects.get().committed == 0
    assert Decision.objects.get().void_kind == "cancelled"
    assert sorted(told) == sorted((row.created_by_id, WHY["reason_ru"]) for row in (staged, read, writing))
    assert WHY["reason_kk"] in page
    assert asked.returned_at is not None
    assert Assignment.objects.to_do().count() == 0


def test_who_cancels_and_with_what(officer, administrator):
    call = factories.make_call()
    silent = code_of(propose_cancelling, call, reason_kk="Себеп", reason_ru=" ", by=officer)
    propose_cancelling(call, **WHY, by=administrator)

    assert silent == "no_reason"
    assert code_of(cancel_call, call, by=officer) == "not_allowed"
    assert code_of(cancel_call, call, by=administrator) == "same_person"
    assert Application.objects.count() == 0


def test_a_decided_call_is_not_cancelled(officer):
    call = factories.application_at("declined").call

    assert code_of(propose_cancelling, call, **WHY, by=officer) == "wrong_state"


# --- holds ----------------------------------------------------------------------------------------


def test_two_administrators_lift_a_hold_with_a_reason(administrator):
    hold = set_hold("GR-1", reason="суд", by=administrator)
    silent = code_of(propose_lifting, hold, reason="", by=administrator)
    alone = code_of(lift_hold, hold, by=administrator)
    propose_lifting(hold, reason="Сот аяқталды.", by=administrator)

    own = code_of(lift_hold, hold, by=administrator)
    lift_hold(hold, by=factories.make_staff("administrator"))

    assert [silent, alone, own] == ["no_reason", "not_proposed", "same_person"]
    assert LegalHold.objects.live().count() == 0
    assert clock.now() >= LegalHold.objects.get().lifted_at
