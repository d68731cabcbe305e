"""Programmes, years, calls, phrases and questions: prepared in the admin, published by a button, frozen afterwards."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from core import clock
from grants.actions.call_defaults import usual
from grants.models import Call, Criterion, ProgrammeYear, ReasonPhrase
from grants.statuses import CallStatus, ReasonKind
from questionnaires.actions.publish import publish_questionnaire
from questionnaires.models import Question, Questionnaire
from tests import factories as make
from tests.shared import shared

pytestmark = pytest.mark.django_db
PAGES = {
    "grants_programme": {"officer", "secretary", "commission", "finance", "auditor", "administrator"},
    "grants_programmeyear": {"officer", "secretary", "commission", "finance", "auditor", "administrator"},
    "grants_call": {"officer", "secretary", "auditor", "administrator"},
    "grants_reasonphrase": {"officer", "secretary", "auditor", "administrator"},
    "questionnaires_questionnaire": {"officer", "secretary", "auditor", "administrator"},
    "questionnaires_section": {"officer", "secretary", "auditor", "administrator"},
}
ROLES = ["officer", "secretary", "commission", "finance", "analyst", "manager", "auditor", "administrator"]


@shared
def an_officer():
    return make.make_staff("officer")


@pytest.fixture
def officer(client, an_officer):
    client.force_login(an_officer)
    return an_officer


def call_page(call: Call, verb: str = "change") -> str:
    return reverse(f"admin:grants_call_{verb}", args=[call.pk])


def said(answer) -> list[str]:
    return [m.level_tag for m in answer.context["messages"]]


@shared
def reader(role):
    return make.make_staff(role)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", PAGES)
def test_whose_page_it_is(client, reader, page, role):
    client.force_login(reader)

    answer = client.get(reverse(f"admin:{page}_changelist"))

    assert answer.status_code == (200 if role in PAGES[page] else 403)


@shared
def published() -> Call:
    return make.make_call()


@shared
def draft() -> Call:
    return make.make_draft_call()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_renders_for_a_draft_and_a_published_call(client, officer, published, draft, language):
    client.cookies["django_language"] = language
    section = draft.questionnaire.sections.get()
    addresses = [
        call_page(published),
        call_page(draft),
        reverse("admin:grants_call_add"),
        reverse("admin:grants_programme_change", args=[draft.programme_year.programme_id]),
        reverse("admin:grants_programmeyear_change", args=[draft.programme_year_id]),
        reverse("admin:grants_reasonphrase_change", args=[ReasonPhrase.objects.first().pk]),
        reverse("admin:questionnaires_questionnaire_change", args=[published.questionnaire_id]),
        reverse("admin:questionnaires_section_change", args=[section.pk]),
    ]

    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


class Fields(HTMLParser):
    """What a browser would send back of a page's inputs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.typed: dict[str, list[str]] = {}
        self.area = self.choice = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        name, value = a.get("name", ""), a.get("value") or ""
        if tag == "input" and name and a.get("type") != "submit":
            if a.get("type") not in ("checkbox", "radio") or "checked" in a:
                self.typed.setdefault(name, []).append(value or ("on" if a.get("type") == "checkbox" else ""))
        elif tag == "textarea":
            self.area = name
            self.typed[name] = [""]
        elif tag == "select":
            self.choice = name
        elif tag == "option" and "selected" in a:
            self.typed[self.choice] = [value]

    def handle_data(self, data):
        if self.area:
            self.typed[self.area][0] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = ""


def form_of(client, address: str) -> dict[str, list[str]]:
    """The filled-in form of a page."""
    return Fields(client.get(address).content.decode()).typed


def test_a_budget_is_typed_and_what_is_committed_is_not(client, officer):
    year = make.make_year()
    address = reverse("admin:grants_programmeyear_change", args=[year.pk])

    client.post(
        address, {"budget": "600 000 000", "target_projects": "120", "committed": "5", "source": "", "source_url": ""}
    )

    year.refresh_from_db()
    assert (year.budget, year.committed, year.target_projects) == (600_000_000, 0, 120)


def test_a_budget_below_what_is_committed_is_refused_in_words(client, officer):
    make.application_at("awarded")
    year = ProgrammeYear.objects.get()
    address = reverse("admin:grants_programmeyear_change", args=[year.pk])

    answer = client.post(address, {"budget": "1", "target_projects": "100", "source": "", "source_url": ""})

    assert list(answer.context["adminform"].form.errors) == ["budget"]


