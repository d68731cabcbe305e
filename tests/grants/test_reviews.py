"""The expert's page: the declaration, the rubric, scores that are rows, handing back."""

import pytest
from django.test import Client
from django.urls import reverse

from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from grants.actions import reviews
from grants.models import Assignment, Review, ScoreEntry
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


# --- the page ---------------------------------------------------------------------------------------


def test_the_first_visit_asks_for_a_conflict_of_interest_and_the_papers_open_after_it(client):
    assignment = factories.assign(factories.application_at("eligible"))
    client.force_login(assignment.expert.user)
    file = assignment.application.documents.get()
    document = reverse("grants:review_document", args=[assignment.public_id, file.public_id])

    first = client.get(page(assignment))
    closed = client.get(document)
    client.post(page(assignment, "review_declare"))

    assert first.url == page(assignment, "review_declare")
    assert closed.status_code == 404
    assert client.get(page(assignment)).status_code == 200
    assert client.get(document).status_code == 200
    assert AuditEvent.objects.filter(verb="assignment.declare_no_conflict").count() == 1


def test_scores_are_refused_before_the_declaration():
    assignment = factories.assign(factories.application_at("eligible"))

    with pytest.raises(Refused) as refusal:
        reviews.submit_review(assignment, scores=scores(4), comment="Совет", by=assignment.expert.user)

    assert refusal.value.code == "not_declared"


def test_a_right_review_is_submitted(signed_in, assignment):
    response = signed_in.post(page(assignment), typed(4))

    review = Review.objects.get()
    assert response.url == page(assignment)
    assert review.submitted_at is not None
    assert review.comment == "Показать договор."
    assert {entry.criterion.key: entry.score for entry in review.scores.all()} == dict.fromkeys(KEYS, 4)


@pytest.mark.parametrize("score", [0, 1, 5])
def test_extreme_scores_need_words_and_evidence_and_nothing_typed_is_lost(signed_in, assignment, score):
    response = signed_in.post(page(assignment), typed(score, words_idea="Уже названо", evidence_idea="fact:summary"))

    errors = response.context["form"].errors
    assert response.status_code == 200
    assert set(errors) == {"words_market", "words_team", "evidence_market", "evidence_team"}
    assert "Уже названо" in response.content.decode()
    assert ScoreEntry.objects.count() == 0


def test_middle_scores_need_no_words(signed_in, assignment):
    signed_in.post(page(assignment), typed(3))

    assert ScoreEntry.objects.count() == len(KEYS)


@pytest.mark.parametrize("bad", ["", "6", "-1", "четыре", "3.5"])
def test_a_score_is_a_whole_number_from_0_to_5(signed_in, assignment, bad):
    response = signed_in.post(page(assignment), typed(3, score_team=bad))

    assert set(response.context["form"].errors) == {"score_team"}
    assert ScoreEntry.objects.count() == 0


def test_html_in_words_is_shown_as_text(signed_in, assignment):
    signed_in.post(page(assignment), typed(5, "<script>alert(1)</script>"))

    content = signed_in.get(page(assignment)).content.decode()
    assert "<script>alert(1)" not in content
    assert "&lt;script&gt;alert(1)" in content


def test_a_draft_is_kept_unchecked_and_counts_for_nothing(signed_in, assignment):
    signed_in.post(page(assignment), {"score_idea": "5", "words_idea": "", "comment": "пол", "keep": "1"})

    form = signed_in.get(page(assignment)).context["form"]
    assert form["score_idea"].value() == "5"
    assert form["comment"].value() == "пол"
    assert ScoreEntry.objects.count() == 0
    assert Review.objects.get().submitted_at is None


def test_an_expired_session_gives_back_what_was_typed(client, assignment):
    client.post(page(assignment), typed(4, words_idea="Полчаса работы"))
    client.force_login(assignment.expert.user)

    response = client.get(page(assignment))

    assert response.context["parked"]
    assert "Полчаса работы" in response.content.decode()
    assert response.context["form"]["score_team"].value() == "4"
    assert ScoreEntry.objects.count() == 0


def test_levels_are_read_in_the_readers_language(signed_in, assignment):
    content = signed_in.get(page(assignment).replace("/kk/", "/ru/")).content.decode()

    assert "Критерий idea" in content


def test_somebody_elses_assignment_is_not_found(client, assignment):
    client.force_login(factories.make_expert().user)

    for name in ("review_edit", "review_declare", "review_conflict", "review_hand_back"):
        assert client.get(page(assignment, name)).status_code == 404
        assert client.post(page(assignment, name), typed()).status_code == 404


