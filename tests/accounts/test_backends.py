"""The person of a session comes with their roles."""

import pytest

from accounts.backends import PersonBackend
from accounts.statuses import Role
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_person_and_their_roles_cost_one_query(django_assert_num_queries):
    officer = make.make_staff(Role.OFFICER)

    with django_assert_num_queries(1):
        found = PersonBackend().get_user(officer.pk)
        assert (found, found.roles) == (officer, {Role.OFFICER})


def test_a_person_without_a_role_is_found_too():
    person = make.make_user()

    found = PersonBackend().get_user(person.pk)

    assert (found, found.roles) == (person, frozenset())


def test_who_is_switched_off_or_gone_is_nobody():
    person = make.make_user()
    person.is_active = False
    person.save()

    found = [PersonBackend().get_user(person.pk), PersonBackend().get_user(person.pk + 1)]

    assert found == [None, None]
