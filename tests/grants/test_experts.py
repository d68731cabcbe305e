"""Becoming an expert, the undertaking before the first paper, acts of work done, translations beside the original."""

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext
from pypdf import PdfReader

from accounts.models import Consent, ConsentText
from accounts.statuses import ConsentKind, Role
from core.refusals import NotAllowed, Refused
from grants.actions import candidates, reviews, translations, work_acts
from grants.actions.experts import undertake
from grants.models import Application, Assignment, Expert, ExpertCandidate, ExpertInvitation, StaffTranslation, WorkAct
from grants.queries.experts import has_undertaken
from grants.statuses import CandidateAnswer
from notifications.models import Message
from tests import factories
from tests.grants.experts import ANSWERS, offer_to_read
from tests.grants.rows import run
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def officer():
    return factories.make_staff("officer")


@shared
def application() -> Application:
    return factories.application_at("eligible")


@shared
def newcomer() -> Expert:
    """An expert who has accepted nothing yet."""
    user = factories.with_second_factor(factories.make_user(roles=["expert"]))
    return Expert.objects.create(user=user, languages=["kk", "ru"])


# --- the undertaking ------------------------------------------------------------------------------


def test_before_the_undertaking_no_paper_no_file_and_no_score(client, application, newcomer):
    assignment = factories.assign(application, newcomer)
    file = application.documents.get()
    client.force_login(newcomer.user)
    paper = reverse("grants:review_edit", args=[assignment.public_id])
    declare = reverse("grants:review_declare", args=[assignment.public_id])

    with pytest.raises(Refused) as refusal:
        reviews.declare_no_conflict(assignment, by=newcomer.user)

    assert refusal.value.code == "no_undertaking"
    assert client.get(paper).headers["Location"] == declare
    assert reverse("grants:expert_undertaking") in client.get(declare).headers["Location"]
    assert reverse("grants:expert_undertaking") in client.post(declare).headers["Location"]
    assert client.get(reverse("grants:review_document", args=[assignment.public_id, file.public_id])).status_code == 404
    assert Assignment.objects.get(pk=assignment.pk).declared_at is None
    assert not Application.objects.visible_to(newcomer.user).exists()


def test_raw_sql_opens_no_paper_before_the_undertaking(application, newcomer):
    assignment = factories.assign(application, newcomer)

    with pytest.raises(IntegrityError), transaction.atomic():
        run("UPDATE grants_assignment SET declared_at = assigned_at WHERE id = %s", assignment.pk)


def test_accepting_leads_back_to_the_paper_and_is_kept_once_with_its_text(client, application, newcomer):
    assignment = factories.assign(application, newcomer)
    client.force_login(newcomer.user)
    declare = reverse("grants:review_declare", args=[assignment.public_id])
    page = reverse("grants:expert_undertaking")

    shown = client.get(page, {"next": declare}).content.decode()
    answer = client.post(page, {"next": declare})
    client.post(page)

    consent = Consent.objects.get(user=newcomer.user)
    assert ConsentText.objects.get(kind=ConsentKind.CONFIDENTIALITY).text_kk[:60] in shown
    assert answer.headers["Location"] == declare
    assert consent.text_sha256 == consent.text.sha256()
    assert client.post(declare).headers["Location"] == reverse("grants:review_edit", args=[assignment.public_id])


def test_the_way_back_is_never_another_site(client, newcomer):
    client.force_login(newcomer.user)

    answer = client.post(reverse("grants:expert_undertaking"), {"next": "https://example.com/"})

    assert answer.headers["Location"] == reverse("grants:review_list")


def test_a_new_version_of_the_text_is_asked_again(newcomer):
    undertake(by=newcomer.user)
    assert has_undertaken(newcomer.user)

    ConsentText.objects.create(kind=ConsentKind.CONFIDENTIALITY, version=2, text_kk="Жаңа", text_ru="Новое")

    assert not has_undertaken(newcomer.user)


# --- becoming an expert ---------------------------------------------------------------------------


def test_who_is_accepted_gets_the_role_and_is_an_expert_with_what_they_answered(officer):
    person = factories.make_user()
    candidate = offer_to_read(person, by=officer)

    candidates.answer_candidate(candidate, answer=CandidateAnswer.ACCEPTED, by=officer)

    expert = Expert.objects.get(user=person)
    assert (expert.languages, expert.max_load, expert.is_active) == (["kk", "ru"], 25, True)
    assert sorted(sector.code for sector in expert.sectors.all()) == ["film", "music"]
    assert Role.EXPERT in type(person).objects.get(pk=person.pk).roles
    assert Message.objects.get(event="expert_accepted").address == person.email


