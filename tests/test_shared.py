"""`@shared`: rows are made once, each test has them as they were made, and nobody else sees them."""

import pytest

from grants.models import Call
from tests import factories as make
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
made: list[str] = []


@shared
def call() -> Call:
    made.append("call")
    return make.make_call()


@shared
def titled(call, title) -> Call:
    Call.objects.filter(pk=call.pk).update(title_en=title)
    call.title_en = title
    return call


@pytest.mark.parametrize("number", [1, 2])
def test_what_one_test_does_never_reaches_the_next(call, number):
    before = (call.title_en, Call.objects.get().title_en)

    call.title_en = "Changed"
    call.save()

    assert before == ("Grants for creative business",) * 2


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("title", ["One", "Two"])
def test_rows_may_begin_from_others_and_from_a_parameter(call, titled, title, number):
    assert (call, call.title_en) == (titled, "Grants for creative business")
    assert [titled.title_en, Call.objects.get().title_en] == [title] * 2


def test_who_does_not_ask_sees_nothing_of_them():
    assert Call.objects.count() == 0


def test_they_are_made_once_for_those_who_follow_each_other(call, request):
    assert Call.objects.get() == call
    assert made == ["call"]