def test_a_call_is_filled_published_and_then_frozen(client, officer):
    call = make.make_draft_call()
    call.criteria.all().delete()
    call.requirements.all().delete()

    client.post(call_page(call, "fill"))
    client.post(call_page(call, "propose_publishing"))
    alone = client.post(call_page(call, "publish"), follow=True)
    client.force_login(make.make_staff("officer"))
    client.post(call_page(call, "publish"))

    call.refresh_from_db()
    assert said(alone)[-1] == "error"
    assert [c.weight for c in call.criteria.all()] == [20, 20, 20, 15, 10, 10, 5]
    assert call.status == CallStatus.PUBLISHED
    assert call.rules_versions.get().content["tie_breaks"][0] == "effect"
    assert client.post(call_page(call), {"title_ru": "Другое"}).status_code == 403
    assert 'name="title_ru"' not in client.get(call_page(call)).content.decode()


def test_usual_criteria_say_what_each_score_means_in_three_languages():
    criteria = usual()["criteria"]

    assert sum(c["weight"] for c in criteria) == 100
    assert {len(c["levels"]) for c in criteria} == {6}
    assert all(text for c in criteria for level in c["levels"].values() for text in level.values())


def test_publishing_an_unready_call_says_why_and_changes_nothing(client, officer):
    call = make.make_draft_call()
    Criterion.objects.filter(call=call, key="team").delete()

    answer = client.post(call_page(call, "publish"), follow=True)

    call.refresh_from_db()
    assert said(answer) == ["error"]
    assert call.status == CallStatus.DRAFT


def test_filling_keeps_the_lists_that_a_call_has_and_adds_the_others(client, officer):
    call = make.make_draft_call()

    first = client.post(call_page(call, "fill"), follow=True)
    again = client.post(call_page(call, "fill"), follow=True)

    assert (said(first), said(again)) == (["success"], ["error"])
    assert call.criteria.count() == 3
    assert (call.tiers.count(), call.budget_categories.count(), call.statements.count()) == (3, 7, 10)


def test_an_officer_proposes_with_the_reason_and_an_administrator_cancels(client, officer):
    call = make.make_call()
    reasons = {"reason_kk": "Мерзім өзгерді.", "reason_ru": "Срок изменился."}
    silent = client.post(call_page(call, "propose_cancelling"), {**reasons, "reason_ru": " "}, follow=True)
    client.post(call_page(call, "propose_cancelling"), reasons)
    refused = client.post(call_page(call, "cancel"), follow=True)
    client.force_login(make.make_staff("administrator"))

    client.post(call_page(call, "cancel"))

    call.refresh_from_db()
    assert (said(refused)[-1], said(silent)) == ("error", ["error"])
    assert (call.status, call.cancelled_reason_kk) == (CallStatus.CANCELLED, "Мерзім өзгерді.")


def test_buttons_of_a_call_take_no_get(client, officer):
    call = make.make_draft_call()

    assert client.get(call_page(call, "publish")).status_code == 405


def test_a_secretary_reads_a_draft_and_changes_nothing(client):
    call = make.make_draft_call()
    client.force_login(make.make_staff("secretary"))

    read = client.get(call_page(call))
    published = client.post(call_page(call, "publish"), follow=True)

    call.refresh_from_db()
    assert read.status_code == 200
    assert said(published) == ["error"]
    assert (client.post(call_page(call), {}).status_code, call.status) == (403, CallStatus.DRAFT)


def test_dates_and_amounts_in_disorder_are_refused_beside_their_fields(client, officer):
    call = make.make_draft_call()
    typed = form_of(client, call_page(call))
    typed |= {
        "closes_at_0": f"{clock.now() - timedelta(days=9):%d.%m.%Y}",
        "max_amount": "1",
        "own_share_percent": "100",
    }

    answer = client.post(call_page(call), typed)

    assert set(answer.context["adminform"].form.errors) == {"closes_at", "max_amount", "own_share_percent"}


