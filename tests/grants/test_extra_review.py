"""A spread over the call's points asks for one more expert; a changed score is a row that everybody can read."""

from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse

from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from grants.actions import reviews
from grants.actions.extra import ask_extra_expert
from grants.models import Application, Assignment, Call, ExtraReview, ScoreEntry
from grants.queries.score_changes import score_changes
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def call() -> Call:
    return factories.make_call(reviews_needed=2)


@shared
def wide(call) -> Application:
    """Two reviews, 60 points apart."""
    return scored(call, 2, 5)


def scored(call: Call, *points: int) -> Application:
    application = factories.application_at("eligible", call=call)
    asked = [factories.assign(application) for _point in points]
    for assignment, score in zip(asked, points, strict=True):
        factories.review(assignment, score=score)
    return application


def change(assignment: Assignment, score: int, reason: str = "Прочёл договор", **other: Any) -> None:
    entry = {"score": score, "words": "Жақсы негізделген.", "evidence": "fact:summary", **other}
    scores = {key: dict(entry) for key in ("idea", "market", "team")}
    comment = assignment.review.comment
    reviews.submit_review(assignment, scores=scores, comment=comment, change_reason=reason, by=assignment.expert.user)


def test_a_wide_spread_asks_once_every_expert_is_done(call):
    application = factories.application_at("eligible", call=call)
    first, second = (factories.assign(application) for _n in range(2))

    factories.review(first, score=1)
    assert ExtraReview.objects.count() == 0
    factories.review(second, score=5)

    assert [(row.application, row.spread) for row in ExtraReview.objects.waiting()] == [(application, 80)]
    assert AuditEvent.objects.filter(verb="application.want_extra_review").count() == 1


@pytest.mark.parametrize(("points", "asks"), [((3, 4), False), ((4, 4), False), ((3, 5), True)])
def test_the_bound_is_the_calls_own(points, asks):
    application = scored(factories.make_call(reviews_needed=2, extra_review_over=20), *points)

    assert ExtraReview.objects.filter(application=application).exists() == asks


def test_scores_that_move_together_again_ask_for_nobody(wide):
    change(wide.assignments.order_by("pk")[0], 4)

    assert not ExtraReview.objects.waiting().exists()


def test_staff_ask_the_first_free_expert_and_the_request_is_answered(client, wide):
    free = factories.make_expert()
    officer = factories.make_staff("officer")
    client.force_login(officer)
    page = reverse("admin:grants_assignment_application", args=[wide.public_id])

    before = client.get(page)
    client.post(page, {"verb": "extra"})

    row = ExtraReview.objects.get()
    assert before.context["extra"] == row
    assert 'value="extra"' in before.content.decode()
    assert (row.assignment.expert, wide.assignments.count()) == (free, 3)
    assert client.get(page).context["extra"] is None
    factories.review(row.assignment, score=3)
    assert ExtraReview.objects.count() == 1  # it never asks for a second one


def test_whoever_is_asked_by_hand_is_the_extra_expert(wide):
    asked = factories.assign(wide)

    assert ExtraReview.objects.get().assignment == asked


def test_asking_is_refused_where_nobody_is_wanted_free_or_allowed(call, wide):
    officer = factories.make_user(roles=["officer"])
    agreed = scored(call, 4, 4)
    for application, by, code in (
        (agreed, officer, "not_wanted"),
        (wide, factories.make_user(), "not_allowed"),
    ):
        with pytest.raises((Refused, NotAllowed)) as refusal:
            ask_extra_expert(application, by=by)
        assert refusal.value.code == code


def test_the_desk_counts_them(client, wide):
    client.force_login(factories.make_staff("officer"))

    content = client.get(reverse("admin:index")).content.decode()

    assert reverse("admin:grants_assignment_application", args=[wide.public_id]) in content


def test_a_changed_score_is_told_to_the_commission_with_its_reason(client, wide):
    change(wide.assignments.order_by("pk")[1], 4, "Прочёл договор")

    changes = score_changes(wide)

    assert [(c.expert, c.before, c.after, c.reason) for c in changes] == [(2, 5, 4, "Прочёл договор")] * 3
    client.force_login(factories.make_staff("commission"))
    dossier = client.get(reverse("admin:grants_application_change", args=[wide.pk])).content.decode()
    assert dossier.count("Прочёл договор") == 3


def test_another_place_of_evidence_is_a_change_too(wide):
    first = wide.assignments.order_by("pk")[0]

    with pytest.raises(Refused) as refusal:
        change(first, 2, reason="", evidence="answer:problem")
    change(first, 2, evidence="answer:problem", quote="  аз \n ғана ")

    entry = ScoreEntry.objects.current().get(review=first.review, criterion__key="idea")
    assert refusal.value.code == "no_reason"
    assert (entry.number, entry.evidence, entry.quote) == (2, "answer:problem", "аз ғана")


@pytest.mark.parametrize("place", ["answer:unknown", "line:abcdef", "file:abcdef", "fact:title", "everywhere"])
def test_evidence_is_a_place_of_this_very_application(wide, place):
    with pytest.raises(Refused) as refusal:
        change(wide.assignments.order_by("pk")[0], 3, evidence=place)

    assert refusal.value.code == "place_unknown"


def test_a_file_of_another_application_is_no_evidence_here(call, wide):
    own, foreign = wide.documents.get(), factories.application_at("eligible", call=call).documents.get()
    first = wide.assignments.order_by("pk")[0]

    with pytest.raises(Refused):
        change(first, 3, evidence=f"file:{foreign.public_id}")
    change(first, 3, evidence=f"file:{own.public_id}")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE grants_scoreentry SET score = 4",
        "UPDATE grants_scoreentry SET evidence = ''",
        "DELETE FROM grants_scoreentry",
    ],
)
def test_raw_sql_changes_no_score(wide, statement):
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(("score", "words", "evidence"), [(5, "", "fact:summary"), (0, "Жоқ", ""), (1, "", "")])
def test_the_database_refuses_a_score_that_says_most_and_rests_on_nothing(wide, score, words, evidence):
    last = ScoreEntry.objects.filter(review__assignment__application=wide).first()

    with pytest.raises(Error), transaction.atomic():
        ScoreEntry.objects.create(
            review=last.review,
            criterion=last.criterion,
            number=9,
            score=score,
            words=words,
            evidence=evidence,
            change_reason="x",
            entered_by=last.entered_by,
        )
