"""Every field of an application x every person x every moment of a season: who reads it (visibility_table.py)."""

import pytest

from tests.grants.visibility_table import SEES
from tests.grants.visibility_world import MARKS, PEOPLE, Season, walk

pytestmark = pytest.mark.django_db


def test_exactly_these_people_read_exactly_these_fields_at_exactly_these_moments():
    found = walk(Season())

    assert found == SEES


def test_the_table_names_every_person_and_no_unknown_field():
    assert set(SEES) == set(PEOPLE)
    assert {field for row in SEES.values() for field in row} <= set(MARKS)
