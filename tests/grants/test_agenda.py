"""The commission decides: agenda from the ranking, conflicts found in the data, votes that stage decisions, release."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.actions.approvals import confirm, propose
from accounts.statuses import ApprovalKind, MembershipRole
from committees.actions import agenda as items
from committees.actions import attendance, declarations, results, votes
from committees.models import Annulment, Ballot, ConflictDeclaration, Meeting, Resolution
from core import clock
from core.models import AuditEvent
from core.refusals import Refused
from grants.actions import agenda
from grants.actions.decisions import stage_decision
from grants.actions.decisions_bulk import stage_as_ranked
from grants.models import Application, ApplicationItem, Call, Conflict, Decision, ProgrammeYear
from grants.statuses import Outcome
from tests import factories
from tests.commission import REASONS, convene, plan_meeting, resolve
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def secretary():
    return factories.make_staff("secretary")


@shared
def call() -> Call:
    """Decided by a commission of three."""
    return factories.make_call(
        factories.make_year(budget=2_500_000), reviews_needed=1, commission=factories.make_committee(3)
    )


@shared
def four(call) -> list[Application]:
    """By rank: two fit under the line, one passes the mark and finds no money, one fails."""
    rows = [factories.application_at("eligible", call=call, amount=1_000_000) for _score in range(4)]
    for application, score in zip(rows, (5, 4, 3, 1), strict=True):
        factories.review(factories.assign(application), score=score)
    return rows


@shared
def meeting(call, four, secretary) -> Meeting:
    """Planned, with everybody on the agenda."""
    made = plan_meeting(call.commission, by=secretary)
    agenda.make_agenda(made, call, reasons=REASONS, by=secretary)
    return made


def people(meeting: Meeting) -> list:
    return [seat.user for seat in meeting.committee.seats.select_related("user").order_by("pk")]


def code(action, *args, **how) -> str:
    with pytest.raises(Refused) as refusal:
        action(*args, **how)
    return refusal.value.code


def item_of(application: Application):
    return application.agenda_items.select_related("item__meeting").latest("pk").item


def test_the_agenda_follows_the_ranking_in_blocs(meeting, four):
    rows = ApplicationItem.objects.filter(item__meeting=meeting).order_by("item__position")

    assert [(r.application, r.item.bloc, r.outcome, r.amount, r.rank, r.departs) for r in rows] == [
        (four[0], "award", "award", 1_000_000, 1, False),
        (four[1], "award", "award", 1_000_000, 2, False),
        (four[2], "reserve", "reserve", 0, 3, False),
        (four[3], "decline", "decline", 0, 4, False),
    ]
    assert len({r.run for r in rows}) == 1
    event = AuditEvent.objects.get(verb="agenda.make")
    assert event.data["run"] == rows[0].run.sha256


def test_nobody_stands_on_two_agendas(meeting, call, secretary):
    second = plan_meeting(call.commission, by=secretary)

    assert code(agenda.make_agenda, second, call, reasons=REASONS, by=secretary) == "nothing_left"


def test_another_committee_does_not_decide_it(call, four, secretary):
    other = plan_meeting(factories.make_committee(), by=secretary)

    assert code(agenda.make_agenda, other, call, reasons=REASONS, by=secretary) == "other_committee"


def test_the_agenda_waits_for_reviews_and_reasons(call, four, secretary):
    planned = plan_meeting(call.commission, by=secretary)

    assert code(agenda.make_agenda, planned, call, reasons={}, by=secretary) == "no_reason"
    factories.application_at("eligible", call=call)
    assert code(agenda.make_agenda, planned, call, reasons=REASONS, by=secretary) == "reviews_missing"


def test_a_members_conflict_that_the_data_show_is_written_down_with_the_agenda(call, four, secretary):
    chair = call.commission.seats.get(role="chair")
    factories.add_member(four[1].organisation, chair.user, MembershipRole.VIEWER)
    planned = plan_meeting(call.commission, by=secretary)

    agenda.make_agenda(planned, call, reasons=REASONS, by=secretary)

    row = ConflictDeclaration.objects.get()
    assert (row.item, row.seat, row.source, row.kind) == (item_of(four[1]), chair, "computed", "membership")


def test_a_call_with_a_commission_is_decided_in_no_other_way(call, four, secretary):
    words = {"reason_kk": "Себеп", "reason_ru": "Причина", "amount": Decimal(1_000_000)}

    assert code(stage_decision, four[0], outcome="award", by=secretary, **words) == "commission_decides"
    assert code(stage_as_ranked, call, reasons=REASONS, by=secretary) == "commission_decides"
    assert Decision.objects.count() == 0


def test_a_grant_call_is_not_published_without_a_commission():
    draft = factories.make_draft_call(commission=None)

    assert code(factories.publish, draft) == "commission"


def test_an_adopted_bloc_stages_its_decisions_and_a_rejected_item_none(meeting, four, secretary):
    convene(meeting, by=secretary)
    items.open_bloc(meeting, "award", by=secretary)
    for person in people(meeting):
        votes.cast_bloc(meeting, "award", "for", by=person)

    results.close_bloc(meeting, "award", by=secretary)
    resolve(item_of(four[2]), "against", by=secretary)

    staged = Decision.objects.staged().order_by("pk")
    assert [(d.application, d.outcome, d.amount, d.reason_ru, d.staged_by) for d in staged] == [
        (four[0], "award", 1_000_000, "Решение комиссии.", secretary),
        (four[1], "award", 1_000_000, "Решение комиссии.", secretary),
    ]
    assert ProgrammeYear.objects.get().committed == 2_000_000
    event = AuditEvent.objects.filter(verb="decision.stage").latest("pk")
    assert event.data["resolution"] == Resolution.objects.get(item=item_of(four[1])).public_id


def test_a_departure_needs_a_motive_in_both_languages_and_is_voted_alone(meeting, four, secretary):
    item, motives = item_of(four[3]), ("Жалғыз жоба.", "Единственный проект.")
    how = {"outcome": Outcome.RESERVE, "reasons": REASONS["reserve"], "by": secretary}

    assert code(agenda.depart, item, motives=("Жалғыз жоба.", ""), **how) == "no_motive"
    agenda.depart(item, motives=motives, **how)
    convene(meeting, by=secretary)
    resolve(item_of(four[3]), by=secretary)

    item = item_of(four[3])
    assert (item.bloc, item.motive_ru, item.of_application.departs) == ("", "Единственный проект.", True)
    assert Decision.objects.get().departure_motive == "Жалғыз жоба.\n\nЕдинственный проект."
    assert code(agenda.depart, item, motives=motives, **how) == "vote_open"


def test_no_departure_awards_what_is_under_the_pass_mark(meeting, four, secretary):
    how = {"outcome": Outcome.AWARD, "amount": Decimal(500_000), "motives": ("Маңызды.", "Важно.")}

    assert code(agenda.depart, item_of(four[3]), reasons=REASONS["award"], by=secretary, **how) == "pass_mark"
    assert item_of(four[3]).of_application.outcome == "decline"


def test_a_resolution_that_the_budget_cannot_pay_closes_nothing(meeting, four, secretary):
    agenda.depart(
        item_of(four[2]),
        outcome=Outcome.AWARD,
        amount=Decimal(1_000_000),
        motives=("Маңызды.", "Важно."),
        reasons=REASONS["award"],
        by=secretary,
    )
    convene(meeting, by=secretary)
    resolve(item_of(four[0]), by=secretary)
    resolve(item_of(four[1]), by=secretary)

    assert code(resolve, item_of(four[2]), by=secretary) == "budget"
    assert Resolution.objects.count() == 2
    assert Ballot.objects.filter(item=item_of(four[2])).count() == 3


# --- what the database says -------------------------------------------------------------------------------------


def test_a_ballot_across_a_members_conflict_with_the_application_is_refused_by_the_database(meeting, four, secretary):
    """The conflict came after the agenda was made: no declaration stands, the data alone speak."""
    convene(meeting, by=secretary)
    items.open_item(item_of(four[0]), by=secretary)
    seat = meeting.committee.seats.get(role="chair")
    factories.add_member(four[0].organisation, seat.user, MembershipRole.VIEWER)

    with pytest.raises(IntegrityError, match="conflict of interest"), transaction.atomic():
        Ballot.objects.create(item=item_of(four[0]), seat=seat, choice="for", cast_by=seat.user)
    assert code(votes.cast_ballot, item_of(four[0]), "for", by=seat.user) == "conflict"
    assert Ballot.objects.count() == 0


def test_what_a_member_declares_closes_the_dossier_for_them(meeting, four, secretary):
    person = people(meeting)[0]

    declarations.declare(meeting, [item_of(four[0])], note="Туысым", by=person)

    assert list(Conflict.objects.values_list("person", "application", "kind")) == [(person.pk, four[0].pk, "declared")]
    assert not Application.objects.visible_to(person).filter(pk=four[0].pk).exists()


def test_opening_a_vote_looks_for_conflicts_again(meeting, four, secretary):
    convene(meeting, by=secretary)
    seat = meeting.committee.seats.get(role="chair")
    factories.add_member(four[0].organisation, seat.user, MembershipRole.VIEWER)

    items.open_item(item_of(four[0]), by=secretary)

    assert ConflictDeclaration.objects.get().seat == seat


def agree_to_release(call: Call, by) -> None:
    """Two people agree; what stands in the way now is the commission's resolution alone."""
    propose(ApprovalKind.RELEASE, call, payload={}, by=factories.make_staff("secretary"))
    confirm(ApprovalKind.RELEASE, call, by=by)


