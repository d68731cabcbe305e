"""Every field of an application x every person x every moment of a season: who reads it (visibility_table.py)."""

import pytest

from tests.grants.visibility_table import SEES, SEES_BLIND
from tests.grants.visibility_world import MARKS, PEOPLE, Season, walk

pytestmark = pytest.mark.django_db


def test_exactly_these_people_read_exactly_these_fields_at_exactly_these_moments():
    found = walk(Season())

    assert found == SEES


def test_in_a_blind_call_an_expert_reads_who_applies_to_say_no_conflict_and_again_when_the_own_review_is_in():
    found = walk(Season(is_blind=True), SEES_BLIND)

    assert found == SEES_BLIND


def test_the_table_names_every_person_and_no_unknown_field():
    assert set(SEES) == set(PEOPLE)
    assert {field for row in SEES.values() for field in row} <= set(MARKS)
