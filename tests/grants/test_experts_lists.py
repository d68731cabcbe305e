"""Lists of experts' affairs ask the database the same number of questions with one row and with three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.actions import candidates, translations, work_acts
from grants.models import Call
from tests import factories
from tests.grants.experts import offer_to_read
from tests.shared import shared

pytestmark = pytest.mark.django_db


@shared
def officer():
    return factories.make_staff("officer")


@shared
def call() -> Call:
    return factories.make_call(reviews_needed=1)


def fill(call: Call, officer, count: int):
    """So many candidates, invitations, acts and translations; returns the expert of the last act."""
    candidates.publish_questions(by=officer)
    for number in range(count):
        offer_to_read(factories.make_user(), by=officer)
        candidates.invite_expert(email=f"guest{number}@example.test", language="kk", by=officer)
        application = factories.application_at("eligible", call=call)
        translations.translate(application, {"title": "Студия", "summary": "Игра"}, language="ru", by=officer)
        assignment = factories.review(factories.assign(application))
        work_acts.make_work_act(assignment.expert, call, by=officer)
    return assignment.expert


LISTS = {
    "admin:grants_expertcandidate_changelist": 5,
    "admin:grants_expertcandidate_invitations": 6,
    "admin:grants_workact_changelist": 6,
    "admin:grants_workact_call": 6,
    "admin:grants_stafftranslation_changelist": 5,
}


@pytest.mark.parametrize("count", [1, 3])
def test_staff_lists_cost_the_same_with_one_row_and_with_three(count, client, call, officer):
    fill(call, officer, count)
    client.force_login(officer)

    assert {name: queries_of(client, name, call) for name in LISTS} == LISTS


def queries_of(client, name: str, call: Call) -> int:
    """How many questions the second visit of a page asks."""
    address = reverse(name, args=[call.public_id] if name.endswith("_call") else [])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("count", [1, 3])
def test_the_experts_own_acts_cost_the_same(count, client, call, officer, django_assert_num_queries):
    expert = fill(call, officer, count)
    client.force_login(expert.user)
    client.get(reverse("grants:work_act_list"))

    with django_assert_num_queries(4):
        client.get(reverse("grants:work_act_list"))