def test_a_decision_without_a_standing_resolution_is_not_released(meeting, four, secretary):
    convene(meeting, by=secretary)
    resolution = resolve(item_of(four[0]), by=secretary)
    decision = Decision.objects.get()
    released = {"released_at": clock.now(), "released_by": secretary}
    Annulment.objects.create(
        resolution=resolution, meeting=meeting, court="Сот", act_number="1", act_date=clock.today(),
        reason_kk="Кворум", reason_ru="Кворум", annulled_by=secretary,
    )  # fmt: skip

    agree_to_release(four[0].call, by=secretary)

    with pytest.raises(IntegrityError, match="resolved"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**released)


def test_a_decision_other_than_resolved_is_not_released(meeting, four, secretary):
    convene(meeting, by=secretary)
    resolve(item_of(four[0]), by=secretary)
    year = four[0].call.programme_year
    other = Decision.objects.create(
        application=four[1], programme_year=year, outcome="award", amount=Decimal(500_000), reason_kk="а",
        reason_ru="а", staged_by=secretary,
    )  # fmt: skip

    agree_to_release(four[0].call, by=secretary)

    with pytest.raises(IntegrityError, match="resolved"), transaction.atomic():
        Decision.objects.filter(pk=other.pk).update(released_at=clock.now(), released_by=secretary)
    Decision.objects.filter(application=four[0]).update(released_at=clock.now(), released_by=secretary)
    assert Decision.objects.exclude(released_at=None).count() == 1


def test_what_was_voted_on_keeps_its_proposal(meeting, four, secretary):
    convene(meeting, by=secretary)
    resolve(item_of(four[0]), by=secretary)

    with pytest.raises(IntegrityError), transaction.atomic():
        ApplicationItem.objects.filter(application=four[0]).update(amount=Decimal(1))
    ApplicationItem.objects.filter(application=four[1]).update(amount=Decimal(1))


def test_a_deferred_application_comes_back_on_the_next_agenda(meeting, call, four, secretary):
    for person in people(meeting)[1:]:
        declarations.declare(meeting, [item_of(four[0])], by=person)
    for seat in meeting.committee.seats.all():
        attendance.note_attendance(meeting, seat, is_present=True, by=secretary)
    convene(meeting, by=secretary)
    results.defer_item(item_of(four[0]), by=secretary)
    second = plan_meeting(call.commission, by=secretary)

    made = agenda.make_agenda(second, call, reasons=REASONS, by=secretary)

    assert [row.application for row in made] == [four[0]]
