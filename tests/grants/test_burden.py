"""How much a call asks, by size tier: the shipped grant call fits, and one that asks too much is not published."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from core.refusals import Refused
from grants.actions.call_defaults import fill_with_usual
from grants.formulas.burden import MOST, required_of
from grants.models import Call, Criterion
from grants.queries.burden import burden_of
from questionnaires.actions.usual import add_usual_questionnaire
from questionnaires.models import Question
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def officer():
    return factories.make_user(roles=["officer"])


@pytest.fixture
def shipped(officer) -> Call:
    """The grant call as staff make it: the usual questions, the usual lists."""
    call = factories.make_draft_call(
        questionnaire=add_usual_questionnaire(by=officer), max_amount=Decimal(9_000_000), min_amount=Decimal(500_000)
    )
    call.criteria.all().delete()
    call.requirements.all().delete()
    return fill_with_usual(call, by=officer)


def test_a_small_sum_is_asked_for_at_most_25_fields_and_4_documents(shipped):
    small, medium, large = burden_of(shipped)

    assert (small.tier, small.facts, small.questions, small.plan) == ("s", 6, 11, 6)
    assert small.fields <= 25
    assert small.documents <= 4
    assert [(row.fields, row.documents) for row in (small, medium, large)] == [(23, 1), (39, 2), (45, 2)]
    assert not any(row.is_too_much for row in (small, medium, large))


def test_the_shipped_call_is_published(shipped, officer):
    assert factories.publish(shipped).status == "published"


def test_a_call_that_asks_too_much_of_a_tier_is_refused_with_the_numbers(shipped, officer):
    Question.objects.filter(section__questionnaire=shipped.questionnaire).update(from_tier="s")

    with pytest.raises(Refused) as refusal:
        factories.publish(shipped)

    assert refusal.value.code == "burden"
    too_much = [row for row in burden_of(shipped) if row.is_too_much]
    assert [str(row.fields) in item for row, item in zip(too_much, refusal.value.items, strict=True)] == [True, True]
    shipped.refresh_from_db()
    assert shipped.status == "draft"


def test_everything_that_keeps_a_call_from_being_published_is_listed_at_once(shipped, officer):
    Question.objects.filter(key="solution").update(label_kk="")
    Question.objects.filter(key="city").update(key="iin")
    Criterion.objects.filter(call=shipped, key="idea").update(weight=19)

    with pytest.raises(Refused) as refusal:
        factories.publish(shipped)

    assert len(refusal.value.items) == 3
    assert "99" in refusal.value.items[0]
    assert "(solution)" in refusal.value.items[1]
    assert "(iin)" in refusal.value.items[2]


def test_a_table_counts_its_required_cells_and_a_file_as_a_document():
    column = {"key": "a", "kind": "short_text", "label": {}, "is_required": True}
    questions = [
        {"key": "t", "kind": "table", "is_required": True, "minimum": 2, "columns": [column, {**column, "key": "b"}]},
        {"key": "f", "kind": "file", "is_required": True, "minimum": 2},
        {"key": "c", "kind": "calculated", "is_required": True},
        {"key": "o", "kind": "number", "is_required": False},
        {"key": "m", "kind": "number", "is_required": True, "from_tier": "m"},
    ]

    assert [required_of(questions, tier) for tier in ("s", "m")] == [(4, 2), (5, 2)]


def test_larger_sums_may_be_asked_for_more():
    assert list(MOST) == ["s", "m", "l"]
    assert sorted(MOST.values()) == list(MOST.values())


def test_the_command_prints_each_tier_of_each_call(shipped):
    out = StringIO()

    call_command("burden", stdout=out)

    lines = out.getvalue().splitlines()
    assert lines[0].startswith(shipped.title_en)
    assert [line.split()[0] for line in lines[2:]] == ["s", "m", "l"]
    assert lines[2].split()[1:] == ["6", "11", "6", "23", "25", "1", "4"]
