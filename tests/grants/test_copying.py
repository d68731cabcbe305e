"""A new draft begins from an earlier application of the same organisation."""

import pytest

from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from documents.models import VaultEntry
from grants.actions.applications import edit_application
from grants.actions.copying import start_from
from grants.models import Application, BudgetCategory, BudgetLine, Milestone
from questionnaires.actions.answers import save_answers
from questionnaires.models import Question
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def changed_questions(**changes):
    """A questionnaire like the factory's whose question `jobs` differs."""
    questionnaire = factories.make_questionnaire()
    Question.objects.filter(section__questionnaire=questionnaire, key="jobs").update(**changes)
    return questionnaire


def test_facts_and_answers_of_the_same_key_and_kind_are_copied():
    earlier = factories.application_at("submitted")
    call = factories.make_call(earlier.call.programme_year)

    copied = start_from(earlier, call, by=earlier.created_by)

    new = Application.objects.get(pk=copied.application.pk)
    assert (new.title, new.amount_requested, new.copied_from) == (earlier.title, earlier.amount_requested, earlier)
    assert new.answer_set.values() == earlier.answer_set.values()
    assert (new.number, copied.left_out) == (None, [])


@pytest.mark.parametrize("changes", [{"kind": "short_text"}, {"key": "workplaces"}, {"limit": 3}])
def test_an_answer_that_does_not_fit_is_listed_and_not_copied(changes):
    earlier = factories.application_at("submitted")
    call = factories.make_call(earlier.call.programme_year, questionnaire=changed_questions(**changes))

    copied = start_from(earlier, call, by=earlier.created_by)

    assert copied.left_out == ["Неше жұмыс орны ашылады?"]
    assert set(copied.application.answer_set.values()) == {"problem"}


def test_a_sum_outside_the_new_limits_is_listed():
    earlier = factories.application_at("submitted")
    call = factories.make_call(earlier.call.programme_year, max_amount=1_000_000)

    copied = start_from(earlier, call, by=earlier.created_by)

    assert (copied.application.amount_requested, len(copied.left_out)) == (None, 1)


def test_budget_lines_find_their_category_and_milestones_lose_their_day():
    earlier = factories.application_at("submitted")
    old = BudgetCategory.objects.create(call=earlier.call, key="rent", title_kk="Ж", title_ru="А")
    gone = BudgetCategory.objects.create(call=earlier.call, key="old", title_kk="Е", title_ru="С")
    for n, category in enumerate([old, gone]):
        BudgetLine.objects.create(application=earlier, category=category, item=f"item {n}", quantity=2, unit_price=500)
    Milestone.objects.create(application=earlier, title="step", due_on="2026-12-01", proof="paper")
    call = factories.make_call(earlier.call.programme_year)
    call.asks_budget = call.asks_milestones = True
    new = BudgetCategory.objects.create(call=call, key="rent", title_kk="Ж", title_ru="А")

    application = start_from(earlier, call, by=earlier.created_by).application

    lines = [(line.category, line.item, line.quantity, line.unit_price) for line in application.budget_lines.all()]
    steps = [(step.title, step.due_on, step.proof) for step in application.milestones.all()]
    assert lines == [(new, "item 0", 2, 500), (None, "item 1", 2, 500)]
    assert steps == [("step", None, "paper")]


def test_documents_are_offered_through_the_vault_once():
    earlier = factories.application_at("submitted")
    calls = [factories.make_call(earlier.call.programme_year) for _n in range(2)]

    first, _second = [start_from(earlier, call, by=earlier.created_by).application for call in calls]

    kept = list(VaultEntry.objects.values_list("organisation", "kind", "document"))
    assert kept == [(earlier.organisation_id, "deck", earlier.documents.get().document_id)]
    assert first.documents.count() == 0


def test_a_stranger_and_a_viewer_copy_nothing():
    earlier = factories.application_at("submitted")
    call = factories.make_call(earlier.call.programme_year)
    viewer = factories.make_user()
    factories.add_member(earlier.organisation, viewer, "viewer")

    for person in (factories.make_user(), viewer):
        with pytest.raises(NotAllowed):
            start_from(earlier, call, by=person)
    assert call.applications.count() == 0


def test_a_closed_call_takes_no_copy():
    earlier = factories.application_at("declined")

    with pytest.raises(Refused) as refused:
        start_from(earlier, factories.make_draft_call(earlier.call.programme_year), by=earlier.created_by)

    assert refused.value.code == "closed"


def test_a_live_draft_is_gone_on_with_and_not_overwritten():
    earlier = factories.application_at("submitted")
    call = factories.make_call(earlier.call.programme_year)
    draft = factories.applications.start_application(call, earlier.organisation, by=earlier.created_by)
    edit_application(draft, facts={"title": "Моё"}, by=earlier.created_by)

    copied = start_from(earlier, call, by=earlier.created_by)

    copied.application.refresh_from_db()
    assert (copied.application.pk, copied.application.title) == (draft.pk, "Моё")


def test_the_page_asks_whether_to_begin_from_the_earlier_one(client):
    earlier = factories.application_at("submitted")
    call = factories.make_call(earlier.call.programme_year)
    client.force_login(earlier.created_by)
    address = f"/ru/calls/{call.public_id}/apply/"

    asked = client.post(address)
    begun = client.post(address, {"begin_from": earlier.public_id})

    assert (asked.status_code, earlier.number in asked.content.decode(), begun.status_code) == (200, True, 302)
    assert [str(value) for value, _label in asked.context["begin"].fields["begin_from"].choices] == [
        "",
        earlier.public_id,
    ]
    assert call.applications.get().copied_from == earlier
    assert AuditEvent.objects.get(verb="application.copy").data == {
        "from": earlier.public_id,
        "lines": 0,
        "milestones": 0,
        "documents": 1,
    }


def test_an_empty_beginning_is_a_choice_too(client):
    earlier = factories.application_at("submitted")
    call = factories.make_call(earlier.call.programme_year)
    client.force_login(earlier.created_by)

    client.post(f"/ru/calls/{call.public_id}/apply/", {"begin_from": ""})

    assert (call.applications.get().copied_from, call.applications.get().title) == (None, "")


def test_another_organisations_application_is_no_choice(client):
    mine, other = factories.application_at("submitted"), factories.application_at("submitted")
    call = factories.make_call(mine.call.programme_year)
    client.force_login(mine.created_by)

    page = client.post(f"/ru/calls/{call.public_id}/apply/", {"begin_from": other.public_id})

    assert (page.status_code, list(page.context["begin"].errors), call.applications.count()) == (200, ["begin_from"], 0)


def test_what_did_not_fit_is_said_after_the_start(client):
    earlier = factories.application_at("submitted")
    call = factories.make_call(earlier.call.programme_year, questionnaire=changed_questions(key="workplaces"))
    save_answers(earlier.answer_set, {"jobs": 7})
    client.force_login(earlier.created_by)

    page = client.post(f"/ru/calls/{call.public_id}/apply/", {"begin_from": earlier.public_id}, follow=True)

    assert "Сколько рабочих мест появится?" in page.content.decode()