def test_a_document_of_another_application_is_not_found(signed_in, assignment):
    other = factories.application_at("eligible").documents.get()

    response = signed_in.get(reverse("grants:review_document", args=[assignment.public_id, other.public_id]))

    assert response.status_code == 404


def test_the_reviews_of_others_are_read_beside_the_own_one_and_without_a_name(signed_in, assignment):
    other = factories.assign(assignment.application)
    reviews.declare_no_conflict(other, by=other.expert.user)
    reviews.submit_review(other, scores=scores(5, "Чужие слова"), comment="Чужой совет", by=other.expert.user)

    before = signed_in.get(page(assignment)).content.decode() + signed_in.get(reverse(LIST)).content.decode()
    signed_in.post(page(assignment), typed(3))
    after = signed_in.get(page(assignment)).content.decode()

    assert "Чужие слова" not in before
    assert "Чужой совет" not in before
    assert "Чужие слова" in after
    assert "Чужой совет" in after
    assert str(other.expert) not in before + after


# --- scores ------------------------------------------------------------------------------------------


def test_a_change_is_a_new_row_with_its_reason(signed_in, assignment):
    signed_in.post(page(assignment), typed(3))

    without = signed_in.post(page(assignment), typed(3, score_idea="4"))
    signed_in.post(page(assignment), typed(3, score_idea="4", change_reason="Прочёл договор"))

    history = ScoreEntry.objects.filter(criterion__key="idea").order_by("number")
    assert set(without.context["form"].errors) == {"change_reason"}
    assert [(e.number, e.score, e.change_reason) for e in history] == [(1, 3, ""), (2, 4, "Прочёл договор")]
    assert ScoreEntry.objects.count() == len(KEYS) + 1
    assert ScoreEntry.objects.current().get(criterion__key="idea").score == 4


def test_the_same_press_twice_writes_one_review(assignment):
    for _press in range(2):
        reviews.submit_review(assignment, scores=scores(4), comment="Совет", by=assignment.expert.user)

    assert ScoreEntry.objects.count() == len(KEYS)
    assert AuditEvent.objects.filter(verb__startswith="review.").count() == 1


def test_the_action_itself_refuses_missing_scores_and_words(assignment):
    tries = {
        "scores_missing": {"idea": {"score": 4, "words": ""}},
        "words_missing": scores(0),
        "score_range": scores(6, "много"),
        "scores_missing ": {**scores(4), "unknown": {"score": 4, "words": ""}},
    }

    for code, given in tries.items():
        with pytest.raises(Refused) as refusal:
            reviews.submit_review(assignment, scores=given, comment="Совет", by=assignment.expert.user)
        assert refusal.value.code == code.strip()


def test_only_the_assigned_expert_scores(assignment):
    for stranger in (factories.make_expert().user, factories.make_user(roles=["officer"])):
        with pytest.raises(NotAllowed):
            reviews.submit_review(assignment, scores=scores(4), comment="Совет", by=stranger)


def test_handing_back_needs_a_reason_closes_the_papers_and_frees_the_place(signed_in, assignment):
    signed_in.post(page(assignment, "review_hand_back"), {"note": ""})
    assert Assignment.objects.live().count() == 1

    response = signed_in.post(page(assignment, "review_hand_back"), {"note": "Болею"})

    assert response.url == reverse(LIST)
    assert Assignment.objects.get().returned_reason == "Болею"
    assert signed_in.get(page(assignment)).status_code == 404
    factories.assign(assignment.application, assignment.expert)


def test_a_review_that_is_in_is_not_handed_back(signed_in, assignment):
    factories.review(assignment)

    response = signed_in.post(page(assignment, "review_hand_back"), {"note": "Передумал"})

    assert response.status_code == 200
    assert Assignment.objects.live().count() == 1


def test_after_the_decision_own_scores_stay_and_the_papers_are_closed(client):
    application = factories.application_at("awarded")
    assignment = application.assignments.first()
    client.force_login(assignment.expert.user)
    file = application.documents.get()

    response = client.get(page(assignment))

    assert response.templates[0].name == "grants/review_closed.html"
    assert len(response.context["form"].entered) == len(KEYS)
    assert client.get(reverse("grants:review_document", args=[assignment.public_id, file.public_id])).status_code == 404
    with pytest.raises(Refused):
        reviews.submit_review(assignment, scores=scores(5, "Задним числом"), comment="Совет", by=assignment.expert.user)
