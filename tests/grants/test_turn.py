"""Who has the ball, until when and why: a literal table over every state, as the applicant reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from core import clock
from grants.actions import corrections, screening
from grants.actions.appeals import make_appeal
from grants.actions.applications import take_back_application, withdraw_application
from grants.actions.award_plans import send_plan
from grants.actions.offers import accept_award
from grants.models import Application, Assignment, Call, Correction
from grants.queries.standing import my_applications
from grants.statuses import ApplicationStatus as A
from tests import factories as make
from tests.factories_awards import give_bank_account

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
HOUR = timedelta(hours=1)
YOU, US, NOBODY = "You", "Almaty Creative", "Nobody, it is finished"
EXPERTS, COMMISSION = "The experts", "The commission"


@dataclass(frozen=True)
class State:
    """How to get there, and what the applicant then reads."""

    get_there: Callable[[], Application]
    label: str
    ball: str
    why: str  # how the sentence begins
    until: Callable[[Application], datetime | None] = lambda application: None
    is_yours: bool = False
    shows_red: bool = False


def closes(application: Application) -> datetime:
    return application.call.closes_at


def close(application: Application, ago: timedelta = HOUR) -> Application:
    Call.objects.filter(pk=application.call_id).update(closes_at=clock.now() - ago)
    return application


def officer() -> Any:
    return make.make_user(roles=["officer"])


def taken_back() -> Application:
    sent = make.application_at(A.SUBMITTED)
    take_back_application(sent, by=sent.created_by)
    return sent


def cancelled() -> Application:
    draft = make.make_draft()
    make.cancel_call(draft.call)
    return draft


def cancelled_later() -> Application:
    eligible = make.application_at(A.ELIGIBLE)
    make.cancel_call(eligible.call)
    return eligible


def accepted() -> Application:
    winner = make.application_at(A.AWARDED)
    accept_award(winner.awards.get(), by=winner.created_by)
    return winner


def with_the_officer() -> Application:
    """The plan is sent and bank details are given."""
    winner = accepted()
    award = winner.awards.get()
    send_plan(award.plans.get(), by=winner.created_by)
    give_bank_account(award)
    return winner


def appealed() -> Application:
    declined = make.application_at(A.DECLINED)
    make_appeal(declined, text="Келіспеймін.", by=declined.created_by)
    return declined


def extended() -> Application:
    draft = close(make.make_draft(), 12 * HOUR)
    draft.refresh_from_db()
    make.extend(draft, closes_at=clock.now() + HOUR, reason_kk="Ауырды.", reason_ru="Болел.")
    return draft


def proposed() -> Application:
    sent = make.application_at(A.SUBMITTED)
    screening.propose_ineligible(sent, reason_kk="Жоқ.", reason_ru="Нет.", by=officer())
    return sent


def returned() -> Application:
    sent = make.application_at(A.SUBMITTED)
    corrections.open_correction(sent, fields=["title"], reason_kk="Атауы.", reason_ru="Название.", by=officer())
    return sent


def returned_late() -> Application:
    sent = returned()
    past = clock.now() - timedelta(days=9)
    Correction.objects.update(opened_at=past, due_at=past + HOUR)
    return sent


def due(application: Application) -> datetime | None:
    return application.corrections.get().due_at


def with_experts() -> Application:
    eligible = make.application_at(A.ELIGIBLE, call=make.make_call(reviews_needed=2))
    make.review(make.assign(eligible))
    make.assign(eligible)
    return eligible


def last_review_day(application: Application) -> datetime:
    waited_for = Assignment.objects.live().filter(application=application, review__submitted_at=None).get()
    return timezone.make_aware(datetime.combine(waited_for.due_on, time(23, 59)))


def scored() -> Application:
    eligible = make.application_at(A.ELIGIBLE, call=make.make_call(reviews_needed=1))
    make.review(make.assign(eligible))
    return eligible


def withdrawn() -> Application:
    draft = make.make_draft()
    withdraw_application(draft, by=draft.created_by)
    return draft


def at(status: str) -> Callable[[], Application]:
    return lambda: make.application_at(status)


STATES = {
    (A.DRAFT, "open"): State(make.make_draft, "Draft, not sent", YOU, "Fill it in and send it", closes, is_yours=True),
    (A.DRAFT, "with time of its own"): State(
        extended, "Draft, not sent", YOU, "Fill it in", lambda a: a.may_write_until, is_yours=True
    ),
    (A.DRAFT, "taken back"): State(
        taken_back, "NOT SENT", YOU, "You took it back", closes, is_yours=True, shows_red=True
    ),
    (A.DRAFT, "in the grace"): State(
        lambda: close(make.make_draft(), timedelta(minutes=2)),
        "NOT SENT",
        YOU,
        "The call has closed. Only from a page",
        lambda a: a.call.closes_at + timedelta(minutes=10),
        shows_red=True,
    ),
    (A.DRAFT, "closed"): State(lambda: close(make.make_draft()), "Not sent", NOBODY, "The call closed before"),
    (A.DRAFT, "taken back, closed"): State(lambda: close(taken_back()), "Not sent", NOBODY, "The call closed before"),
    (A.DRAFT, "of a cancelled call"): State(cancelled, "Not sent", NOBODY, "The call was cancelled"),
    (A.SUBMITTED, "open"): State(at(A.SUBMITTED), "Sent", US, "An officer checks it. Until the call closes"),
    (A.SUBMITTED, "closed"): State(
        lambda: close(make.application_at(A.SUBMITTED)), "Sent", US, "An officer checks the application"
    ),
    (A.SUBMITTED, "proposed as not eligible"): State(proposed, "Sent", US, "A second officer looks at it too"),
    (A.SUBMITTED, "correction open"): State(
        returned, "To be corrected", YOU, "The officer asks you", due, is_yours=True
    ),
    (A.SUBMITTED, "correction late"): State(returned_late, "Sent", US, "The time to correct is over"),
    (A.ELIGIBLE, "nobody asked yet"): State(at(A.ELIGIBLE), "With the experts", EXPERTS, "Experts score it"),
    (A.ELIGIBLE, "being reviewed"): State(
        with_experts, "With the experts", EXPERTS, "Experts score it", last_review_day
    ),
    (A.ELIGIBLE, "scored"): State(scored, "With the commission", COMMISSION, "The scores are in"),
    (A.RESERVED, ""): State(at(A.RESERVED), "On the reserve list", US, "If money becomes free"),
    (A.AWARDED, "offered"): State(
        at(A.AWARDED), "Awarded", YOU, "Accept the grant, or refuse it", lambda a: a.awards.get().answer_due_at, True
    ),
    (A.AWARDED, "accepted"): State(accepted, "Awarded", YOU, "The page of the grant says", is_yours=True),
    (A.AWARDED, "with the officer"): State(with_the_officer, "Awarded", US, "The page of the grant says"),
    (A.DECLINED, "appealed"): State(appealed, "Declined", US, "You have appealed", lambda a: a.appeals.get().due_at),
    (A.ELIGIBLE, "of a cancelled call"): State(
        cancelled_later, "The call was cancelled", NOBODY, "The call was cancelled; its page says why"
    ),
    (A.DECLINED, ""): State(at(A.DECLINED), "Declined", NOBODY, "The reasons stand below"),
    (A.INELIGIBLE, ""): State(
        at(A.INELIGIBLE), "Not eligible", NOBODY, "It does not take part. The reason stands below"
    ),
    (A.WITHDRAWN, ""): State(withdrawn, "Withdrawn", NOBODY, "You gave this application up"),
}


@pytest.mark.parametrize(("status", "how"), STATES)
def test_the_page_and_the_list_say_who_has_the_ball_until_when_and_why(client, status, how):
    state = STATES[status, how]
    application = state.get_there()
    application = Application.objects.select_related("call").get(pk=application.pk)
    client.force_login(application.created_by)

    page = client.get(f"/en/applications/{application.public_id}/")
    with translation.override("en"):
        listed = my_applications(application.created_by)[0][1]

    found, text = page.context["standing"], page.content.decode()
    assert application.status == status
    assert (found.label, found.ball, found.is_yours) == (state.label, state.ball, state.is_yours)
    assert found.next[: len(state.why)] == state.why
    assert found.until == state.until(application)
    assert ('class="notice notice--bad"' in text) == state.shows_red
    assert found.ball in text
    assert found == listed


def test_every_status_stands_in_the_table():
    assert {status for status, _how in STATES} == set(A)


@pytest.mark.parametrize("rows", [1, 3])
def test_my_list_costs_two_queries_however_many_there_are(django_assert_num_queries, rows):
    owner = make.make_user()
    for _n in range(rows):
        make.make_draft(owner)

    with django_assert_num_queries(2):
        my_applications(owner)


def test_a_late_correction_comes_back_to_the_officer_as_it_was_sent(client):
    sent = returned()
    person, before = sent.created_by, sent.title
    client.force_login(person)
    client.post(reverse("grants:correction_edit", args=[sent.public_id]), {"title": "Басқа атау", "then": "save"})
    past = clock.now() - timedelta(days=9)
    Correction.objects.update(opened_at=past, due_at=past + HOUR)

    closed = corrections.close_late_correction(Correction.objects.get().pk)

    sent.refresh_from_db()
    assert closed
    assert (sent.status, sent.title) == (A.SUBMITTED, before)
    assert list(Application.objects.awaiting_screening()) == [sent]


def test_the_officers_words_stand_beside_each_named_field(client):
    sent = make.application_at(A.SUBMITTED)
    fields = ["title", "q_problem", "doc_deck"]
    corrections.open_correction(sent, fields=fields, reason_kk="Нақтылаңыз.", reason_ru="Уточните.", by=officer())
    client.force_login(sent.created_by)

    text = client.get(f"/ru/applications/{sent.public_id}/correction/").content.decode()

    form = text[text.index('id="correction"') : text.index("</form>", text.index('id="correction"'))]
    places = [form.index(mark) for mark in ("Уточните.", 'id="id_title"', 'id="id_q_problem"', 'id="deck"')]
    assert form.count('class="asked__words"') == 3
    assert form.count("Уточните.") == 3
    assert places == sorted(places)
