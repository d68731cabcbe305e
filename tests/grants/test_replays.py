"""A season replayed from what was frozen: ranking, minutes and letters come out the same, to the letter."""

from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from committees.actions import meetings
from committees.actions.minutes import make_minutes, paper_of
from committees.models import Meeting, Minutes
from committees.queries.minutes import content_of
from committees.queries.minutes import template_sha256 as template_of_minutes
from core.canonical import canonical_json, plain, sha256_of
from core.models import AuditEvent
from grants.models import Call, Decision, RankingRun
from grants.queries.reasons import letter_words, reasons_of_call
from grants.queries.what_if import replay
from grants.statuses import Outcome
from notifications.letters import render_letter, template_sha256
from notifications.models import Message
from tests import factories
from tests.grants.scored import scored_call
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DECIDED = {Outcome.AWARD: "decided_award", Outcome.RESERVE: "decided_reserve", Outcome.DECLINE: "decided_decline"}


@shared
def season() -> Call:
    """Three applications read, voted on, released; the minutes made in both languages."""
    call = scored_call([[5, 4], [4, 3], [2, 1]], budget=1_000_000)
    for application, outcome in zip(call.applications.order_by("number"), DECIDED, strict=True):
        factories.decide(application, outcome)
    meeting = Meeting.objects.get()
    secretary = factories.make_staff("secretary")
    make_minutes(meetings.close_meeting(meeting, by=secretary), by=secretary)
    return factories.release(call)


def words(paper: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)


def test_every_frozen_ranking_is_made_again_from_its_inputs(season):
    runs = list(RankingRun.objects.all())

    again = [replay(run) for run in runs]

    assert runs != []
    assert [one.holds for one in again] == [True] * len(runs)
    assert [canonical_json(one.content) for one in again] == [canonical_json(run.content) for run in runs]


def test_the_minutes_are_made_again_from_the_rows(season):
    kept = list(Minutes.objects.select_related("meeting", "document"))

    assert [row.language for row in kept] == ["kk", "ru"]
    for row in kept:
        content = content_of(row.meeting)
        with translation.override(row.language):
            paper = paper_of(row.meeting, content)
        with row.document.file.open("rb") as stored:
            before = stored.read()
        assert canonical_json(content) == canonical_json(row.content)
        assert (sha256_of(content), template_of_minutes()) == (row.content_sha256, row.template_sha256)
        assert words(paper) == words(before)
        assert paper == before


@pytest.mark.parametrize("outcome", DECIDED)
def test_the_letters_are_made_again_from_the_rows(season, outcome):
    """The kept letter against one written anew from decision, scores and texts of the levels; the trail froze both
    the facts and the templates."""
    decision = Decision.objects.select_related("application").get(outcome=outcome)
    kept = Message.objects.get(event=DECIDED[outcome])
    verb = {Outcome.AWARD: "award", Outcome.RESERVE: "reserve", Outcome.DECLINE: "decline"}[outcome]
    frozen = AuditEvent.objects.get(verb=f"application.{verb}", object_id=decision.application.public_id).data
    before = render_letter(kept)

    reasons = reasons_of_call(season)[decision.application_id]
    with translation.override(kept.language):
        again = {**kept.context, "reason": str(decision.reason), "reasons": plain(letter_words(reasons))}
    kept.context = again

    assert canonical_json(again) == canonical_json(Message.objects.get(pk=kept.pk).context)
    assert (reasons.sha256, template_sha256(kept.event)) == (frozen["reasons"], frozen["letter"])
    assert render_letter(kept) == before


def test_a_letter_under_another_template_is_another_letter():
    assert template_sha256("decided_award") != template_sha256("decided_decline")
