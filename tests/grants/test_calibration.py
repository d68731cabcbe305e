"""Samples that every expert of a call scores before its applications open."""

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse

from core.refusals import NotAllowed, Refused
from grants.actions import calibration, drafts, reviews
from grants.models import Assignment, CalibrationSample, CalibrationScore, Call
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

TEXTS = {"comment": "Совет", "submit": "1"}


@shared
def call() -> Call:
    return factories.make_call()


@shared
def samples(call) -> list[CalibrationSample]:
    return [factories.make_sample(call, n) for n in (1, 2, 3)]


@shared
def assignment(call, samples) -> Assignment:
    assignment = factories.assign(factories.application_at("eligible", call=call))
    return reviews.declare_no_conflict(assignment, by=assignment.expert.user)


def samples_page(call: Call) -> str:
    return reverse("grants:review_calibrate", args=[call.public_id])


def scores(score: int) -> dict[str, int]:
    return dict.fromkeys(("idea", "market", "team"), score)


def test_papers_files_drafts_and_scores_wait_until_three_samples_are_scored(client, call, samples, assignment):
    expert = assignment.expert.user
    client.force_login(expert)
    page = reverse("grants:review_edit", args=[assignment.public_id])
    paper = assignment.application.documents.get()
    file = reverse("grants:review_document", args=[assignment.public_id, paper.public_id])

    for _done in range(3):
        assert client.get(page).url == samples_page(call)
        assert client.get(file).status_code == 404
        with pytest.raises(Refused) as refusal:
            drafts.keep_review_draft(assignment, draft={"comment": "x"}, by=expert)
        assert refusal.value.code == "not_calibrated"
        shown = client.get(samples_page(call)).context["sample"]
        typed = {f"score_{key}": "3" for key in scores(3)}
        client.post(samples_page(call), {**typed, "sample": shown.public_id})

    assert client.get(page).status_code == 200
    assert client.get(file).status_code == 200
    assert client.get(samples_page(call)).context["result"].spread == 0
    factories.review(assignment)


def test_the_list_leads_to_the_samples_first(client, call, samples, assignment):
    client.force_login(assignment.expert.user)
    factories.score_samples(samples[0], by=assignment.expert.user)

    found = client.get(reverse("grants:review_list")).context["to_calibrate"]

    assert [(one.pk, one.samples_left) for one in found] == [(call.pk, 2)]


def test_own_severity_stands_beside_the_others(client, call, samples, assignment):
    other = factories.assign(assignment.application)
    factories.score_samples(*samples, by=other.expert.user, score=4)
    factories.score_samples(*samples, by=assignment.expert.user, score=2)
    client.force_login(assignment.expert.user)

    result = client.get(samples_page(call)).context["result"]

    assert (result.severity, result.others) == (-40, 1)


def test_a_sample_is_scored_once_by_experts_of_its_call_alone_and_wholly(samples, assignment):
    expert = assignment.expert.user
    for stranger in (factories.make_expert().user, factories.make_user(roles=["officer"])):
        with pytest.raises(NotAllowed):
            calibration.score_sample(samples[0], scores=scores(3), by=stranger)
    for code, wrong in {"scores_missing": {"idea": 3}, "score_range": scores(6)}.items():
        with pytest.raises(Refused) as refusal:
            calibration.score_sample(samples[0], scores=wrong, by=expert)
        assert refusal.value.code == code

    calibration.score_sample(samples[0], scores=scores(3), by=expert)
    calibration.score_sample(samples[0], scores=scores(5), by=expert)  # the same press twice, on a stale page

    assert set(CalibrationScore.objects.values_list("score", flat=True)) == {3}
    assert CalibrationScore.objects.count() == 3


def test_a_call_without_samples_opens_its_papers_at_once(client):
    assignment = factories.assign(factories.application_at("eligible"))
    reviews.declare_no_conflict(assignment, by=assignment.expert.user)
    client.force_login(assignment.expert.user)

    assert client.get(reverse("grants:review_edit", args=[assignment.public_id])).status_code == 200
    assert client.get(samples_page(assignment.application.call)).status_code == 404


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE grants_calibrationscore SET score = 5",
        "DELETE FROM grants_calibrationscore",
        "UPDATE grants_calibrationsample SET text_ru = 'Другой'",
    ],
)
def test_raw_sql_changes_neither_a_sample_that_was_scored_nor_its_scores(samples, assignment, statement):
    factories.score_samples(*samples, by=assignment.expert.user)

    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_staff_write_samples_until_somebody_has_scored_them(client, samples, assignment):
    officer = factories.make_staff("officer")
    client.force_login(officer)
    address = reverse("admin:grants_calibrationsample_change", args=[samples[0].pk])

    open_one = client.get(address).context["has_change_permission"]
    factories.score_samples(samples[0], by=assignment.expert.user)
    scored = client.get(address).context["has_change_permission"]

    assert (open_one, scored) == (True, False)