def test_who_is_declined_reads_the_reason_and_may_offer_again(officer):
    person = factories.make_user()
    candidate = offer_to_read(person, by=officer)

    with pytest.raises(Refused) as refusal:
        candidates.answer_candidate(candidate, answer=CandidateAnswer.DECLINED, by=officer)
    candidates.answer_candidate(candidate, answer=CandidateAnswer.DECLINED, reason="Мало опыта", by=officer)
    again = offer_to_read(person, by=officer)

    assert refusal.value.code == "no_reason"
    assert Message.objects.get(event="expert_declined").context["reason"] == "Мало опыта"
    assert not Expert.objects.filter(user=person).exists()
    assert again.pk != candidate.pk


def test_what_is_lacking_is_listed_and_what_was_typed_is_kept(officer):
    person = factories.make_user()
    candidates.publish_questions(by=officer)
    candidate = candidates.save_candidature({"occupation": "Продюсер"}, by=person)

    with pytest.raises(Refused) as refusal:
        candidates.submit_candidature(candidate, by=person)

    assert refusal.value.code == "lacks"
    assert len(refusal.value.items) == 6
    assert candidate.answer_set.values() == {"occupation": "Продюсер"}


def test_only_staff_answer_and_nobody_their_own(officer):
    candidate = offer_to_read(officer, by=officer)

    with pytest.raises(NotAllowed):
        candidates.answer_candidate(candidate, answer=CandidateAnswer.ACCEPTED, by=officer)
    with pytest.raises(NotAllowed):
        candidates.answer_candidate(candidate, answer=CandidateAnswer.ACCEPTED, by=factories.make_user())
    with pytest.raises(NotAllowed):
        candidates.invite_expert(email="a@example.test", language="kk", by=factories.make_user())


def test_the_page_keeps_sends_and_then_says_that_it_was_sent(client, officer):
    candidates.publish_questions(by=officer)
    person = factories.make_user()
    page = reverse("grants:expert_become")
    stranger = client.get(page)
    client.force_login(person)
    typed = {f"q_{key}": "on" if value is True else value for key, value in ANSWERS.items()}

    kept = client.post(page, {"q_occupation": "Продюсер", "keep": "1"})
    lacking = client.post(page, {"q_occupation": "Продюсер", "send": "1"})
    sent = client.post(page, {**typed, "send": "1"})

    assert stranger.status_code == 200
    assert (kept.status_code, lacking.status_code, sent.status_code) == (302, 409, 302)
    assert ExpertCandidate.objects.get(user=person).submitted_at is not None
    assert "q_occupation" not in client.get(page).content.decode()


def test_an_invitation_opens_once_and_its_token_is_kept_nowhere(client, officer):
    candidates.publish_questions(by=officer)
    invitation = candidates.invite_expert(email="Guest@Example.test", language="ru", by=officer)
    path = Message.objects.get(event="expert_invited").context["path"]
    person = factories.make_user()

    client.get(path)
    client.force_login(person)
    session = client.session
    session["expert_invitation"] = invitation.token_sha256
    session.save()
    client.post(reverse("grants:expert_become"), {"q_occupation": "Продюсер", "keep": "1"})

    invitation.refresh_from_db()
    token = path.rstrip("/").rsplit("/", 1)[-1]
    assert invitation.email == "guest@example.test"
    assert invitation.used_by == person
    assert ExpertCandidate.objects.get().invitation == invitation
    assert token not in str(list(ExpertInvitation.objects.values()))


def test_an_invitation_that_was_taken_back_marks_nobody_and_sends_nothing(officer):
    candidates.publish_questions(by=officer)
    invitation = candidates.invite_expert(email="guest@example.test", language="ru", by=officer)

    candidates.take_back_expert_invitation(invitation, by=officer)
    candidate = candidates.save_candidature({}, by=factories.make_user(), token_sha256=invitation.token_sha256)

    assert candidate.invitation is None
    assert Message.objects.get(event="expert_invited").cancelled_at is not None


def test_without_published_questions_the_page_says_that_nobody_is_looked_for(client):
    person = factories.make_user()
    client.force_login(person)

    assert client.get(reverse("grants:expert_become")).status_code == 200
    with pytest.raises(Refused) as refusal:
        candidates.save_candidature({}, by=person)
    assert refusal.value.code == "closed"


