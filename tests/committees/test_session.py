"""A committee in session: notice, declarations, attendance, votes, counting, deferral, closing."""

import pytest

from committees.actions import agenda, attendance, declarations, meetings, notices, results, votes
from committees.models import AgendaItem, Ballot, Meeting, Resolution
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from notifications.models import Message
from tests import factories
from tests.commission import plan_meeting
from tests.committees.rows import Room
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def planned() -> Room:
    return Room(5, items=2, blocs=2, alternates=2)


@shared
def room(planned) -> Room:
    """In session, all five present."""
    return planned.open()


def code(action, *args, **how) -> str:
    with pytest.raises(Refused) as refusal:
        action(*args, **how)
    return refusal.value.code


# --- before the session ---------------------------------------------------------------------------------------


def test_the_notice_goes_to_every_seat_in_its_language_and_to_observers_with_a_link(planned):
    seat = planned.alternates[0].user
    attendance.invite_observer(planned.meeting, name="Қоғам өкілі", email="o@example.test", by=planned.secretary)

    told = Message.objects.filter(event="meeting_notice")
    observed = Message.objects.get(event="meeting_observed")

    assert {message.user for message in told} == {*planned.people, *(one.user for one in planned.alternates)}
    assert told.get(user=seat).language == "ru"
    assert (observed.address, observed.language) == ("o@example.test", "kk")
    observer = planned.meeting.observers.get()
    assert observer.live_token_hash == notices.token_hash(observed.context["path"].split("/")[-2])


def test_the_notice_pressed_twice_is_sent_once(planned):
    notices.send_notice(planned.meeting, by=planned.secretary)

    assert Message.objects.filter(event="meeting_notice").count() == 7


def test_a_meeting_that_a_court_could_annul_is_not_opened():
    room = Room(3, observers_needed=1, order=None, notice_working_days=3)

    with pytest.raises(Refused) as refusal:
        meetings.open_meeting(room.meeting, by=room.secretary)

    assert (refusal.value.code, len(refusal.value.items)) == ("void", 4)  # order, notice, quorum, observers


def test_a_member_who_has_not_declared_holds_the_opening(planned):
    for seat in planned.seats:
        attendance.note_attendance(planned.meeting, seat, is_present=True, by=planned.secretary)

    assert code(meetings.open_meeting, planned.meeting, by=planned.secretary) == "void"


def test_only_the_secretary_prepares(planned):
    with pytest.raises(NotAllowed):
        meetings.open_meeting(planned.meeting, by=planned.people[0])
    with pytest.raises(NotAllowed):
        plan_meeting(planned.committee, by=planned.people[0])


def test_numbers_of_meetings_have_no_gaps(room):
    second = Room(1)
    assert (room.meeting.number, second.open().meeting.number) == (1, 1)


# --- voting ---------------------------------------------------------------------------------------------------


def test_votes_are_counted_and_hashed(room):
    room.vote(room.items[0], "for", "for", "for", "against", "abstain")

    made = results.close_item(room.items[0], by=room.secretary)

    assert (made.verdict, made.counts) == (
        "adopted",
        {
            "appointed": 5, "base": 5, "needed": 4, "present": 5, "able": 5,
            "votes_for": 3, "votes_against": 1, "votes_abstain": 1,
        },
    )  # fmt: skip
    assert len(made.sha256) == 64
    assert AuditEvent.objects.filter(verb="meeting.resolve").count() == 1
    assert not AuditEvent.objects.filter(verb="meeting.ballot", data__icontains='"for"').exists()


def test_a_ballot_is_cast_once(room):
    room.vote(room.items[0], "for")

    assert code(votes.cast_ballot, room.items[0], "against", by=room.people[0]) == "voted"


def test_a_vote_is_open_before_it_is_cast_and_one_matter_at_a_time(room):
    assert code(votes.cast_ballot, room.items[0], "for", by=room.people[0]) == "not_open"
    agenda.open_item(room.items[0], by=room.secretary)
    assert code(agenda.open_item, room.items[1], by=room.secretary) == "other_open"


