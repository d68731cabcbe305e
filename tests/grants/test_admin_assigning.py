"""The staff's page of an assignment: compute, wait, read why, give way, fix pairs, apply, replace."""

import pytest
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext

from grants.actions import assigning, pins
from grants.models import Application, Assignment, AssignmentRun, Call, Expert, Pin
from grants.statuses import PinKind
from tests import factories
from tests.grants.experts import make_run
from tests.shared import shared

pytestmark = pytest.mark.django_db


@shared
def call() -> Call:
    return factories.make_call(reviews_needed=2)


@shared
def applications(call) -> list[Application]:
    return [factories.application_at("eligible", call=call) for _n in range(3)]


@shared
def experts(applications) -> list[Expert]:
    return [factories.make_expert() for _n in range(3)]


@shared
def officer():
    return factories.make_staff("officer")


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def address(call) -> str:
    return reverse("admin:grants_assignmentrun_call", args=[call.public_id])


def test_computing_is_asked_for_and_the_page_says_how_far_it_is(desk, address, call, experts):
    desk.post(address, {"verb": "compute"})

    waiting = desk.get(address).content.decode()
    run = AssignmentRun.objects.get()
    assert run.finished_at is None
    assert "data-reload-seconds" in waiting
    assert assigning.compute_run(run.pk) is not None
    assert "data-reload-seconds" not in desk.get(address).content.decode()


def test_the_result_says_why_each_pair_and_draws_the_loads(desk, address, call, officer, applications, experts):
    run = make_run(call, by=officer)

    shown = desk.get(address).content.decode()

    assert run.inputs_sha256 in shown
    assert run.result_sha256 in shown
    assert all(row.number in shown for row in applications)
    assert all(escape(str(row)) in shown for row in experts)
    assert shown.count(escape(gettext("load: %(load)s of %(most)s") % {"load": 2, "most": 40})) == 6
    assert '<svg class="chart__svg"' in shown


def test_applying_asks_the_experts(desk, address, call, officer, experts):
    make_run(call, by=officer)

    desk.post(address, {"verb": "apply"})

    assert Assignment.objects.live().count() == 6
    assert AssignmentRun.objects.get().applied_by == officer
    assert desk.get(address).status_code == 200


def test_one_press_gives_way_in_one_thing_or_in_all(desk, address, call, officer, experts):
    Expert.objects.update(max_load=1)
    stuck = make_run(call, by=officer)

    shown = desk.get(address).content.decode()
    desk.post(address, {"verb": "relax", "which": "all"})
    second = AssignmentRun.objects.order_by("-pk").first()
    assigning.compute_run(second.pk)

    second.refresh_from_db()
    assert not stuck.is_full
    assert shown.count('name="which"') == len(stuck.result["relaxations"]) + 1
    assert second.relaxed == stuck.result["relaxations"]
    assert second.is_full


def test_a_pair_is_fixed_by_the_number_of_its_application_and_freed_again(desk, address, applications, experts):
    typed = {"verb": "pin", "number": applications[0].number.lower(), "expert": experts[0].pk, "kind": PinKind.APART}

    wrong = desk.post(address, {**typed, "number": "GR-0", "reason": "Спор"})
    desk.post(address, {**typed, "reason": "Спор"})
    pin = Pin.objects.live().get()
    shown = desk.get(address).content.decode()
    desk.post(address, {"verb": "unpin", "row": pin.public_id})

    assert wrong.status_code == 200
    assert "Спор" in shown
    assert not Pin.objects.live().exists()


def test_replacing_offers_only_who_has_open_reviews(desk, address, call, officer, experts):
    assigning.apply_run(make_run(call, by=officer), by=officer)
    other = factories.make_expert()

    refused = desk.post(address, {"verb": "replace", "expert": other.pk})
    desk.post(address, {"verb": "replace", "expert": experts[0].pk})

    assert refused.status_code == 200
    assert AssignmentRun.objects.order_by("-pk").first().replaces == experts[0]


def test_a_refusal_stands_on_the_page(desk, address, call, experts):
    desk.post(address, {"verb": "compute"})

    answer = desk.post(address, {"verb": "compute"}, follow=True)

    assert escape(gettext("An assignment is being computed. Wait until it is there.")) in answer.content.decode()
    assert AssignmentRun.objects.count() == 1


def test_an_auditor_reads_and_presses_nothing(client, address, call, officer, experts):
    make_run(call, by=officer)
    client.force_login(factories.make_staff("auditor"))

    shown = client.get(address).content.decode()

    assert 'name="verb"' not in shown
    assert client.post(address, {"verb": "compute"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_queries_with_one_and_with_three(
    count, desk, address, call, officer, applications, experts, django_assert_num_queries
):
    for row in applications[count:]:
        Application.objects.filter(pk=row.pk).update(status="submitted")
    for row in applications[:count]:
        pins.add_pin(row, experts[0], kind=PinKind.TOGETHER, reason="Тема", by=officer)
    make_run(call, by=officer)
    desk.get(address)

    with django_assert_num_queries(15):
        desk.get(address)


def test_older_runs_keep_their_hashes_in_the_list(desk, call, officer, experts):
    first, second = make_run(call, by=officer), make_run(call, by=officer)

    listed = desk.get(reverse("admin:grants_assignmentrun_changelist")).content.decode()
    old = desk.get(reverse("admin:grants_assignmentrun_change", args=[first.pk])).content.decode()

    assert listed.count(first.inputs_sha256[:12]) == 2
    assert first.result_sha256 in old
    assert desk.get(reverse("admin:grants_assignmentrun_change", args=[second.pk])).status_code == 302
