"""The expert's list, and the same form for a colleague in the admin."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from grants.actions import reviews
from grants.formulas.order import own_place
from grants.models import Application, Assignment, Review, ScoreEntry
from tests import factories
from tests.grants.reviewing import KEYS, LIST, page, scores, typed
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def assignment() -> Assignment:
    """Asked and declared: the papers are open."""
    assignment = factories.assign(factories.application_at("eligible"))
    return reviews.declare_no_conflict(assignment, by=assignment.expert.user)


@pytest.fixture
def signed_in(client, assignment) -> Client:
    client.force_login(assignment.expert.user)
    return client


# --- the list ------------------------------------------------------------------------------------------


def test_the_list_shows_progress_what_is_due_first_and_own_scores(client):
    call, expert = factories.make_call(), factories.make_expert()
    first, second, third = (
        factories.assign(factories.application_at("eligible", call=call), expert) for _n in range(3)
    )
    Assignment.objects.filter(pk=third.pk).update(due_on=clock.today() - timedelta(days=1))
    factories.review(first, score=3)
    client.force_login(expert.user)

    work = client.get(reverse(LIST)).context["work"]

    assert [(asked.public_id, asked.standing) for asked in work.to_do] == [
        (third.public_id, "late"),
        (second.public_id, "new"),
    ]
    assert [(asked.public_id, asked.total) for asked in work.done] == [(first.public_id, 60)]
    assert (len(work.done), work.asked) == (1, 3)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_at_most_8_times_however_long_it_is(client, count, django_assert_num_queries):
    call, expert = factories.make_call(), factories.make_expert()
    for _n in range(count):
        application = factories.application_at("eligible", call=call)
        factories.review(factories.assign(application, expert))
        factories.assign(factories.application_at("eligible", call=call), expert)
    client.force_login(expert.user)
    client.get(reverse(LIST))

    with django_assert_num_queries(7):
        client.get(reverse(LIST))


def test_saving_a_review_asks_the_database_at_most_22_times(signed_in, assignment, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        signed_in.post(page(assignment), typed(4))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_review_asks_the_database_as_often_however_much_is_asked(
    client, count, django_assert_num_queries
):
    call, expert = factories.make_call(), factories.make_expert()
    for _n in range(count):
        factories.review(factories.assign(factories.application_at("eligible", call=call), expert))
        assignment = factories.assign(factories.application_at("eligible", call=call), expert)
    reviews.declare_no_conflict(assignment, by=expert.user)
    client.force_login(expert.user)
    client.get(page(assignment))

    with django_assert_num_queries(11):
        client.get(page(assignment))


def test_the_order_is_the_experts_own_and_the_ways_follow_it(client):
    call, expert = factories.make_call(), factories.make_expert()
    asked = [factories.assign(factories.application_at("eligible", call=call), expert) for _n in range(4)]
    user = expert.user
    client.force_login(user)
    places = {row.public_id: own_place(call.public_id, user.public_id, row.application.public_id) for row in asked}
    own = sorted(places, key=places.__getitem__)
    middle = next(row for row in asked if row.public_id == own[1])
    reviews.declare_no_conflict(middle, by=user)

    listed = [one.public_id for one in client.get(reverse(LIST)).context["work"].to_do]
    beside = client.get(page(middle)).context["beside"]

    assert listed == own
    assert (beside.before, beside.after) == (own[0], own[2])


def test_the_pace_says_how_many_how_long_and_until_when(client):
    call, expert = factories.make_call(), factories.make_expert()
    for _n in range(3):
        done = factories.review(factories.assign(factories.application_at("eligible", call=call), expert))
        Review.objects.filter(assignment=done).update(active_seconds=30 * 60)
    left = [factories.assign(factories.application_at("eligible", call=call), expert) for _n in range(4)]
    Assignment.objects.filter(pk=left[0].pk).update(due_on=clock.today() + timedelta(days=1))
    client.force_login(expert.user)

    pace = client.get(reverse(LIST)).context["work"].pace

    assert (pace.done, pace.asked, pace.each, pace.is_own) == (3, 7, 30, True)
    assert pace.due_on == clock.today() + timedelta(days=1)
    assert "3" in pace.words
    assert "7" in pace.words


def test_an_expert_without_work_is_told_what_comes(client):
    client.force_login(factories.make_expert().user)

    response = client.get(reverse(LIST))

    assert response.context["work"].asked == 0
    assert 'class="empty"' in response.content.decode()


# --- the colleague in the admin ----------------------------------------------------------------------------


def test_a_colleague_who_is_an_expert_scores_inside_the_admin_by_the_same_action(client):
    application = factories.application_at("eligible")
    officer = factories.make_staff("officer")
    assignment = factories.assign(application, factories.make_expert(officer))
    address = reverse("admin:grants_assignment_score", args=[assignment.public_id])
    client.force_login(officer)

    client.post(address, {"declare": "1"})
    client.post(address, {**typed(4), "score": "keep"})
    assert ScoreEntry.objects.count() == 0
    client.post(address, {**typed(4), "score": "submit"})

    assert ScoreEntry.objects.count() == len(KEYS)
    assert client.get(address).status_code == 200


def test_a_colleague_reads_scores_of_others_only_after_the_own_review(client):
    application = factories.application_at("eligible")
    other = factories.assign(application)
    reviews.declare_no_conflict(other, by=other.expert.user)
    reviews.submit_review(other, scores=scores(5, "Чужие слова"), comment="Совет", by=other.expert.user)
    officer = factories.make_staff("officer")
    own = factories.assign(application, factories.make_expert(officer))
    dossier = reverse("admin:grants_application_change", args=[application.pk])
    ranking = reverse("admin:grants_ranking", args=[application.call.public_id])
    client.force_login(officer)

    before = client.get(dossier).content.decode()
    closed = client.get(ranking)
    factories.review(own)
    after = client.get(dossier).content.decode()

    assert "Чужие слова" not in before
    assert reverse("admin:grants_assignment_score", args=[own.public_id]) in before
    assert closed.status_code == 403
    assert "Чужие слова" in after
    assert client.get(ranking).status_code == 200


def test_staff_who_are_not_asked_find_no_form(client, assignment):
    client.force_login(factories.make_staff("officer"))

    response = client.get(reverse("admin:grants_assignment_score", args=[assignment.public_id]))

    assert response.status_code == 404


def test_an_application_is_not_visible_through_the_portal_after_a_withdrawal(signed_in, assignment):
    from grants.actions.applications import withdraw_application

    withdraw_application(assignment.application, by=assignment.application.created_by)

    assert not Application.objects.visible_to(assignment.expert.user).exists()
    assert signed_in.get(reverse(LIST)).context["work"].asked == 0