def test_staff_invite_publish_and_answer_on_their_pages(client, officer):
    client.force_login(officer)
    page = reverse("admin:grants_expertcandidate_invitations")

    client.post(page, {"verb": "publish"})
    client.post(page, {"verb": "invite", "email": "guest@example.test", "language": "kk"})
    candidate = offer_to_read(factories.make_user(), by=officer)
    answers = reverse("admin:grants_expertcandidate_change", args=[candidate.pk])
    shown = client.get(answers).content.decode()
    client.post(answers, {"answer": "accepted"})

    assert ExpertInvitation.objects.count() == 1
    assert client.get(page).status_code == 200
    assert "Десять сериалов" in shown
    assert Expert.objects.filter(user=candidate.user).exists()
    assert client.get(reverse("admin:grants_expertcandidate_changelist")).status_code == 200


# --- acts of work done ----------------------------------------------------------------------------


def test_an_act_is_made_when_the_reviews_are_in_and_says_how_many(client, application, officer):
    assignment = factories.assign(application)
    expert, call = assignment.expert, application.call
    with pytest.raises(Refused) as refusal:
        work_acts.make_work_act(expert, call, by=officer)
    factories.review(assignment)

    act = work_acts.make_work_act(expert, call, by=officer)
    again = work_acts.make_work_act(expert, call, by=officer)

    client.force_login(expert.user)
    address = reverse("grants:work_act_pdf", args=[act.public_id])
    pdf = b"".join(client.get(address))
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert refusal.value.code == "open"
    assert act == again
    assert act.reviews == 1
    assert act.number in words
    assert str(call.title_kk) in words
    assert str(call.title_ru) in words
    assert Message.objects.get(event="work_act").context["count"] == 1
    assert act.number in client.get(reverse("grants:work_act_list")).content.decode()
    client.force_login(factories.make_expert().user)
    assert client.get(address).status_code == 404


def test_an_act_never_changes(application, officer):
    assignment = factories.review(factories.assign(application))
    work_acts.make_work_act(assignment.expert, application.call, by=officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        WorkAct.objects.update(reviews=9)


def test_the_page_of_acts_makes_them(client, application, officer):
    assignment = factories.review(factories.assign(application))
    client.force_login(officer)
    page = reverse("admin:grants_workact_call", args=[application.call.public_id])

    before = client.get(page).content.decode()
    client.post(page, {"expert": assignment.expert_id})

    assert str(assignment.expert) in before
    assert WorkAct.objects.get().expert == assignment.expert


# --- translations by staff ------------------------------------------------------------------------


def test_a_translation_stands_beside_the_original_and_is_marked(client, application, officer):
    assignment = factories.assign(application)
    reviews.declare_no_conflict(assignment, by=assignment.expert.user)
    original = application.summary

    made = translations.translate(
        application, {"summary": "Игра на казахском", "answer:problem": "Игр мало"}, language="ru", by=officer
    )

    client.force_login(assignment.expert.user)
    page = client.get(reverse("grants:review_edit", args=[assignment.public_id])).content.decode()
    application.refresh_from_db()
    assert made == 2
    assert application.summary == original
    assert original in page
    assert "Игра на казахском" in page
    assert "Игр мало" in page
    assert page.count(gettext("Translation by staff, not the applicant's own words")) == 2


def test_a_correction_is_a_new_row_and_an_empty_text_takes_it_away(application, officer):
    translations.translate(application, {"summary": "Игра"}, language="ru", by=officer)
    same = translations.translate(application, {"summary": "Игра"}, language="ru", by=officer)
    translations.translate(application, {"summary": "Игры"}, language="ru", by=officer)
    translations.translate(application, {"summary": ""}, language="ru", by=officer)

    assert same == 0
    assert StaffTranslation.objects.count() == 2
    assert not StaffTranslation.objects.live().exists()


def test_parts_that_are_not_there_and_strangers_are_refused(application, officer):
    with pytest.raises(Refused) as refusal:
        translations.translate(application, {"answer:nothing": "x"}, language="ru", by=officer)
    with pytest.raises(NotAllowed):
        translations.translate(application, {"summary": "x"}, language="ru", by=factories.make_user())

    assert refusal.value.code == "unknown"


def test_the_page_of_a_translation_saves_and_says_the_language(client, application, officer):
    client.force_login(officer)
    page = reverse("admin:grants_stafftranslation_application", args=[application.public_id])

    client.post(f"{page}?language=ru", {"text-summary": "Игра"})
    client.post(page, {"verb": "language", "written_in": "en"})

    application.refresh_from_db()
    assert StaffTranslation.objects.live().get().text == "Игра"
    assert application.written_in == "en"
    assert client.get(f"{page}?language=ru").content.decode().count("Игра") == 1