def test_counting_waits_for_everybody_who_is_able(room):
    room.vote(room.items[0], "for", "for", "for", "for", "")

    assert code(results.close_item, room.items[0], by=room.secretary) == "votes_missing"
    attendance.note_attendance(room.meeting, room.seats[4], is_present=False, by=room.secretary)
    assert results.close_item(room.items[0], by=room.secretary).able == 4


def test_who_has_voted_does_not_leave_before_the_count(room):
    room.vote(room.items[0], "for")

    assert (
        code(attendance.note_attendance, room.meeting, room.seats[0], is_present=False, by=room.secretary)
        == "has_voted"
    )


def test_an_outsider_an_alternate_and_an_absent_member_do_not_vote(planned):
    planned.open(*planned.seats[:4])
    agenda.open_item(planned.items[0], by=planned.secretary)
    alternate = planned.alternates[0]
    planned.come(alternate)

    for person in (factories.make_staff("commission"), alternate.user, planned.people[4], planned.secretary):
        with pytest.raises(NotAllowed):
            votes.cast_ballot(planned.items[0], "for", by=person)


def test_an_alternate_votes_in_a_members_place_and_the_member_does_not(planned):
    alternate, absent = planned.alternates[0], planned.seats[4]
    planned.come(*planned.seats[:4], alternate)
    attendance.substitute(planned.meeting, alternate, absent, by=planned.secretary)
    planned.open(*planned.seats[:4])
    planned.vote(planned.items[0], "for", "for", "for", "for")
    votes.cast_ballot(planned.items[0], "against", by=alternate.user)

    made = results.close_item(planned.items[0], by=planned.secretary)

    assert (made.able, made.votes_for, made.votes_against) == (5, 4, 1)
    assert code(attendance.substitute, planned.meeting, alternate, planned.seats[3], by=planned.secretary) == "taken"


# --- conflicts ------------------------------------------------------------------------------------------------


def test_a_recused_member_does_not_count_and_does_not_vote(room):
    declarations.declare(room.meeting, [room.items[0]], by=room.people[4])
    room.vote(room.items[0], "for", "for", "against", "against")

    assert code(votes.cast_ballot, room.items[0], "for", by=room.people[4]) == "conflict"
    made = results.close_item(room.items[0], by=room.secretary)
    assert (made.present, made.able, made.verdict, made.is_by_casting_vote) == (5, 4, "adopted", True)


def test_an_item_that_recusals_leave_short_is_deferred_with_the_alternates_named(room):
    for person in room.people[3:]:
        declarations.declare(room.meeting, [room.items[0]], by=person)

    with pytest.raises(Refused) as refusal:
        agenda.open_item(room.items[0], by=room.secretary)
    made = results.defer_item(room.items[0], by=room.secretary)

    assert refusal.value.code == "no_quorum"
    assert [str(one.user) in str(refusal.value) for one in room.alternates] == [True, True]
    assert (made.verdict, made.able, made.needed) == ("deferred", 3, 4)
    assert str(room.alternates[0].user) in made.reason


def test_an_alternate_for_one_item_brings_its_quorum_back(room):
    for person in room.people[3:]:
        declarations.declare(room.meeting, [room.items[0]], by=person)
    alternate = room.alternates[0]
    room.come(alternate)
    attendance.substitute(room.meeting, alternate, room.seats[4], item=room.items[0], by=room.secretary)
    room.vote(room.items[0], "for", "for", "for")
    votes.cast_ballot(room.items[0], "for", by=alternate.user)

    assert results.close_item(room.items[0], by=room.secretary).verdict == "adopted"
    agenda.open_item(room.items[1], by=room.secretary)
    assert votes.cast_ballot(room.items[1], "for", by=room.people[4]).seat == room.seats[4]


