"""The letters of the season: each renders in three languages, as text and HTML, with an address that works."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import resolve
from django.utils.translation import override

from committees.models import Annulment, Resolution
from core import clock
from grants.actions import appeals, corrections, extensions, offers, reminders
from grants.actions.annulments import return_annulled
from grants.actions.applications import submit_application
from grants.models import Application, Assignment, Award, Call
from grants.statuses import ApplicationStatus as A
from notifications.letters import render_letter
from notifications.models import Message
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
HOSTILE = "<b>Студия</b> & К"


def returned(owner) -> None:
    application = factories.application_at(A.SUBMITTED, owner=owner)
    officer = factories.make_user(roles=["officer"])
    corrections.open_correction(application, fields=["title"], reason_kk="Атауы.", reason_ru="Название.", by=officer)


def brought_to(status):
    return lambda owner: factories.application_at(status, owner=owner)


def closing(left: timedelta, *, title: str = "Ойын студиясы"):
    """A draft that is taken no more after so long; without a title it is not complete."""

    def story(owner) -> None:
        draft = factories.make_draft(owner)
        Application.objects.filter(pk=draft.pk).update(title=title)
        Call.objects.filter(pk=draft.call_id).update(closes_at=clock.now() + left)
        reminders.remind_drafts()

    return story


def extended(owner) -> None:
    draft, by = factories.make_draft(owner), factories.make_user(roles=["administrator"])
    how = {"reason_kk": "Істемеді.", "reason_ru": "Не работало.", "by": by}
    extensions.extend_call(draft.call, closes_at=draft.call.closes_at + timedelta(days=1), **how)
    how.pop("by")
    factories.extend(draft, closes_at=draft.call.closes_at + timedelta(days=2), **how)


def cancelled(owner) -> None:
    factories.cancel_call(factories.make_draft(owner).call)


def offered(owner) -> Award:
    year = factories.make_year(kind="accelerator")
    winner = factories.application_at(A.AWARDED, owner=owner, call=factories.make_call(year, reviews_needed=1))
    return winner.awards.get()


def refused_award(owner) -> None:
    offers.refuse_award(offered(owner), by=owner)


def lapsed(owner) -> None:
    award = offered(owner)
    Award.objects.filter(pk=award.pk).update(answer_due_at=clock.now() - timedelta(minutes=1))
    offers.lapse_award(award.pk)


def moved_up(owner) -> None:
    year = factories.make_year(kind="accelerator")
    call = factories.make_call(year, reviews_needed=1)
    winner, reserve = (factories.application_at(A.ELIGIBLE, call=call, owner=one) for one in (None, owner))
    for application, outcome in ((winner, "award"), (reserve, "reserve")):
        factories.review(factories.assign(application))
        factories.decide(application, outcome)
    factories.release(call)
    offers.refuse_award(winner.awards.get(), by=winner.created_by)


def appealed(outcome: str):
    """An appeal of a declined applicant, answered by somebody who took no part."""

    def story(owner) -> None:
        year = factories.make_year(kind="accelerator")
        call = factories.make_call(year, reviews_needed=1)
        declined = factories.application_at(A.DECLINED, owner=owner, call=call)
        appeal = appeals.make_appeal(declined, text="Келіспеймін.", by=owner)
        how = {"outcome": outcome, "returns_to": "vote", "reason_kk": "Себеп", "reason_ru": "Причина"}
        appeals.answer_appeal(appeal, by=factories.make_user(roles=["officer"]), **how)

    return story


def to_answer(officer) -> None:
    """Somebody else appeals; the officer is one of those who may answer."""
    officer.groups.add(Group.objects.get(name="officer"))
    year = factories.make_year(kind="accelerator")
    declined = factories.application_at(A.DECLINED, call=factories.make_call(year, reviews_needed=1))
    appeals.make_appeal(declined, text="Келіспеймін.", by=declined.created_by)


def annulled(owner) -> None:
    """A court annuls the resolution behind a released award."""
    winner = factories.application_at(A.AWARDED, owner=owner, call=factories.make_call(reviews_needed=1))
    resolution = Resolution.objects.get(item__of_application__application=winner)
    by = factories.make_user(roles=["administrator"])
    act = Annulment.objects.create(
        resolution=resolution, meeting=resolution.item.meeting, court="Алматы қалалық соты", act_number="7599-26",
        act_date=clock.today(), reason_kk="Кворум болған жоқ.", reason_ru="Не было кворума.", annulled_by=by,
    )  # fmt: skip
    return_annulled(act, by=by)


def review_due(owner) -> None:
    factories.assign(factories.application_at(A.ELIGIBLE), factories.make_expert(owner))
    Assignment.objects.filter(expert__user=owner).update(due_on=clock.today())
    reminders.remind_reviews()


# Whose story ends in which letters.
STORIES = {
    returned: ["submitted", "returned", "correction_due"],
    brought_to(A.INELIGIBLE): ["not_eligible"],
    brought_to(A.AWARDED): ["decided_award"],
    brought_to(A.RESERVED): ["decided_reserve"],
    brought_to(A.DECLINED): ["decided_decline"],
    closing(timedelta(hours=5), title=""): ["due_soon"],
    closing(timedelta(hours=5)): ["not_sent_last"],
    closing(timedelta(days=2)): ["not_sent_again"],
    closing(timedelta(days=6)): ["not_sent"],
    extended: ["call_extended", "application_extended"],
    cancelled: ["call_cancelled"],
    refused_award: ["award_refused"],
    lapsed: ["award_lapsed"],
    moved_up: ["moved_up"],
    appealed("upheld"): ["appeal_made", "appeal_upheld"],
    appealed("dismissed"): ["appeal_dismissed"],
    to_answer: ["appeal_to_answer", "appeal_due"],
    annulled: ["decision_annulled"],
    review_due: ["assigned", "review_due"],
}
STAFFS = {"appeal_to_answer", "appeal_due"}  # these lead to the first page of the staff, which has no language
EVENTS = [event for events in STORIES.values() for event in events]


@shared
def letters(language) -> dict[str, Message]:
    """Every letter of the season in one language, by its event."""
    found = {}
    for story, events in STORIES.items():
        owner = factories.make_user(language=language)
        story(owner)
        found |= {event: Message.objects.get(event=event, user=owner) for event in events}
    return found


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("event", EVENTS)
def test_a_letter_is_whole_in_its_language(letters, event, language):
    message = letters[event]

    letter = render_letter(message)

    subject, number = letter.subject, message.context["number"]
    assert message.language == language
    assert f'<html lang="{language}">' in letter.html
    assert subject
    assert "{" not in subject + letter.text
    assert message.context["path"] in letter.text
    assert message.context["path"] in letter.html
    assert message.context["path"].startswith("/admin/" if event in STAFFS else f"/{language}/")
    assert number is None or number in letter.text
    assert "None" not in letter.text + letter.html


@pytest.mark.parametrize("language", ["ru"])
@pytest.mark.parametrize("event", EVENTS)
def test_a_letter_leads_to_a_page_that_exists(letters, event, language):
    path = letters[event].context["path"]

    with override(language):
        found = resolve(path)

    assert found.app_name == ("admin" if event in STAFFS else "grants")


def test_what_a_person_wrote_is_text_in_a_letter():
    owner = factories.make_user()
    draft = factories.make_draft(owner)
    Application.objects.filter(pk=draft.pk).update(title=HOSTILE)
    submit_application(draft, agreed={"declaration"}, by=owner)
    letter = render_letter(Message.objects.get(event="submitted"))

    assert HOSTILE in letter.text
    assert HOSTILE not in letter.html
