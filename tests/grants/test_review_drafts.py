"""What an expert types: kept field by field with its revision, replayed, never written over another text unseen."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from grants.actions import drafts, reviews
from grants.models import Assignment, Review, ScoreEntry
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

KEYS = ("idea", "market", "team")


@shared
def assignment() -> Assignment:
    assignment = factories.assign(factories.application_at("eligible"))
    return reviews.declare_no_conflict(assignment, by=assignment.expert.user)


@pytest.fixture
def signed_in(client, assignment) -> Client:
    client.force_login(assignment.expert.user)
    return client


def send(client: Client, assignment: Assignment, *entries: tuple[str, Any, Any], owner: str = "") -> Any:
    body = {
        "owner": owner or assignment.expert.user.public_id,
        "entries": [{"field": field, "value": value, "rev": rev} for field, value, rev in entries],
    }
    address = reverse("grants:review_save", args=[assignment.public_id])
    return client.post(address, json.dumps(body), content_type="application/json")


def answers(client: Client, assignment: Assignment, *entries: tuple[str, Any, Any]) -> list[dict[str, Any]]:
    return send(client, assignment, *entries).json()["answers"]


def test_each_field_is_kept_with_its_revision_and_counts_for_nothing(signed_in, assignment):
    first = answers(signed_in, assignment, ("score_idea", ["5"], 0), ("words_idea", "Жақсы", 0))
    second = answers(signed_in, assignment, ("words_idea", "Жақсы негізделген", 1))

    review = Review.objects.get()
    assert first == [{"saved": 1}, {"saved": 1}]
    assert second == [{"saved": 2}]
    assert review.draft == {"score_idea": "5", "words_idea": "Жақсы негізделген"}
    assert (review.submitted_at, ScoreEntry.objects.count()) == (None, 0)


def test_the_same_text_again_is_saved_once(signed_in, assignment):
    for _replay in range(2):
        assert answers(signed_in, assignment, ("comment", "Бірінші\r\nекінші", 0)) == [{"saved": 1}]


def test_a_text_of_another_page_is_never_written_over_unseen(signed_in, assignment):
    answers(signed_in, assignment, ("comment", "Телефонда", 0))

    stale = answers(signed_in, assignment, ("comment", "Компьютерде", 0))

    assert stale == [{"conflict": {"theirs": "Телефонда", "value": "Телефонда", "rev": 1}}]
    assert Review.objects.get().draft == {"comment": "Телефонда"}


def test_a_page_that_stood_open_over_the_submission_brings_nothing_old_back(signed_in, assignment):
    answers(signed_in, assignment, ("comment", "Черновик", 0))
    factories.review(assignment)

    late = answers(signed_in, assignment, ("comment", "Черновик и ещё слово", 1))

    assert late[0]["conflict"]["theirs"] == "Нарықты нақтылау керек."
    assert Review.objects.get().draft == {}


def test_only_the_expert_of_the_assignment_is_answered(client, assignment):
    stranger, own = factories.make_expert().user, assignment.expert.user
    entry = ("comment", "Чужое", 0)

    nobody = send(client, assignment, entry)
    client.force_login(stranger)
    as_other = send(client, assignment, entry)  # the queue of the person who sat here before
    as_self = send(client, assignment, entry, owner=stranger.public_id)
    client.force_login(own)

    assert (nobody.status_code, as_other.status_code, as_self.status_code) == (401, 401, 404)
    assert Review.objects.count() == 0
    assert send(client, assignment, entry).status_code == 200


def test_what_is_no_field_of_the_rubric_and_what_cannot_be_read_is_refused(signed_in, assignment):
    found = answers(
        signed_in, assignment, ("words_unknown", "x", 0), ("submitted_at", "x", 0), ("comment", {"a": 1}, 0)
    )

    assert [answer["code"] for answer in found] == ["unreadable"] * 3
    assert send(signed_in, assignment, ("comment", "x", "none")).status_code == 400


def test_nothing_is_kept_after_handing_back_and_before_the_declaration(client, assignment):
    undeclared = factories.assign(assignment.application)
    client.force_login(undeclared.expert.user)
    early = answers(client, undeclared, ("comment", "Рано", 0))
    reviews.hand_back(undeclared, reason="Болею", by=undeclared.expert.user)

    assert early[0]["code"] == "not_declared"
    assert send(client, undeclared, ("comment", "Поздно", 0)).status_code == 404


def test_the_button_keeps_the_page_and_shows_what_another_page_has_kept(signed_in, assignment):
    page = reverse("grants:review_edit", args=[assignment.public_id])
    answers(signed_in, assignment, ("comment", "Телефонда жазылды", 0))

    stale = signed_in.post(page, {"comment": "Компьютерде", "rev_comment": "0", "keep": "1"})
    again = signed_in.post(page, {"comment": "Компьютерде", "rev_comment": "1", "keep": "1"})

    assert "Телефонда жазылды" in stale.content.decode()
    assert stale.context["form"]["comment"].value() == "Компьютерде"
    assert again.url == page
    assert Review.objects.get().draft["comment"] == "Компьютерде"


def test_the_page_carries_the_revision_of_each_field(signed_in, assignment):
    answers(signed_in, assignment, ("words_idea", "Бір", 0))

    page = signed_in.get(reverse("grants:review_edit", args=[assignment.public_id]))

    assert dict(page.context["form"].revisions()) == {
        "comment": 0,
        **{f"{part}_{key}": 0 for key in KEYS for part in ("score", "words", "evidence", "quote")},
        "words_idea": 1,
    }


def test_the_time_of_a_review_counts_reading_and_leaves_long_pauses_out(at, assignment):
    start = clock.now()
    Assignment.objects.filter(pk=assignment.pk).update(declared_at=start)
    for minutes in (10, 15, 100, 104):
        at(start + timedelta(minutes=minutes))
        drafts.keep_review_draft(assignment, draft={"comment": str(minutes)}, by=assignment.expert.user)

    assert Review.objects.get().active_seconds == (10 + 5 + 4) * 60


def test_keeping_one_field_asks_the_database_at_most_14_times(signed_in, assignment, django_assert_max_num_queries):
    answers(signed_in, assignment, ("comment", "Бір", 0))

    with django_assert_max_num_queries(14):
        answers(signed_in, assignment, ("comment", "Екі", 1))
