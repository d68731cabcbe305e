"""The same seat's vote from two devices at the same moment."""

import pytest

from committees.actions import agenda, votes
from committees.models import Ballot
from core.refusals import Refused
from tests.committees.rows import Room
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_two_ballots_of_one_seat_at_once_give_one():
    room = Room(3).open()
    agenda.open_item(room.items[0], by=room.secretary)
    person = room.people[0]

    found = at_once(
        *[lambda choice=choice: votes.cast_ballot(room.items[0], choice, by=person) for choice in ("for", "against")]
    )

    refused = [one for one in found if isinstance(one, Refused)]
    assert [one.code for one in refused] == ["voted"]
    assert Ballot.objects.count() == 1
