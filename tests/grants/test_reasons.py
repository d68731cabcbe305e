"""Letters and the page after the release: the score, why for each criterion, the line, what would help."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from core import clock
from core.models import AuditEvent
from core.refusals import Refused
from grants.actions.releases import propose_release
from grants.actions.reviews import submit_review
from grants.models import Application, Call, Criterion
from grants.queries.reasons import letter_words, reasons_of, reasons_of_call
from grants.statuses import Outcome
from notifications.letters import render_letter
from notifications.models import Message
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
LEVELS = {str(n): {"kk": f"{n} деңгей", "ru": f"уровень {n}", "en": f"level {n}"} for n in range(6)}


def scored(call: Call, score: int, words: str = "Жақсы негізделген.", experts: int = 1) -> Application:
    application = factories.application_at("eligible", call=call, amount=1_000_000)
    for _n in range(experts):
        assignment = factories.review(factories.assign(application), score=score)
        if not words:
            again(assignment, {"words": ""})
    return application


def again(assignment, changed: dict) -> None:
    """The expert changes what was entered, with a reason."""
    entry = {"score": 3, "words": "Жақсы негізделген.", "evidence": "fact:summary", **changed}
    scores = {criterion.key: entry for criterion in assignment.application.call.criteria.all()}
    how = {"comment": "Нарықты нақтылау керек.", "change_reason": "Қайта оқыдым.", "by": assignment.expert.user}
    submit_review(assignment, scores=scores, **how)


@shared
def call() -> Call:
    """With a text for each level."""
    draft = factories.make_draft_call(factories.make_year(budget=1_000_000, kind="accelerator"), reviews_needed=1)
    Criterion.objects.filter(call=draft).update(levels=LEVELS)
    return factories.publish(draft)


@shared
def two(call) -> list[Application]:
    return [scored(call, 4), scored(call, 2)]


def released(call: Call, rows: list[Application]) -> None:
    for row, outcome in zip(rows, (Outcome.AWARD, Outcome.DECLINE), strict=True):
        factories.decide(row, outcome)
    factories.release(call)


def test_the_facts_hold_score_line_and_an_opinion_of_each_expert(call, two):
    factories.decide(two[0], Outcome.AWARD)

    facts = reasons_of(two[1])

    assert (facts.score, facts.pass_mark, facts.line) == (40, 60, 80)
    assert [(row.points, row.weight) for row in facts.criteria] == [(16, 40), (16, 40), (8, 20)]
    assert [one.words for row in facts.criteria for one in row.opinions] == ["Жақсы негізделген."] * 3
    assert facts.advice == ("Нарықты нақтылау керек.",)


@pytest.mark.parametrize(("language", "text"), [("kk", "3 деңгей"), ("ru", "уровень 3"), ("en", "level 3")])
def test_where_an_expert_wrote_nothing_the_published_level_speaks_in_the_readers_language(call, language, text):
    application = scored(call, 2)
    assignment = application.assignments.get()
    again(assignment, {"words": ""})

    with override(language):
        words = letter_words(reasons_of(application))

    assert {one["text"] for row in words["criteria"] for one in row["opinions"]} == {text}
    assert words["criteria"][0]["opinions"][0]["is_level"] is True


def test_a_changed_score_is_shown_with_its_reason(call):
    application = scored(call, 4)
    again(application.assignments.get(), {"words": "Жаңа сөз."})

    with override("ru"):
        words = letter_words(reasons_of(application))

    changes = words["criteria"][0]["opinions"][0]["changes"]
    assert len(changes) == 1
    assert "Қайта оқыдым." in changes[0]
    assert "4" in changes[0]


def test_the_letter_and_the_page_carry_all_of_it(client, call, two):
    released(call, two)
    letter = render_letter(Message.objects.get(event="decided_decline"))
    client.force_login(two[1].created_by)

    page = client.get(reverse("grants:application_detail", args=[two[1].public_id])).content.decode()

    wanted = ("40", "80", "Жақсы негізделген.", "Нарықты нақтылау керек.")
    for text in (letter.text, letter.html, page):
        assert [words for words in wanted if words not in text] == []
    assert "Критерий idea" in letter.text
    assert "Өлшемшарт idea" in page
    assert "None" not in letter.text + letter.html


def test_nothing_of_it_is_shown_before_the_release(client, call, two):
    factories.decide(two[1], Outcome.DECLINE)
    client.force_login(two[1].created_by)

    page = client.get(reverse("grants:application_detail", args=[two[1].public_id])).content.decode()

    assert "Жақсы негізделген." not in page
    assert "Нарықты нақтылау керек." not in page


def test_who_pays_awards_reads_no_scores(client, call, two):
    released(call, two)
    client.force_login(factories.make_staff("finance"))

    page = client.get(reverse("grants:application_detail", args=[two[0].public_id]))

    assert page.status_code == 200
    assert "Жақсы негізделген." not in page.content.decode()


@pytest.mark.parametrize("outcome", [Outcome.RESERVE, Outcome.DECLINE])
def test_a_rejection_without_reasons_for_each_criterion_cannot_be_sent(outcome):
    call = factories.make_call(factories.make_year(kind="accelerator"), reviews_needed=1)  # no texts of levels
    application = scored(call, 3, words="")
    factories.decide(application, outcome)
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - timedelta(seconds=1))

    with pytest.raises(Refused) as refusal:
        propose_release(call, by=factories.make_user(roles=["secretary"]))

    assert refusal.value.code == "reasons_missing"
    assert len(refusal.value.items) == 1
    assert refusal.value.items[0].startswith(f"{application.number}: ")


def test_a_letter_replayed_from_its_frozen_inputs_is_the_same_text(call, two):
    third = scored(call, 2, experts=3)
    factories.decide(third, Outcome.DECLINE)
    released(call, two)
    sent = Message.objects.get(event="decided_decline", user=third.created_by)
    event = AuditEvent.objects.get(verb="application.decline", object_id=third.public_id)
    first = render_letter(sent)

    with override(sent.language):
        replayed = letter_words(reasons_of_call(call)[third.pk])
    sent.context = {**sent.context, "reasons": replayed}

    assert render_letter(sent) == first
    assert event.data["reasons"] == reasons_of(third).sha256 == reasons_of_call(call)[third.pk].sha256