def test_the_texts_of_a_draft_are_saved_with_six_lines_for_the_scores(client, officer):
    call = make.make_draft_call()
    typed = form_of(client, call_page(call))
    lines = "\n".join(f"{n} балл" for n in range(6))
    typed |= {"title_ru": "Новое название", "criteria-0-levels_kk": lines, "criteria-0-levels_ru": lines}

    answer = client.post(call_page(call), typed)

    call.refresh_from_db()
    assert answer.status_code == 302
    assert call.title_ru == "Новое название"
    assert call.criteria.first().levels["5"] == {"kk": "5 балл", "ru": "5 балл", "en": ""}


def test_five_lines_for_six_scores_are_refused(client, officer):
    call = make.make_draft_call()
    typed = form_of(client, call_page(call))
    typed |= {"criteria-0-levels_kk": "1\n2\n3\n4\n5", "criteria-0-levels_ru": "1\n2\n3\n4\n5\n6"}

    answer = client.post(call_page(call), typed)

    assert answer.status_code == 200
    assert list(answer.context["inline_admin_formsets"][0].formset.errors[0]) == ["levels_kk"]


def test_phrases_exist_in_both_languages_from_the_first_day():
    kinds = {kind: ReasonPhrase.objects.filter(kind=kind).count() for kind in ReasonKind.values}

    assert min(kinds.values()) >= 1
    assert not ReasonPhrase.objects.filter(text_kk="").exists()
    assert not ReasonPhrase.objects.filter(text_ru="").exists()


def test_the_usual_questions_are_made_once_and_can_be_published(client, officer):
    address = reverse("admin:questionnaires_questionnaire_usual")

    client.post(address)
    again = client.post(address, follow=True)

    questionnaire = Questionnaire.objects.get()
    assert said(again) == ["success", "error"]
    assert publish_questionnaire(questionnaire, by=officer).number == 1


def test_choices_are_typed_as_lines(client, officer):
    questionnaire = make.make_questionnaire()
    question = Question.objects.get(section=questionnaire.sections.get(), key="problem")
    address = reverse("admin:questionnaires_question_change", args=[question.pk])
    typed = form_of(client, address) | {"kind": "single_choice", "choices": "yes | Иә | Да\nno | Жоқ | Нет | No"}

    client.post(address, typed)

    question.refresh_from_db()
    assert question.choices == [
        {"value": "yes", "kk": "Иә", "ru": "Да", "en": ""},
        {"value": "no", "kk": "Жоқ", "ru": "Нет", "en": "No"},
    ]


@pytest.mark.parametrize("choices", ["", "только одно"])
def test_a_choice_without_right_choices_is_refused(client, officer, choices):
    questionnaire = make.make_questionnaire()
    question = questionnaire.sections.get().questions.first()
    address = reverse("admin:questionnaires_question_change", args=[question.pk])
    typed = form_of(client, address) | {"kind": "single_choice", "choices": choices}

    answer = client.post(address, typed)

    assert list(answer.context["adminform"].form.errors) == ["choices"]


def test_editing_questions_after_publishing_leaves_the_call_as_it_was(client, officer):
    call = make.make_call()
    before = call.questionnaire_version.content
    Question.objects.filter(section__questionnaire=call.questionnaire).update(label_ru="Другой вопрос")

    call.refresh_from_db()

    assert call.questionnaire_version.content == before


def test_mended_questions_are_published_with_a_public_reason(client, officer):
    call = make.make_call()
    Question.objects.filter(section__questionnaire=call.questionnaire).update(label_ru="Исправленный вопрос")

    silent = client.post(call_page(call, "fix"), {"reason_kk": "Қате түзетілді."}, follow=True)
    said_why = {"reason_kk": "Қате түзетілді.", "reason_ru": "Исправлена ошибка."}
    done = client.post(call_page(call, "fix"), said_why, follow=True)

    call.refresh_from_db()
    assert (said(silent), said(done)) == (["error"], ["success"])
    assert call.questionnaire_version.number == 2
    assert call.rules_versions.latest("number").reason_ru == "Исправлена ошибка."


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_with_one_row_and_with_three(client, officer, django_assert_num_queries, rows):
    for _ in range(rows):
        make.make_draft_call()
    addresses = {"admin:grants_call_changelist": 7, "admin:questionnaires_questionnaire_changelist": 5}

    for name, count in addresses.items():
        with django_assert_num_queries(count):
            client.get(reverse(name))
