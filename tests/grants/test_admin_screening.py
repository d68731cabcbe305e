"""The dossier and its steps, through the admin's own doors."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from core.models import AuditEvent
from grants.actions import applications, corrections, screening
from grants.models import Correction, ReasonPhrase
from grants.statuses import ApplicationStatus, CheckKind, CheckResult, ReasonKind
from tests import factories as make
from tests.shared import shared

pytestmark = pytest.mark.django_db
ROUTINE = 3  # session, person with roles, second factor


def page(application) -> str:
    return reverse("admin:grants_application_change", args=[application.pk])


def step(application, verb: str) -> str:
    return reverse(f"admin:grants_application_{verb}", args=[application.pk])


def signed_in(client: Client, person):
    client.force_login(person)
    return person


@shared
def an_officer():
    return make.make_staff("officer")


@pytest.fixture
def officer(client, an_officer):
    return signed_in(client, an_officer)


@shared
def submitted():
    return make.application_at("submitted")


def test_take_the_next_opens_the_oldest_of_ones_own_then_of_nobody(client, officer, submitted):
    screening.assign_officer(submitted, officer, by=officer)

    answer = client.post(reverse("admin:grants_application_next"))

    assert answer.url == page(submitted)


def test_take_the_next_says_so_when_nothing_waits(client, officer):
    answer = client.post(reverse("admin:grants_application_next"), follow=True)

    assert answer.redirect_chain == [(reverse("admin:index"), 302)]
    assert [str(m) for m in answer.context["messages"]] != []


def test_what_one_proposed_oneself_does_not_come_back_as_the_next(client, officer, submitted):
    screening.assign_officer(submitted, officer, by=officer)
    screening.propose_ineligible(submitted, reason_kk="Жоқ.", reason_ru="Нет.", by=officer)

    answer = client.post(reverse("admin:grants_application_next"))

    assert answer.url == reverse("admin:index")


def test_an_answered_correction_waits_for_screening_although_an_earlier_one_ran_out(officer, submitted, at):
    for _round in range(2):
        corrections.open_correction(submitted, fields=["title"], reason_kk="Атауы.", reason_ru="Название.", by=officer)
        kept = Correction.objects.filter(application=submitted).latest("pk")
        if _round == 0:
            Correction.objects.filter(pk=kept.pk).update(expired_at=kept.due_at)
    applications.edit_application(submitted, facts={"title": "Жаңа атау"}, by=submitted.created_by)
    corrections.answer_correction(submitted, by=submitted.created_by)

    waiting = list(type(submitted).objects.awaiting_screening())

    assert waiting == [submitted]


def test_the_officers_path_from_checks_to_eligible(client, officer, submitted):
    for kind in (CheckKind.DOCUMENTS, CheckKind.SUBSTANCE, CheckKind.TAX_DEBT):
        answer = client.post(step(submitted, "check"), {"kind": kind, "result": CheckResult.PASSED, "evidence": ""})
        assert answer.url == f"{page(submitted)}#check-{kind}"

    client.post(step(submitted, "find_eligible"))

    submitted.refresh_from_db()
    assert submitted.status == ApplicationStatus.ELIGIBLE


def test_a_refusal_stands_in_the_dossier_in_words(client, officer, submitted):
    answer = client.post(step(submitted, "find_eligible"))

    submitted.refresh_from_db()
    assert answer.status_code == 409
    assert str(CheckKind.TAX_DEBT.label) in answer.content.decode()
    assert submitted.status == ApplicationStatus.SUBMITTED


def test_overruling_the_portal_needs_words_and_keeps_the_place(client, officer, submitted):
    answer = client.post(
        step(submitted, "check"), {"kind": CheckKind.SECTOR, "result": CheckResult.FAILED, "evidence": ""}
    )

    assert answer.status_code == 409
    assert f'id="error-{CheckKind.SECTOR}"' in answer.content.decode()


def test_a_return_names_fields_and_puts_phrases_into_both_languages(client, officer, submitted):
    phrase = ReasonPhrase.objects.filter(kind=ReasonKind.CORRECTION).first()

    client.post(
        step(submitted, "open_correction"),
        {
            "correction-fields": ["title", "q_problem", "doc_deck"],
            "correction-phrases": [phrase.pk],
            "correction-more_kk": "Атауын қысқартыңыз.",
            "correction-more_ru": "Сократите название.",
        },
    )

    made = Correction.objects.get()
    assert made.fields == ["title", "q_problem", "doc_deck"]
    assert made.reason_kk == f"{phrase.text_kk}\nАтауын қысқартыңыз."
    assert made.reason_ru == f"{phrase.text_ru}\nСократите название."


@pytest.mark.parametrize(
    "typed",
    [
        {"correction-fields": ["title"], "correction-more_ru": "Только по-русски"},
        {"correction-more_kk": "Қазақша", "correction-more_ru": "Только по-русски"},
        {"correction-fields": ["invented"], "correction-more_kk": "Қ", "correction-more_ru": "Только по-русски"},
    ],
    ids=["one language", "no field", "a field that is not asked"],
)
def test_a_bad_return_keeps_what_was_typed(client, officer, submitted, typed):
    answer = client.post(step(submitted, "open_correction"), typed)

    assert Correction.objects.count() == 0
    assert "Только по-русски" in answer.content.decode()


def test_only_what_a_correction_changed_is_marked(client, officer, submitted):
    corrections.open_correction(
        submitted, fields=["title", "summary"], reason_kk="Атауы.", reason_ru="Название.", by=officer
    )
    applications.edit_application(submitted, facts={"title": "Жаңа атау"}, by=submitted.created_by)
    corrections.answer_correction(submitted, by=submitted.created_by)

    dossier = client.get(page(submitted)).context["dossier"]

    marked = {
        line.field: line.before for _title, lines in dossier.sections for line in lines if line.before is not None
    }
    assert marked == {"title": "Ойын студиясы"}
    assert [(a.before, a.after, a.is_changed) for a in dossier.corrections[0].answers] == [
        ("Ойын студиясы", "Жаңа атау", True),
        ("Қазақ тіліндегі ойын", "Қазақ тіліндегі ойын", False),
    ]


def test_not_eligible_takes_two_officers(client, officer, submitted):
    phrase = ReasonPhrase.objects.filter(kind=ReasonKind.INELIGIBLE).first()
    client.post(step(submitted, "propose_ineligible"), {"proposal-phrases": [phrase.pk]})
    own = client.post(step(submitted, "confirm_ineligible"))
    second = signed_in(client, make.make_staff("officer"))

    client.post(step(submitted, "confirm_ineligible"))

    submitted.refresh_from_db()
    assert own.status_code == 403
    assert submitted.status == ApplicationStatus.INELIGIBLE
    assert submitted.ineligibility_proposals.get().confirmed_by == second


def test_a_second_officer_may_turn_a_proposal_down(client, officer, submitted):
    other = make.make_staff("officer")
    screening.propose_ineligible(submitted, reason_kk="Жоқ.", reason_ru="Нет.", by=other)

    client.post(step(submitted, "turn_down_proposal"))

    assert submitted.ineligibility_proposals.get().turned_down_by == officer


def test_an_officer_is_named_from_the_active_officers_only(client, officer, submitted):
    secretary = make.make_staff("secretary")

    answer = client.post(step(submitted, "assign_officer"), {"officer": secretary.pk})
    client.post(step(submitted, "assign_officer"), {"officer": officer.pk})

    submitted.refresh_from_db()
    assert answer.status_code == 200
    assert submitted.officer == officer


@pytest.mark.parametrize("role", ["secretary", "commission", "auditor"])
def test_who_does_not_screen_reads_without_buttons_and_cannot_post(client, submitted, role):
    signed_in(client, make.make_staff(role))

    read = client.get(page(submitted))
    acted = client.post(step(submitted, "find_eligible"))

    assert read.status_code == 200
    assert step(submitted, "find_eligible") not in read.content.decode()
    assert acted.status_code == 403


def test_the_dossier_itself_takes_no_post(client, officer, submitted):
    answer = client.post(page(submitted), {"status": "awarded", "amount_requested": "1"})

    submitted.refresh_from_db()
    assert answer.status_code == 403
    assert submitted.status == ApplicationStatus.SUBMITTED


def test_what_an_applicant_types_is_escaped(client, officer):
    nasty = "<script>alert(1)</script>"
    draft = make.make_draft()
    applications.edit_application(draft, facts={"title": nasty}, answers={"problem": nasty}, by=draft.created_by)
    applications.submit_application(draft, agreed={"declaration"}, by=draft.created_by)

    for address in (page(draft), reverse("admin:grants_application_changelist"), reverse("admin:index")):
        text = client.get(address).content.decode()
        assert nasty not in text
        assert escape(nasty) in text


def test_documents_are_shown_in_place_to_those_who_may_see_the_application(client, officer, submitted):
    row = submitted.documents.get()
    address = reverse("admin:grants_application_document", args=[submitted.pk, row.public_id])
    stranger = Client()
    stranger.force_login(make.make_staff("finance"))

    shown, hidden = client.get(address), stranger.get(address)

    assert f'src="{address}"' in client.get(page(submitted)).content.decode()
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert hidden.status_code == 404


def test_a_document_of_another_application_is_not_reached_through_this_one(client, officer, submitted):
    other = make.application_at("submitted")
    address = reverse("admin:grants_application_document", args=[submitted.pk, other.documents.get().public_id])

    answer = client.get(address)

    assert answer.status_code == 404


def test_what_was_sent_is_downloaded_byte_for_byte(client, officer, submitted):
    answer = client.get(reverse("admin:grants_application_snapshot", args=[submitted.pk, 1]))

    content = json.loads(b"".join(answer.streaming_content))
    assert content["facts"]["title"] == submitted.title


def test_an_iin_is_whole_for_officers_and_hidden_from_others(client, officer):
    owner = make.make_user()
    make.make_organisation(owner, kind="ip", identifier="900101300017")
    application = make.application_at("submitted", owner=owner)
    commission = Client()
    commission.force_login(make.make_staff("commission"))

    whole, short = client.get(page(application)), commission.get(page(application))

    assert "900101300017" in whole.content.decode()
    assert "900101300017" not in short.content.decode()


def test_history_tells_every_step_of_the_trail(client, officer, submitted):
    screening.assign_officer(submitted, officer, by=officer)

    dossier = client.get(page(submitted)).context["dossier"]

    verbs = AuditEvent.objects.filter(object_id=submitted.public_id).values_list("verb", flat=True)
    assert len(dossier.history) == len(verbs)
    assert (dossier.history[0].detail, dossier.history[0].person) == (str(officer), officer)


@shared
def in_status(status):
    return make.application_at(status)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("status", ["submitted", "eligible", "ineligible", "awarded", "withdrawn"])
def test_a_dossier_renders_in_each_status_and_language(client, officer, in_status, status, language):
    client.cookies["django_language"] = language

    answer = client.get(page(in_status))

    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()


def test_a_dossier_costs_the_same_however_much_it_holds(client, officer, submitted, django_assert_num_queries):
    client.get(page(submitted))
    with django_assert_num_queries(ROUTINE + 12):
        client.get(page(submitted))
    for number in range(3):
        corrections.open_correction(submitted, fields=["title"], reason_kk="Атауы.", reason_ru="Название.", by=officer)
        applications.edit_application(submitted, facts={"title": f"Атау {number}"}, by=submitted.created_by)
        corrections.answer_correction(submitted, by=submitted.created_by)

    with django_assert_num_queries(ROUTINE + 12):
        client.get(page(submitted))


def test_a_scored_dossier_stays_within_twenty_queries(client, officer, django_assert_max_num_queries):
    application = make.application_at("awarded")

    with django_assert_max_num_queries(20):
        answer = client.get(page(application))

    assert answer.context["dossier"].panel.done == 2


def test_an_expired_session_gives_back_what_was_typed_and_does_nothing(client, submitted):
    officer = make.make_staff("officer")
    address = step(submitted, "propose_ineligible")
    client.post(address, {"proposal-more_kk": "Сектор.", "proposal-more_ru": "Не тот сектор."})
    client.force_login(officer)

    answer = client.get(address)

    assert "Не тот сектор." in answer.content.decode()
    assert submitted.ineligibility_proposals.count() == 0


def test_the_commission_is_offered_no_download_of_what_holds_an_identifier(client, submitted):
    signed_in(client, make.make_staff("commission"))
    address = reverse("admin:grants_application_snapshot", args=[submitted.pk, 1])

    answer = client.get(page(submitted))

    assert address not in answer.content.decode()
    assert client.get(address).status_code == 404
