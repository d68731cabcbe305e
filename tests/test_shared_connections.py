"""`@shared` rows are rolled back in the connection that holds them, whichever one the thread has by then."""

import pytest
from django.db import connections

from grants.models import Call
from tests import factories, shared

pytestmark = [pytest.mark.embedded]


@shared.shared
def call() -> Call:
    return factories.make_call()


def test_they_are_taken_back_where_they_stand(call, django_db_blocker):
    """As at the end of a run whose browser left an event loop in the thread; no mark: the test opens no transaction."""
    with django_db_blocker.unblock():
        there = connections["default"]
        stood = there.in_atomic_block
        connections["default"] = other = there.copy()
        try:
            shared.take_back_all()
        finally:
            other.close()
            connections["default"] = there
        left = Call.objects.count()

    assert (stood, there.in_atomic_block, left) == (True, False, 0)
