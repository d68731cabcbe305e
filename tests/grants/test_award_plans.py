"""The plan of an award: proposed, cut in proportion, sent, returned, agreed, opened again."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from core.refusals import Refused
from grants.actions.award_plans import agree_plan, begin_plan, reopen_plan, return_plan, save_plan, send_plan
from grants.formulas.award_plans import recut, scaled
from grants.formulas.tranches import USUAL, shares_for, split
from grants.models import PlanLine, PlanVersion
from grants.queries.award_plans import plan_faults
from notifications.models import Message
from tests import factories
from tests import factories_awards as make
from tests.shared import shared

pytestmark = pytest.mark.django_db
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)
POSITIVE = st.decimals(min_value=1, max_value=10**9, places=2)


# --- formulas -------------------------------------------------------------------------------------


@given(total=POSITIVE, parts=st.lists(AMOUNTS, min_size=1, max_size=8))
def test_a_cut_always_sums_to_the_award(total, parts):
    found = recut(total, parts)

    assert sum(found) == total
    assert all(part >= 0 for part in found)


@given(total=st.integers(min_value=1000, max_value=10**9), percents=st.sampled_from([s for _up, s in USUAL]))
def test_tranches_are_whole_tenge_and_sum_to_the_award(total, percents):
    found = split(Decimal(total), percents)

    assert sum(found) == total
    assert all(part == part.to_integral_value() for part in found)


def test_a_cut_keeps_the_proportion_in_whole_tenge():
    found = recut(Decimal(1_000_000), [Decimal(900_000), Decimal(450_000), Decimal(150_000)])

    assert found == [Decimal(600_000), Decimal(300_000), Decimal(100_000)]


def test_own_money_is_cut_upwards_so_that_its_share_holds():
    assert scaled(Decimal(100_000), Decimal(1), Decimal(3)) == Decimal(33_334)
    assert scaled(Decimal(100_000), Decimal(3), Decimal(3)) == Decimal(100_000)


@pytest.mark.parametrize(
    ("amount", "shares"), [(2_000_000, (70, 30)), ("2000000.01", (50, 40, 10)), (9_000_000, (50, 40, 10))]
)
def test_the_scheme_follows_the_size_of_the_award(amount, shares):
    assert tuple(shares_for(Decimal(amount), USUAL)) == shares


# --- actions --------------------------------------------------------------------------------------


@shared
def award():
    """A million and a half of the two that were asked."""
    return make.accepted_award(amount=1_500_000)


@pytest.fixture
def officer():
    return factories.make_user(roles=["officer"])


def open_plan(award) -> PlanVersion:
    return PlanVersion.objects.open().get(award=award)


def typed(plan: PlanVersion, **changed) -> dict:
    """The plan as its page sends it, the first line changed."""
    lines = [
        {
            "id": row.line.public_id,
            "category": row.line.category,
            "item": row.item,
            "grant_amount": row.grant_amount,
            "own_amount": row.own_amount,
            "supplier_identifier": row.supplier_identifier,
        }
        for row in plan.lines.select_related("line__category")
    ]
    lines[0] |= changed
    steps = [
        {"id": row.milestone.public_id, "title": row.title, "due_on": row.due_on, "proof": row.proof}
        for row in plan.milestones.select_related("milestone")
    ]
    return {"lines": lines, "milestones": steps, "indicators": {"jobs_opened": {"baseline": 2, "promised": 5}}}


def code_of(action, *what, **how) -> str:
    with pytest.raises(Refused) as caught:
        action(*what, **how)
    return caught.value.code


def test_accepting_proposes_the_application_cut_in_proportion(award):
    plan = open_plan(award)

    assert [(row.grant_amount, row.own_amount) for row in plan.lines.all()] == [(750_000, 0), (750_000, 375_000)]
    assert plan.milestones.count() == award.application.milestones.count()
    assert award.indicators.count() == 6
    assert plan_faults(plan) == []


def test_beginning_twice_is_one_plan_and_only_for_who_writes(award):
    again = begin_plan(award, by=make.owner_of(award))

    assert again == open_plan(award)
    assert code_of(begin_plan, award, by=factories.make_user()) == "not_allowed"


def test_lines_move_appear_and_go_and_the_sum_is_asked_when_it_is_sent(award):
    plan, owner = open_plan(award), make.owner_of(award)
    page = typed(plan, grant_amount=Decimal(1_000_000))
    page["lines"].append({**page["lines"][0], "id": "", "item": "Жаңа шығын", "grant_amount": Decimal(400_000)})
    del page["lines"][1]

    save_plan(plan, **page, by=owner)

    faults = plan_faults(plan)
    assert [(row.item, row.grant_amount) for row in plan.lines.all()][1:] == [("Жаңа шығын", 400_000)]
    assert award.lines.count() == 2
    assert any("1 400 000" in fault.replace("\xa0", " ").replace(",", " ") for fault in faults)
    assert code_of(send_plan, plan, by=owner) == "faults"
    assert (award.indicators.get(indicator__key="jobs_opened").promised) == 5


def test_a_category_above_its_limit_and_own_money_below_its_share_are_said(award):
    plan, owner = open_plan(award), make.owner_of(award)
    page = typed(plan)
    wages = award.application.call.budget_categories.get(key="wages")
    page["lines"][0] |= {"category": wages}
    page["lines"][1] |= {"own_amount": Decimal(0)}

    save_plan(plan, **page, by=owner)

    assert len(plan_faults(plan)) == 2


def test_a_milestone_in_the_past_is_refused_when_it_is_sent(award, at):
    plan = open_plan(award)
    at(clock.now() + timedelta(days=400))

    assert code_of(send_plan, plan, by=make.owner_of(award)) == "faults"


def test_an_editor_writes_and_only_an_owner_sends(award):
    editor = factories.make_user()
    factories.add_member(award.application.organisation, editor, "editor")
    plan = open_plan(award)

    save_plan(plan, **typed(plan), by=editor)

    assert code_of(send_plan, plan, by=editor) == "not_an_owner"


def test_what_is_with_the_officer_is_not_written_until_it_comes_back(award, officer):
    plan, owner = open_plan(award), make.owner_of(award)
    send_plan(plan, by=owner)
    early = code_of(save_plan, plan, **typed(plan), by=owner)

    return_plan(plan, words_kk="Кестені нақтылаңыз.", words_ru="Уточните сроки.", by=officer)
    save_plan(plan, **typed(plan), by=owner)

    letter = Message.objects.get(event="plan_returned")
    assert early == "wrong_state"
    assert letter.context["words_kk"] == "Кестені нақтылаңыз."
    assert send_plan(plan, by=owner).sent_at is not None


def test_words_are_needed_in_both_languages_and_an_officer_alone_answers(award, officer):
    plan = send_plan(open_plan(award), by=make.owner_of(award))

    found = [
        code_of(return_plan, plan, words_kk="Өзгертіңіз", words_ru=" ", by=officer),
        code_of(agree_plan, plan, by=factories.make_user(roles=["finance"])),
        code_of(agree_plan, plan, by=make.owner_of(award)),
    ]

    assert found == ["no_words", "not_an_officer", "not_an_officer"]


def test_agreeing_freezes_plan_and_indicators(award, officer):
    plan = agree_plan(send_plan(open_plan(award), by=make.owner_of(award)), by=officer)

    assert award.indicators.filter(frozen_at=None).count() == 0
    assert Message.objects.filter(event="plan_agreed").count() == 1
    assert code_of(save_plan, plan, **typed(plan), by=make.owner_of(award)) == "wrong_state"


@pytest.mark.embedded
def test_the_database_keeps_an_agreed_plan(award, officer):
    plan = agree_plan(send_plan(open_plan(award), by=make.owner_of(award)), by=officer)
    changes = [
        lambda: PlanLine.objects.filter(plan=plan).update(grant_amount=1),
        lambda: PlanLine.objects.filter(plan=plan).delete(),
        lambda: plan.milestones.update(title="Басқа"),
        lambda: award.indicators.update(promised=99),
        lambda: PlanVersion.objects.filter(pk=plan.pk).update(agreed_at=None, agreed_by=None),
    ]
    refused = 0
    for change in changes:
        try:
            with transaction.atomic():
                change()
        except DatabaseError:
            refused += 1

    assert refused == len(changes)


def test_an_agreed_plan_with_a_mistake_goes_back_as_a_new_version(award, officer):
    first = agree_plan(send_plan(open_plan(award), by=make.owner_of(award)), by=officer)

    second = reopen_plan(award, words_kk="Қате бар.", words_ru="Есть ошибка.", by=officer)

    same = [[(row.line_id, row.grant_amount) for row in plan.lines.all()] for plan in (first, second)]
    assert (second.number, second.sent_at, same[0]) == (2, None, same[1])
    assert code_of(reopen_plan, award, words_kk="а", words_ru="б", by=officer) == "wrong_state"
