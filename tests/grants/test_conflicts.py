"""Conflicts of interest: declared, recorded, found in the data; they block every path, the database's own too."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.actions.members import remove_member
from accounts.models import BankAccount, FormerMembership, Invitation
from accounts.statuses import MembershipRole
from core import clock
from core.refusals import NotAllowed, Refused
from grants.actions import drafts, reviews
from grants.actions.conflicts import declare_own_conflict, lift_conflict, look_again, note_conflicts, propose_lifting
from grants.actions.screening import find_eligible, take_next
from grants.models import Application, Assignment, BudgetLine, Call, Conflict, Review, ScoreEntry
from grants.queries.assigning import choices
from grants.queries.conflicts import blocking_conflict, conflicting_pairs, shown_by_data
from grants.queries.ranking import rank_call
from grants.statuses import LIFTABLE_CONFLICTS, ConflictKind
from tests import factories
from tests.grants.rows import run
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

IIN = "900101300004"


@shared
def application() -> Application:
    return factories.application_at("eligible")


@shared
def expert():
    return factories.make_expert()


@shared
def officer():
    return factories.make_user(roles=["officer"])


def connect_by_membership(expert, application):
    factories.add_member(application.organisation, expert.user, MembershipRole.VIEWER)


def connect_by_own_iin(expert, application):
    type(expert.user).objects.filter(pk=expert.user_id).update(iin=IIN)
    type(application.organisation).objects.filter(pk=application.organisation_id).update(identifier=IIN)


def connect_by_head(expert, application):
    type(expert.user).objects.filter(pk=expert.user_id).update(iin=IIN)
    type(application.organisation).objects.filter(pk=application.organisation_id).update(head_iin=IIN)


def connect_by_record(expert, application):
    recorded = {"kind": ConflictKind.RECORDED, "note": "бывший партнёр"}
    Conflict.objects.create(person=expert.user, application=application, **recorded)


CONNECTIONS = [connect_by_membership, connect_by_own_iin, connect_by_head, connect_by_record]


def insert_assignment(expert, application, officer):
    """Past every action."""
    run(
        "INSERT INTO grants_assignment (public_id, application_id, expert_id, due_on, assigned_at, assigned_by_id, "
        "returned_reason) VALUES ('raw', %s, %s, %s, %s, %s, '')",
        application.pk,
        expert.pk,
        clock.today().isoformat(),
        clock.now().isoformat(),
        officer.pk,
    )


@pytest.mark.parametrize("connect", CONNECTIONS)
def test_a_connected_expert_is_refused_in_words_and_by_the_database(connect, expert, application, officer):
    connect(expert, application)
    expert.user.refresh_from_db()
    application.organisation.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        reviews.assign_expert(application, expert, by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_assignment(expert, application, officer)

    shown = next(choice for choice in choices(application) if choice.expert == expert)
    assert refusal.value.code == "conflict"
    assert shown.is_conflict
    assert shown.refusal != ""
    assert not Assignment.objects.filter(expert=expert).exists()


def test_an_unconnected_expert_is_offered_and_may_be_asked(expert, application, officer):
    assert next(choice for choice in choices(application) if choice.expert == expert).refusal == ""

    assignment = reviews.assign_expert(application, expert, by=officer)

    assert assignment.expert == expert
    assert [choice.expert for choice in choices(application)] == []


def test_an_assignment_is_never_moved_to_another_expert_or_brought_back(expert, application, officer):
    assignment = reviews.assign_expert(application, expert, by=officer)
    other = factories.make_expert()
    connect_by_record(other, application)

    with pytest.raises(IntegrityError), transaction.atomic():
        run("UPDATE grants_assignment SET expert_id = %s", other.pk)
    reviews.hand_back(assignment, reason="Болею", by=expert.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        run("UPDATE grants_assignment SET returned_at = NULL")


def test_a_declared_conflict_closes_the_papers_and_hands_back(client, expert, application):
    assignment = factories.assign(application, expert)
    reviews.declare_no_conflict(assignment, by=expert.user)
    file = application.documents.get()
    address = reverse("grants:review_document", args=[assignment.public_id, file.public_id])
    client.force_login(expert.user)
    assert client.get(address).status_code == 200

    reviews.declare_conflict(assignment, note="Работали вместе", by=expert.user)

    assignment.refresh_from_db()
    assert assignment.returned_at is not None
    assert client.get(address).status_code == 404
    assert client.get(reverse("grants:review_edit", args=[assignment.public_id])).status_code == 404
    assert not Application.objects.visible_to(expert.user).exists()


def test_a_review_counts_no_more_once_its_expert_has_a_conflict(expert, application, officer):
    factories.review(factories.assign(application, expert), score=5)
    factories.review(factories.assign(application), score=3)

    reviews.record_conflict(expert, application, note="Родственник", by=officer)

    row = rank_call(application.call).rows[0]
    assert (row.reviews, row.mean) == (1, 60)


def test_a_score_across_a_conflict_is_refused_by_the_database(expert, application):
    assignment = factories.assign(application, expert)
    connect_by_record(expert, application)
    review = Review.objects.create(assignment=assignment)

    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreEntry.objects.create(
            review=review, criterion=application.call.criteria.first(), score=5, entered_by=expert.user
        )


@pytest.mark.parametrize("connect", [connect_by_membership, connect_by_own_iin, connect_by_record])
def test_a_connection_that_comes_later_stops_the_scoring(connect, expert, application):
    assignment = factories.assign(application, expert)
    reviews.declare_no_conflict(assignment, by=expert.user)
    connect(expert, application)

    with pytest.raises(Refused) as refusal:
        drafts.keep_review_draft(Assignment.objects.get(pk=assignment.pk), draft={}, by=expert.user)

    assert refusal.value.code == "returned"


def test_only_the_assigned_expert_declares_and_only_staff_record(expert, application):
    assignment = factories.assign(application, expert)
    stranger = factories.make_expert().user

    with pytest.raises(NotAllowed):
        reviews.declare_conflict(assignment, note="", by=stranger)
    with pytest.raises(NotAllowed):
        reviews.declare_no_conflict(assignment, by=stranger)
    with pytest.raises(NotAllowed):
        reviews.record_conflict(expert, application, note="", by=stranger)


def test_the_admin_page_asks_takes_back_and_records(client, application, expert):
    officer = factories.make_staff("officer")
    client.force_login(officer)
    address = reverse("admin:grants_assignment_application", args=[application.public_id])

    client.post(address, {"verb": "assign", "row": expert.pk})
    assignment = Assignment.objects.get()
    client.post(address, {"verb": "take_back", "row": assignment.public_id, "reason": ""})
    assert Assignment.objects.live().count() == 1
    client.post(address, {"verb": "take_back", "row": assignment.public_id, "reason": "Заболел"})
    assert Assignment.objects.live().count() == 0
    client.post(address, {"verb": "conflict", "row": expert.pk, "reason": "Бывший партнёр"})
    client.post(address, {"verb": "assign", "row": expert.pk})

    assert Assignment.objects.live().count() == 0
    assert Conflict.objects.get().note == "Бывший партнёр"
    assert "Бывший партнёр" in client.get(address).content.decode()


def test_an_expert_with_as_much_as_they_can_read_is_not_asked(application, expert, officer):
    type(expert).objects.filter(pk=expert.pk).update(max_load=0)

    with pytest.raises(Refused) as refusal:
        reviews.assign_expert(application, expert, by=officer)

    assert refusal.value.code == "load"
    assert choices(application)[0].refusal != ""
    assert not choices(application)[0].is_conflict


def organisation_of(person, **fields):
    """An organisation of the person's own, beside the applicant's."""
    organisation = factories.make_organisation(person)
    type(organisation).objects.filter(pk=organisation.pk).update(**fields)
    organisation.refresh_from_db()
    return organisation


def give(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()


def match_phone(person, application):
    give(person, phone="+77010000001")
    give(application.organisation, phone="+77010000001")


def match_address(person, application):
    organisation_of(person, address="Абай даңғылы, 10")
    give(application.organisation, address="Абай даңғылы, 10")


def match_email(person, application):
    Invitation.objects.create(
        organisation=application.organisation,
        email=person.email,
        role=MembershipRole.EDITOR,
        token_sha256="0" * 64,
        invited_by=factories.make_user(),
        expires_at=clock.now(),
    )


def match_supplier(person, application):
    organisation_of(person, identifier="990840000012")
    BudgetLine.objects.create(application=application, item="Камера", supplier_identifier="990840000012")


def match_bank_account(person, application):
    for organisation in (organisation_of(person), application.organisation):
        BankAccount.objects.create(
            organisation=organisation,
            iban="KZ86125KZT5004100100",
            bic="NBRKKZKX",
            bank_name="Банк",
            is_holder_confirmed=True,
            added_by=person,
        )


def match_own_firm(person, application):
    organisation_of(person, identifier="990840000012")
    give(application.organisation, head_iin="", identifier="990840000012")


def was_a_member(person, application):
    member = factories.add_member(application.organisation, person, MembershipRole.EDITOR)
    remove_member(member, by=person)


MATCHES = {
    ConflictKind.PHONE: match_phone,
    ConflictKind.ADDRESS: match_address,
    ConflictKind.EMAIL: match_email,
    ConflictKind.SUPPLIER: match_supplier,
    ConflictKind.IBAN: match_bank_account,
    ConflictKind.IDENTIFIER: match_own_firm,
    ConflictKind.MEMBERSHIP: was_a_member,
}


@pytest.mark.parametrize("kind", MATCHES)
def test_a_match_in_the_data_is_named_and_refused_by_page_and_database(kind, expert, application, officer):
    MATCHES[kind](expert.user, application)
    application = Application.objects.select_related("organisation").get(pk=application.pk)

    assert kind in shown_by_data([application], [expert.user])[expert.user_id, application.pk]
    with pytest.raises(Refused):
        reviews.assign_expert(application, expert, by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_assignment(expert, application, officer)


@pytest.mark.parametrize("kind", MATCHES)
def test_only_what_hubs_share_is_lifted_and_by_two(kind, expert, application, officer):
    MATCHES[kind](expert.user, application)
    note_conflicts([Application.objects.get(pk=application.pk)], [expert.user])
    row = Conflict.objects.get(kind=kind)
    other = factories.make_user(roles=["administrator"])

    if kind not in LIFTABLE_CONFLICTS:
        with pytest.raises(Refused) as refusal:
            propose_lifting(row, reason="Общий коворкинг", by=officer)
        assert refusal.value.code == "not_liftable"
        with pytest.raises(IntegrityError), transaction.atomic():
            run("UPDATE grants_conflict SET lifted_at = found_at, lifted_by_id = %s", other.pk)
        return

    propose_lifting(row, reason="Общий коворкинг", by=officer)
    with pytest.raises(NotAllowed):
        lift_conflict(row, by=officer)
    assert blocking_conflict(expert.user, application) == kind
    lift_conflict(row, by=other)

    assert blocking_conflict(expert.user, application) is None
    assert Call.objects.with_lifted_matches().get().lifted_count == 1
    assert note_conflicts([application], [expert.user]) == 0
    assert reviews.assign_expert(application, expert, by=officer).expert == expert


def test_a_membership_that_ended_over_a_year_ago_blocks_no_more(expert, application, officer):
    was_a_member(expert.user, application)
    FormerMembership.objects.update(counts_until=clock.now())

    assert blocking_conflict(expert.user, application) is None
    assert reviews.assign_expert(application, expert, by=officer).expert == expert


def test_finding_a_match_takes_a_live_assignment_back(expert, application, officer):
    assignment = factories.assign(application, expert)
    match_phone(expert.user, application)

    made = look_again(application.call, by=officer)

    assignment.refresh_from_db()
    assert made == 1
    assert assignment.returned_reason == "phone"


def test_an_officer_with_a_conflict_sees_and_screens_nothing(client, officer):
    application = factories.application_at("submitted")
    give(application, officer=officer)

    declare_own_conflict(application, note="Учились вместе", by=officer)

    application.refresh_from_db()
    assert application.officer is None
    assert take_next(by=officer) is None
    assert not Application.objects.visible_to(officer).exists()
    with pytest.raises(NotAllowed):
        find_eligible(application, by=officer)
    assert take_next(by=factories.make_user(roles=["officer"])) == application


def test_pairs_cost_the_same_however_many_there_are(expert, application, django_assert_num_queries):
    people = [expert.user, factories.make_expert().user, factories.make_expert().user]
    match_phone(expert.user, application)

    with django_assert_num_queries(10):
        conflicting_pairs([application], people[:1])
    with django_assert_num_queries(10):
        conflicting_pairs([application], people)


def test_the_admin_lifts_a_match_by_two_persons(client, expert, application):
    match_phone(expert.user, application)
    note_conflicts([application], [expert.user])
    row = Conflict.objects.get()
    first, second = factories.make_staff("officer"), factories.make_staff("secretary")
    address = reverse("admin:grants_conflict_lift", args=[row.pk])

    for person, typed in ((first, {"reason": "Один коворкинг"}), (first, {}), (second, {})):
        client.force_login(person)
        client.post(address, typed)
        row.refresh_from_db()

    assert (row.lift_proposed_by, row.lifted_by) == (first, second)
    assert client.get(reverse("admin:grants_conflict_changelist")).status_code == 200
