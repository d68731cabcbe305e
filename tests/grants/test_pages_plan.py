"""The pages of the plan and of the budget: cards without JavaScript, bad input beside its field, what others read."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from core.identifiers import control_digit
from grants.actions import corrections, plan
from grants.actions.submission import submit_application
from grants.models import BudgetLine, Call, Milestone
from grants.queries.completeness import gaps
from tests import factories

pytestmark = pytest.mark.django_db
NEW = "23456789abcdef"


@pytest.fixture
def draft():
    return factories.make_draft(call=factories.make_planned_call(), amount=4_000_000)


@pytest.fixture
def client(draft):
    client = Client(headers={"accept-language": "ru"})
    client.force_login(draft.created_by)
    return client


def page(draft, name="budget") -> str:
    return reverse(f"grants:application_{name}", args=[draft.public_id])


def line_post(line, **typed) -> dict[str, str]:
    """What the browser sends of one line as it stands, with what was typed otherwise."""
    name = f"line_{line.public_id}"
    inputs = {
        "category": line.category.key,
        "item": line.item,
        "quantity": "1",
        "unit_price": str(line.unit_price),
        "has_vat": "on",
        "grant_amount": str(line.grant_amount),
        "own_amount": str(line.own_amount),
        "supplier_identifier": line.supplier_identifier,
    }
    sent = {f"{name}-{key}": value for key, value in {**inputs, **typed}.items()}
    return {"line": [line.public_id], f"rev_{name}": str(line.rev), **sent}


def milestone_post(row, **typed) -> dict[str, str]:
    name = f"milestone_{row.public_id}"
    inputs = {"title": row.title, "due_on": row.due_on.isoformat(), "proof": row.proof}
    sent = {f"{name}-{key}": value for key, value in {**inputs, **typed}.items()}
    return {"milestone": [row.public_id], f"rev_{name}": str(row.rev), **sent}


def errors_of(response, number: int = 0) -> list[str]:
    return list(response.context["cards"].cards[number].errors)


@pytest.mark.parametrize("name", ["budget", "plan"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_pages_stand_in_three_languages(client, draft, name, language):
    response = client.get(f"/{language}/applications/{draft.public_id}/edit/{name}/")

    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()


def test_a_call_that_asks_for_neither_has_no_such_pages():
    draft = factories.make_draft()
    client = Client()
    client.force_login(draft.created_by)

    found = [client.get(page(draft, name)).status_code for name in ("budget", "plan")]
    sections = client.get(reverse("grants:application_edit", args=[draft.public_id])).context["sections"]
    keys = [part.key for part in sections]

    assert found == [404, 404]
    assert keys == ["project", "questions-0", "documents"]


def test_plan_and_budget_stand_between_the_questions_and_the_documents(client, draft):
    sections = client.get(reverse("grants:application_edit", args=[draft.public_id])).context["sections"]

    assert [part.key for part in sections] == ["project", "questions-0", "plan", "budget", "documents"]


@pytest.mark.parametrize(("name", "queries"), [("budget", 10), ("plan", 9)])
def test_a_page_of_cards_costs_the_same_with_one_and_with_three(
    client, draft, django_assert_num_queries, name, queries
):
    rows = draft.budget_lines if name == "budget" else draft.milestones
    for row in rows.all()[1:]:
        row.delete()

    with django_assert_num_queries(queries):
        client.get(page(draft, name))
    for _n in range(2):
        add = plan.add_line if name == "budget" else plan.add_milestone
        add(draft, by=draft.created_by)
    with django_assert_num_queries(queries):
        client.get(page(draft, name))


def test_a_save_without_javascript_keeps_the_cards_and_goes_on(client, draft):
    first, second = draft.budget_lines.all()
    sent = line_post(first, item="Камера")
    other = line_post(second, item="Аренда")
    sent = {**sent, **other, "line": [first.public_id, second.public_id]}

    response = client.post(page(draft), sent)

    assert (response.status_code, response.url.endswith("/edit/documents/")) == (302, True)
    assert [line.item for line in draft.budget_lines.all()] == ["Камера", "Аренда"]


def test_lines_are_added_moved_and_removed_by_buttons(client, draft):
    first, second = draft.budget_lines.all()

    client.post(page(draft), {**line_post(first, item="Камера"), "then": "add"})
    added = draft.budget_lines.count()
    client.post(page(draft), {"then": f"up:{second.public_id}"})
    client.post(page(draft), {"then": f"remove:{first.public_id}"})

    left = list(draft.budget_lines.all())
    assert (added, left[0], len(left)) == (3, second, 2)
    assert BudgetLine.objects.filter(item="Камера").count() == 0


def test_an_untouched_new_card_is_not_saved_and_a_typed_one_is(client, draft):
    draft.budget_lines.all().delete()
    blank = {"line": [NEW], f"rev_line_{NEW}": "0", f"line_{NEW}-has_vat": "on"}

    client.post(page(draft), blank)
    before = draft.budget_lines.count()
    client.post(page(draft), {**blank, f"line_{NEW}-item": "Камера", f"line_{NEW}-grant_amount": "1 500 000,50 ₸"})

    line = draft.budget_lines.get()
    assert before == 0
    assert (line.public_id, line.item, line.grant_amount) == (NEW, "Камера", Decimal("1500000.50"))


BAD = [
    ("quantity", "две"),
    ("quantity", "-1"),
    ("quantity", "0"),
    ("quantity", "1e3"),
    ("quantity", "0,001"),
    ("quantity", "123456789"),
    ("quantity", "٣"),
    ("unit_price", "дорого"),
    ("unit_price", "-5"),
    ("unit_price", "1234567890123"),
    ("unit_price", "1.001"),
    ("unit_price", "1_000"),
    ("unit_price", "NaN"),
    ("unit_price", "0x10"),
    ("grant_amount", "-1"),
    ("grant_amount", "9999999999999"),
    ("grant_amount", "1,000,000"),
    ("own_amount", "-0,01"),
    ("own_amount", "Infinity"),
    ("own_amount", "５00"),
    ("supplier_identifier", "12345"),
    ("supplier_identifier", "2504400000010"),
    ("supplier_identifier", "250440000019"),
    ("supplier_identifier", "000000000000"),
    ("supplier_identifier", "двенадцать12"),
    ("category", "yacht"),
    ("item", "я" * 201),
]


@pytest.mark.parametrize(("name", "typed"), BAD)
def test_bad_input_is_answered_beside_its_field_and_loses_nothing(client, draft, name, typed):
    line = draft.budget_lines.first()
    changed = {"item": "Новое название", name: typed}

    response = client.post(page(draft), line_post(line, **changed))

    card = response.context["cards"].cards[0]
    kept = BudgetLine.objects.get(pk=line.pk)
    assert (response.status_code, errors_of(response)) == (200, [name])
    assert card[name].value() == typed
    assert kept.item == (line.item if name == "item" else "Новое название")  # what was right is kept
    assert getattr(kept, name) == getattr(line, name) or name == "item"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("due_on", "31.02.2027"),
        ("due_on", "скоро"),
        ("due_on", "2020-01-01"),
        ("due_on", "20270-01-01"),
        ("due_on", "2090-01-01"),
        ("title", "я" * 201),
        ("proof", "я" * 201),
    ],
)
def test_a_bad_milestone_is_answered_beside_its_field(client, draft, name, typed):
    row = draft.milestones.first()

    response = client.post(page(draft, "plan"), milestone_post(row, **{name: typed}))

    assert (response.status_code, errors_of(response)) == (200, [name])
    assert response.context["cards"].cards[0][name].value() == typed


def test_a_day_may_be_typed_as_people_write_it(client, draft):
    row = draft.milestones.first()
    day = draft.call.closes_at.date() + timedelta(days=100)

    client.post(page(draft, "plan"), milestone_post(row, due_on=f"{day:%d.%m.%Y}"))

    assert Milestone.objects.get(pk=row.pk).due_on == day


def test_an_iin_in_the_place_of_a_bin_is_kept_with_a_hint(client, draft):
    line = draft.budget_lines.first()
    iin = f"85010130012{control_digit('85010130012')}"
    client.post(page(draft), line_post(line, supplier_identifier=iin))

    text = client.get(page(draft)).content.decode()
    line.refresh_from_db()

    assert line.supplier_identifier == iin
    assert "ledger__hint" in text


def test_sums_that_do_not_meet_are_kept_and_said(client, draft):
    line = draft.budget_lines.first()
    response = client.post(page(draft), line_post(line, grant_amount="1", own_amount="1"))

    read = client.get(page(draft))

    assert response.status_code == 302
    assert read.context["budget"].rows[0].warning != ""
    assert read.context["budget"].grant_apart != ""
    assert [gap.section for gap in gaps(draft)] == ["budget"] * 3


def test_two_devices_on_one_card_both_versions_are_shown_and_a_second_press_decides(client, draft):
    line = draft.budget_lines.first()
    mine = line_post(line, item="Моя камера")
    plan.save_line(draft, line.public_id, {"item": "Камера коллеги"}, rev=line.rev, by=draft.created_by)

    first = client.post(page(draft), mine)
    text = first.content.decode()
    rev = first.context["cards"].cards[0].rev
    again = client.post(page(draft), {**mine, f"rev_line_{line.public_id}": str(rev)})

    line.refresh_from_db()
    assert (first.status_code, "Моя камера" in text, "Камера коллеги" in text) == (200, True, True)
    assert (again.status_code, line.item) == (302, "Моя камера")


def test_an_expired_session_loses_no_card(client, draft):
    line = draft.budget_lines.first()
    person = draft.created_by
    client.logout()

    client.post(page(draft), line_post(line, item="Набрано до входа"))
    client.force_login(person)
    restored = client.get(page(draft))

    assert restored.context["cards"].cards[0]["item"].value() == "Набрано до входа"


def test_after_closing_nothing_is_saved_and_nothing_typed_is_lost(client, draft):
    line = draft.budget_lines.first()
    Call.objects.filter(pk=draft.call_id).update(closes_at=draft.call.opens_at + timedelta(minutes=1))

    response = client.post(page(draft), line_post(line, item="Позднее"))

    line.refresh_from_db()
    assert (response.status_code, response.context["refused"].code) == (409, "closed")
    assert "Позднее" in response.content.decode()
    assert line.item.startswith("Шығын")


def test_a_card_of_another_application_is_refused(client, draft):
    other = factories.make_draft(call=draft.call).budget_lines.first()

    response = client.post(page(draft), line_post(other, item="Чужое"))

    other.refresh_from_db()
    assert (response.status_code, other.item.startswith("Шығын")) == (409, True)


@pytest.mark.parametrize("rev", ["-1", "х", "9" * 40, "", "1.5"])
def test_a_revision_that_is_none_is_the_oldest_one(client, draft, rev):
    line = draft.budget_lines.first()

    response = client.post(page(draft), {**line_post(line, item="Другое"), f"rev_line_{line.public_id}": rev})

    line.refresh_from_db()
    assert (response.status_code, line.item.startswith("Шығын")) == (200, True)


def test_html_in_a_card_is_shown_escaped(client, draft):
    hostile = '<img src=x onerror="alert(1)">'
    line, row = draft.budget_lines.first(), draft.milestones.first()
    client.post(page(draft), line_post(line, item=hostile))
    client.post(page(draft, "plan"), milestone_post(row, title=hostile, proof=hostile))

    names = ["application_budget", "application_plan", "application_check", "application_detail"]
    texts = [client.get(reverse(f"grants:{name}", args=[draft.public_id])).content.decode() for name in names]

    assert ["<img src=x" in text for text in texts] == [False] * 4
    assert ["&lt;img src=x" in text for text in texts] == [True] * 4


# --- who else reads it ----------------------------------------------------------------------------


@pytest.fixture
def sent(draft):
    factories.make_user(roles=["officer"])
    submit_application(draft, agreed={"declaration"}, by=draft.created_by)
    draft.refresh_from_db()
    return draft


def test_an_officer_reads_both_in_the_dossier_with_totals_and_suppliers(sent):
    officer = Client()
    officer.force_login(factories.make_staff("officer"))

    text = officer.get(reverse("admin:grants_application_change", args=[sent.pk])).content.decode()

    supplier = sent.budget_lines.first().supplier_identifier
    assert [word in text for word in ("Шығын materials", "Кезең 1", supplier)] == [True, True, True]


def test_an_expert_reads_both_without_suppliers(sent):
    factories.find_eligible(sent)
    assignment = factories.assign(sent)
    client = Client()
    client.force_login(assignment.expert.user)
    client.post(reverse("grants:review_declare", args=[assignment.public_id]), {"no_conflict": "on"})

    text = client.get(reverse("grants:review_edit", args=[assignment.public_id])).content.decode()

    supplier = sent.budget_lines.first().supplier_identifier
    assert [word in text for word in ("Шығын materials", "Кезең 1", supplier)] == [True, True, False]


def returned(sent, *names):
    texts = {"reason_kk": "Нақтылаңыз.", "reason_ru": "Уточните."}
    return corrections.open_correction(sent, fields=list(names), **texts, by=sent.officer)


def test_a_correction_of_the_budget_leads_to_its_page_and_back(sent):
    returned(sent, "budget")
    client = Client()
    client.force_login(sent.created_by)
    line = sent.budget_lines.first()
    correction = reverse("grants:correction_edit", args=[sent.public_id])

    shown = client.get(correction).content.decode()
    saved = client.post(page(sent), line_post(line, item="После возврата"))
    other = client.get(page(sent, "plan"))

    line.refresh_from_db()
    assert page(sent) in shown
    assert (saved.url, line.item) == (correction, "После возврата")
    assert other.url == reverse("grants:application_detail", args=[sent.public_id])


def test_the_officer_sees_what_a_correction_of_the_budget_changed(sent):
    returned(sent, "budget")
    plan.save_line(sent, sent.budget_lines.first().public_id, {"item": "Жаңа атау"}, rev=1, by=sent.created_by)
    corrections.answer_correction(sent, by=sent.created_by)
    officer = Client()
    officer.force_login(factories.make_staff("officer"))

    text = officer.get(reverse("admin:grants_application_change", args=[sent.pk])).content.decode()

    assert ("<del>" in text, "Шығын materials" in text, "Жаңа атау" in text) == (True, True, True)


def test_staff_set_tiers_and_categories_on_the_call(client):
    officer = Client()
    officer.force_login(factories.make_staff("officer"))
    call = factories.make_draft_call()

    text = officer.get(reverse("admin:grants_call_change", args=[call.pk])).content.decode()

    inputs = ("tiers-TOTAL_FORMS", "budget_categories-TOTAL_FORMS", "asks_budget", "vat_percent", "milestones_min")
    assert [f'name="{name}"' in text for name in inputs] == [True] * len(inputs)