def test_a_conflict_found_after_the_vote_takes_the_ballot_out_of_the_count(room):
    room.vote(room.items[0], "for", "for", "for", "against", "against")
    declarations.declare(room.meeting, [room.items[0]], by=room.people[0])

    made = results.close_item(room.items[0], by=room.secretary)

    assert (made.able, made.votes_for, made.votes_against, made.verdict) == (4, 2, 2, "rejected")
    assert Ballot.objects.filter(item=room.items[0]).count() == 5


# --- blocs ----------------------------------------------------------------------------------------------------


def test_a_bloc_is_one_press_and_a_ballot_for_each_item_without_those_in_conflict(room):
    first, second = room.items[2:]
    declarations.declare(room.meeting, [second], by=room.people[0])
    agenda.open_bloc(room.meeting, "award", by=room.secretary)

    for person in room.people:
        votes.cast_bloc(room.meeting, "award", "for", by=person)
    made = results.close_bloc(room.meeting, "award", by=room.secretary)

    assert [(one.item, one.votes_for, one.verdict) for one in made] == [
        (first, 5, "adopted"),
        (second, 4, "adopted"),
    ]
    assert Ballot.objects.filter(is_bloc=True).count() == 9
    assert code(votes.cast_bloc, room.meeting, "award", "for", by=room.people[0]) == "nothing_left"


def test_any_member_takes_an_item_out_of_its_bloc_before_the_vote(room):
    agenda.take_out(room.items[2], by=room.people[3])

    opened = agenda.open_bloc(room.meeting, "award", by=room.secretary)

    assert opened == [room.items[3]]
    assert code(agenda.take_out, room.items[3], by=room.people[3]) == "vote_open"
    with pytest.raises(NotAllowed):
        agenda.take_out(room.items[3], by=room.secretary)


def test_what_recusals_leave_short_stays_out_of_the_bloc(room):
    for person in room.people[3:]:
        declarations.declare(room.meeting, [room.items[2]], by=person)

    assert agenda.open_bloc(room.meeting, "award", by=room.secretary) == [room.items[3]]


# --- the end --------------------------------------------------------------------------------------------------


def test_a_dissent_is_attached_by_who_voted(room):
    room.vote(room.items[0], "against", "for", "for", "for", "for")
    results.close_item(room.items[0], by=room.secretary)

    row = votes.dissent(room.items[0], "Бюджет негізсіз.", language="kk", by=room.people[0])

    assert (row.item, row.seat, row.text) == (room.items[0], room.seats[0], "Бюджет негізсіз.")
    assert code(votes.dissent, room.items[0], "Тағы", language="kk", by=room.people[0]) == "written"
    assert code(votes.dissent, room.items[1], "Тағы", language="kk", by=room.people[0]) == "not_closed"


def test_a_meeting_closes_when_every_item_is_done_and_then_nothing_changes(room):
    room.vote(room.items[0], *["for"] * 5)
    results.close_item(room.items[0], by=room.secretary)
    assert code(meetings.close_meeting, room.meeting, by=room.secretary) == "items_left"
    assert code(results.defer_item, room.items[1], by=room.secretary) == "no_reason"
    for item in room.items[1:]:
        results.defer_item(item, reason="Қосымша материал керек.", by=room.secretary)

    closed = meetings.close_meeting(room.meeting, by=room.secretary)

    assert closed.status == "closed"
    assert code(attendance.note_attendance, closed, room.seats[0], is_present=False, by=room.secretary) == "wrong_state"
    assert Resolution.objects.filter(verdict="deferred").count() == 3


def test_a_cancelled_meeting_tells_why(planned):
    meetings.cancel_meeting(planned.meeting, reason="Кворум жоқ", by=planned.secretary)

    assert Message.objects.filter(event="meeting_cancelled").count() == 7
    assert Meeting.objects.get().cancelled_reason == "Кворум жоқ"
    assert AgendaItem.objects.filter(closed_at=None).count() == 4
