"""The ranking page and what it rests on."""

from decimal import Decimal

import pytest
from django.urls import reverse

from grants.actions import drafts, reviews
from grants.queries.decisions import has_wide_spread, ranking_summary
from grants.queries.ranking import rank_call
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def scored(call, points: list[int], *, amount: int = 1_000_000):
    """An eligible application with one review for each number of points (0 to 5, all criteria alike)."""
    application = factories.application_at("eligible", call=call, amount=amount)
    for score in points:
        factories.review(factories.assign(application), score=score)
    return application


@shared
def call():
    return factories.make_call(factories.make_year(budget=2_500_000), reviews_needed=1)


def page(call) -> str:
    return reverse("admin:grants_ranking", args=[call.public_id])


def test_rank_mean_spread_sums_and_the_line(call):
    third, first, second, failed = (scored(call, points) for points in ([3, 3], [5, 5], [3, 5], [1, 1]))

    rows = rank_call(call).rows

    assert [row.application for row in rows] == [first, second, third, failed]
    assert [row.mean for row in rows] == [Decimal(100), Decimal(80), Decimal(60), Decimal(20)]
    assert [row.spread for row in rows] == [0, 40, 0, 0]
    assert [row.rank for row in rows] == [1, 2, 3, 4]
    assert [int(row.cumulative) for row in rows] == [1_000_000, 2_000_000, 3_000_000, 3_000_000]
    assert [row.is_above_line for row in rows] == [True, True, False, False]
    assert [has_wide_spread(row) for row in rows] == [False, True, False, False]


def test_an_application_without_reviews_stands_last_without_a_rank(call):
    waiting, judged = scored(call, []), scored(call, [4])

    rows = rank_call(call).rows

    assert [(row.application, row.rank, row.mean) for row in rows] == [(judged, 1, 80), (waiting, None, None)]


def test_a_kept_draft_never_moves_a_rank(call):
    """A draft score once broke a tie elsewhere (mapasculturais 3136)."""
    application = scored(call, [4])
    other = factories.assign(application)
    reviews.declare_no_conflict(other, by=other.expert.user)
    drafts.keep_review_draft(other, draft={"score_idea": "0"}, by=other.expert.user)

    row = rank_call(call).rows[0]

    assert (row.mean, row.reviews) == (80, 1)


def test_only_the_last_version_of_a_score_counts(call):
    application = scored(call, [3])
    assignment = application.assignments.get()
    entry = {"score": 5, "words": "Подтверждено", "evidence": "fact:summary"}
    scores = dict.fromkeys(("idea", "market", "team"), entry)

    reviews.submit_review(
        assignment, scores=scores, comment="Совет", change_reason="Новые данные", by=assignment.expert.user
    )

    assert rank_call(call).rows[0].mean == 100


def test_the_line_stands_under_what_other_calls_of_the_year_leave(call):
    other_call = factories.make_call(call.programme_year, reviews_needed=1)
    factories.decide(scored(other_call, [5], amount=1_600_000))
    mine = scored(call, [5])

    ranking = rank_call(call)

    assert ranking.money == 900_000
    assert [row.is_above_line for row in ranking.rows if row.application == mine] == [False]


def test_the_page_shows_the_lines_the_numbers_and_the_staged_decision(client, call):
    first, second, failed = scored(call, [5, 5]), scored(call, [3, 5]), scored(call, [1, 1])
    factories.decide(first)
    client.force_login(factories.make_staff("secretary"))

    response = client.get(page(call))

    content = response.content.decode()
    assert set(response.context["lines"]) == {second.pk}
    assert set(response.context["lines"][second.pk]) == {"funding", "mark"}
    assert response.context["wide"] == {second.pk}
    assert response.context["tiles"][0]["value"].startswith("1")
    assert (response.context["summary"].projects, response.context["summary"].undecided) == (1, 2)
    assert content.index(first.number) < content.index(second.number) < content.index("ranking-line")
    assert content.index("ranking-line") < content.index(failed.number)


def test_the_line_falls_into_the_middle_where_the_money_ends(client, call):
    rows = [scored(call, [score]) for score in (5, 4, 3)]
    client.force_login(factories.make_staff("auditor"))

    lines = client.get(page(call)).context["lines"]

    assert set(lines) == {rows[1].pk}
    assert set(lines[rows[1].pk]) == {"funding"}


@pytest.mark.parametrize("role", ["officer", "secretary", "commission", "auditor"])
def test_the_commission_and_those_around_it_read_the_ranking(client, call, role):
    client.force_login(factories.make_staff(role))

    assert client.get(page(call)).status_code == 200


@pytest.mark.parametrize("role", ["finance", "analyst", "manager", "administrator"])
def test_nobody_else_of_the_staff_does(client, call, role):
    client.force_login(factories.make_staff(role))

    assert client.get(page(call)).status_code == 403


@pytest.mark.parametrize("role", [None, "expert"])
def test_the_admin_is_no_door_for_applicants_and_experts(client, call, role):
    client.force_login(factories.make_staff(role) if role else factories.make_user())

    assert client.get(page(call)).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_database_equally_often_however_long_it_is(client, call, count, django_assert_num_queries):
    for _n in range(count):
        factories.decide(scored(call, [3, 5], amount=500_000))
    client.force_login(factories.make_staff("secretary"))
    client.get(page(call))

    with django_assert_num_queries(15):
        client.get(page(call))


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_of_assigning_ask_equally_often_too(client, call, count, django_assert_num_queries):
    applications = [scored(call, [4]) for _n in range(count)]
    for _n in range(count):
        factories.make_expert()
    client.force_login(factories.make_staff("officer"))
    of_call = reverse("admin:grants_assignment_call", args=[call.public_id])
    of_application = reverse("admin:grants_assignment_application", args=[applications[0].public_id])
    client.get(of_call)

    with django_assert_num_queries(5):
        assert client.get(of_call).status_code == 200
    with django_assert_num_queries(20):
        assert client.get(of_application).status_code == 200


def test_the_summary_counts_what_is_missing():
    call = factories.make_call(reviews_needed=2)
    scored(call, [4])
    scored(call, [4, 4])

    summary = ranking_summary(rank_call(call))

    assert (summary.undecided, summary.lacking_reviews, summary.above_line) == (2, 1, 2)
