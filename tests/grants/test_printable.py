"""All questions on one page, and the invented sample."""

import json

import pytest

from grants.actions.call_defaults import fill_with_usual
from grants.models import BudgetCategory, Call
from grants.queries.before import questions_in
from grants.queries.sample import FILE, sample_of
from questionnaires.actions.usual import add_usual_questionnaire
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
LANGUAGES = ("kk", "ru", "en")
SAMPLES = json.loads(FILE.read_text(encoding="utf-8"))["samples"]
QUESTIONS = FILE.parents[2] / "questionnaires" / "data"


def page(client, call, name: str, language: str = "ru"):
    return client.get(f"/{language}/calls/{call.public_id}/{name}/")


@pytest.fixture
def usual_call():
    """A call with the shipped questions, documents, tiers, budget categories and statements."""
    officer = factories.make_user(roles=["officer"])
    call = factories.make_draft_call(questionnaire=add_usual_questionnaire(by=officer))
    call.requirements.all().delete()
    call.criteria.all().delete()
    return factories.publish(fill_with_usual(call, by=officer))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_of_the_pinned_version_stands_on_one_page(client, usual_call, language):
    text = page(client, usual_call, "questions", language).content.decode()

    content = questions_in(usual_call.questionnaire_version.content)
    labels = [q["label"][language] for q in content if q["from_tier"] != "l"]  # the call gives five million at most
    assert [label for label in labels if label.replace("«", "&laquo;") not in text and label not in text] == []


def test_the_page_names_categories_with_their_share_milestones_and_documents_by_their_time(client, usual_call):
    text = page(client, usual_call, "questions", "en").content.decode()

    assert "at most 70 % of the grant" in text
    assert "From 3 to 8 steps" in text
    assert text.index("Documents with the application") < text.index("Documents of winners alone")
    assert "asked for more than KZT" in text


def test_the_sample_says_on_each_part_that_it_is_invented(client, usual_call):
    text = page(client, usual_call, "sample", "en").content.decode()

    parts = text.count('<section class="section"')
    assert (text.count("Invented example") - 1, "no such person, firm or project exists" in text) == (parts, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_answers_every_required_question_in_each_language(client, usual_call, language):
    shown = page(client, usual_call, "sample", language).context["sections"]

    content = questions_in(usual_call.questionnaire_version.content)
    required = [q["label"][language] for q in content if q["is_required"] and q["from_tier"] != "l"]
    answers = {q.label: q.answer for section in shown for q in section.questions}
    assert [label for label in required if not answers[label]] == []


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_each_sample_answers_what_is_required_keeps_the_limits_and_names_no_other_question(code):
    shipped = {json.loads(file.read_text(encoding="utf-8"))["code"]: file for file in QUESTIONS.glob("*.json")}
    questions = {q["key"]: q for q in questions_in(json.loads(shipped[code].read_text(encoding="utf-8")))}
    answers = SAMPLES[code]["answers"]

    unknown = set(answers) - set(questions)
    lacking = [k for k, q in questions.items() if q["is_required"] and not q.get("shown_if") and k not in answers]
    texts = {k: v for k, v in answers.items() if isinstance(v, dict) and set(LANGUAGES) <= set(v)}
    limited = [(k, v, questions[k]["limit"]) for k, v in texts.items() if questions[k]["kind"].endswith("_text")]
    too_long = [(k, lang) for k, v, limit in limited for lang in LANGUAGES if limit and len(v[lang]) > limit]
    assert (unknown, lacking, too_long) == (set(), [], [])


def test_every_shipped_set_of_questions_has_its_sample():
    codes = [json.loads(file.read_text(encoding="utf-8"))["code"] for file in QUESTIONS.glob("*.json")]

    assert sorted(codes) == sorted(SAMPLES)


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_each_samples_budget_adds_up_to_what_it_asks_for(code):
    sample = SAMPLES[code]

    cost = sum(line["quantity"] * line["price"] for line in sample["budget"])
    own = sum(line["own"] for line in sample["budget"])
    assert [cost - own, own] == [fact["money"] for fact in sample["facts"][-2:]]


def test_the_sample_keeps_the_shares_of_the_categories(usual_call):
    sample = SAMPLES["grant-application"]

    shares = dict(BudgetCategory.objects.exclude(max_percent=None).values_list("title_en", "max_percent"))
    grant = {
        name: sum(b["quantity"] * b["price"] - b["own"] for b in sample["budget"] if b["category"]["en"] == name)
        for name in shares
    }
    asked = sample["facts"][-2]["money"]
    assert [name for name in shares if grant[name] * 100 > shares[name] * asked] == []


def test_a_call_with_other_questions_has_no_sample(client):
    call = factories.make_call()

    assert page(client, call, "sample").status_code == 404
    assert page(client, call, "questions").context["has_sample"] is False


def test_a_draft_shows_what_is_known_and_leads_to_the_sample(client, usual_call):
    owner = factories.make_user()
    organisation = factories.make_organisation(owner)
    client.force_login(owner)
    started = client.post(f"/ru/calls/{usual_call.public_id}/apply/")

    text = client.get(started.url).content.decode()

    assert organisation.identifier in text
    assert organisation.head_name in text
    assert f"/ru/account/organisations/{organisation.public_id}/" in text
    assert f"/ru/calls/{usual_call.public_id}/sample/" in text


@pytest.mark.parametrize("lines", [1, 3])
def test_the_printable_page_costs_four_queries_however_much_is_asked(client, django_assert_num_queries, lines):
    call = factories.make_call()
    Call.objects.filter(pk=call.pk).update(asks_budget=True)
    for n in range(lines):
        BudgetCategory.objects.create(call=call, key=f"k{n}", title_kk="К", title_ru="К")
    page(client, call, "questions")

    with django_assert_num_queries(4):
        page(client, call, "questions")


def test_the_sample_reads_in_the_readers_language():
    from django.utils.translation import override

    with override("en"):
        english = sample_of("grant-application").organisation
    with override("kk"):
        kazakh = sample_of("grant-application").organisation

    assert (english.lang, kazakh.lang) == ("en", "kk")


def test_what_is_asked_beyond_the_largest_amount_is_not_on_the_page(client, usual_call):
    questions = questions_in(usual_call.questionnaire_version.content)
    beyond = [q["label"]["en"] for q in questions if q["from_tier"] == "l"]

    text = page(client, usual_call, "questions", "en").content.decode()

    assert len(beyond) > 0
    assert [label for label in beyond if label in text] == []
