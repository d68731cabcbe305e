"""Raw SQL, on both databases: it cannot change a ballot, vote across a conflict, or resolve below the quorum."""

import pytest
from django.db import IntegrityError, connection, transaction

from committees.actions import agenda, attendance, declarations, meetings, results, votes
from committees.models import Ballot, Resolution, Seat
from core import clock
from core.public_id import make_public_id
from tests.committees.rows import Room
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def room() -> Room:
    """Five in session; the vote on the first item is open, the chair and one member have voted for it."""
    made = Room(5, items=2, alternates=1).open()
    made.vote(made.items[0], "for", "for")
    return made


def run(sql: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def insert(table: str, **row) -> None:
    run(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})",
        *row.values(),
    )


def insert_ballot(item, seat: Seat, *, by=None, choice: str = "for") -> None:
    insert(
        "committees_ballot",
        item_id=item.pk,
        seat_id=seat.pk,
        choice=choice,
        is_bloc=False,
        cast_at=clock.now().isoformat(),
        cast_by_id=(by or seat.user).pk,
    )


def insert_resolution(item, **counts) -> None:
    numbers = {
        "appointed": 5, "base": 5, "needed": 4, "present": 5, "able": 5,
        "votes_for": 2, "votes_against": 0, "votes_abstain": 0,
    }  # fmt: skip
    texts = dict.fromkeys(("reason", "conditions_kk", "conditions_ru"), "")
    row = {
        "public_id": make_public_id(), "item_id": item.pk, "verdict": "adopted", "sha256": "0" * 64, "currency": "KZT",
        "is_by_casting_vote": False, "resolved_at": clock.now().isoformat(),
    }  # fmt: skip
    insert("committees_resolution", **{**row, **texts, **numbers, **counts})


def close(item) -> None:
    run("UPDATE committees_agendaitem SET closed_at = %s WHERE id = %s", clock.now().isoformat(), item.pk)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE committees_ballot SET choice = 'against'",
        "UPDATE committees_ballot SET seat_id = seat_id + 1",
        "DELETE FROM committees_ballot",
        "DELETE FROM committees_agendaitem",
        "DELETE FROM committees_meeting",
        "UPDATE committees_agendaitem SET opened_at = NULL WHERE opened_at IS NOT NULL",
        "UPDATE committees_agendaitem SET proposal_ru = 'x' WHERE opened_at IS NOT NULL",
        "UPDATE committees_meeting SET number = 9",
        "UPDATE committees_meeting SET held_on = '2020-01-01'",
    ],
)
def test_what_was_voted_never_changes(room, sql):
    with pytest.raises(IntegrityError):
        run(sql)

    assert list(Ballot.objects.values_list("choice", flat=True)) == ["for", "for"]


def test_a_ballot_needs_an_open_item(room):
    with pytest.raises(IntegrityError, match="not open"):
        insert_ballot(room.items[1], room.seats[2])
    close(room.items[0])
    with pytest.raises(IntegrityError, match="not open"):
        insert_ballot(room.items[0], room.seats[2])


def test_a_ballot_across_a_declared_conflict_is_refused(room):
    declarations.declare(room.meeting, [room.items[0]], by=room.people[2])

    with pytest.raises(IntegrityError, match="conflict of interest"):
        insert_ballot(room.items[0], room.seats[2])


def test_nobody_votes_for_another_absent_or_in_no_place(room):
    with pytest.raises(IntegrityError, match="by himself"):
        insert_ballot(room.items[0], room.seats[2], by=room.people[3])
    with pytest.raises(IntegrityError, match="present"):
        insert_ballot(room.items[0], room.alternates[0])
    attendance.note_attendance(room.meeting, room.seats[2], is_present=False, by=room.secretary)
    with pytest.raises(IntegrityError, match="present"):
        insert_ballot(room.items[0], room.seats[2])


def test_two_ballots_of_one_seat_are_one(room):
    with pytest.raises(IntegrityError):
        insert_ballot(room.items[0], room.seats[0], choice="against")


def test_a_resolution_counts_the_ballots_as_they_are(room):
    for person in room.people[2:]:
        votes.cast_ballot(room.items[0], "against", by=person)
    close(room.items[0])

    for wrong in ({"votes_for": 3}, {"votes_for": 5}, {"able": 3, "votes_against": 1}, {"appointed": 6}, {"base": 3}):
        with pytest.raises(IntegrityError):
            insert_resolution(room.items[0], **{"votes_against": 3, **wrong})
    with pytest.raises(IntegrityError, match="majority"):
        insert_resolution(room.items[0], votes_against=3)
    insert_resolution(room.items[0], votes_against=3, verdict="rejected")
    assert Resolution.objects.get().verdict == "rejected"


def test_nothing_is_adopted_below_the_quorum(room):
    for seat in room.seats[2:]:
        attendance.note_attendance(room.meeting, seat, is_present=False, by=room.secretary)
    close(room.items[0])

    with pytest.raises(IntegrityError, match="quorum"):
        insert_resolution(room.items[0], present=2, able=2)
    insert_resolution(room.items[0], present=2, able=2, verdict="deferred")
    assert Resolution.objects.get().verdict == "deferred"


def test_an_item_still_open_has_no_resolution(room):
    with pytest.raises(IntegrityError):  # of two triggers each database asks another one first
        insert_resolution(room.items[0])


def test_a_closed_meeting_keeps_its_attendance(room):
    for person in room.people[2:]:
        votes.cast_ballot(room.items[0], "for", by=person)
    results.close_item(room.items[0], by=room.secretary)
    results.defer_item(room.items[1], reason="Келесі отырыста.", by=room.secretary)
    meetings.close_meeting(room.meeting, by=room.secretary)

    for sql in (
        "UPDATE committees_attendance SET is_present = NOT is_present",
        "DELETE FROM committees_attendance",
        "UPDATE committees_meeting SET status = 'open'",
        "UPDATE committees_resolution SET verdict = 'rejected'",
        "DELETE FROM committees_resolution",
    ):
        with pytest.raises(IntegrityError):
            run(sql)


def test_the_item_of_a_vote_is_opened_once(room):
    assert room.items[0].pk in {row.pk for row in room.meeting.items.open()}
    with pytest.raises(IntegrityError):
        run(
            "UPDATE committees_agendaitem SET opened_at = %s WHERE id = %s",
            "2020-01-01T00:00:00+00:00",
            room.items[0].pk,
        )
    assert agenda.AgendaItem.objects.get(pk=room.items[0].pk).opened_at is not None
