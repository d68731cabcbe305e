"""Cards of a budget and a plan: saved alone, under a revision; tiers; what a published call must have in order."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from core import clock
from core.public_id import make_public_id
from core.refusals import NotAllowed, Overtaken, Refused
from grants.actions import call_defaults, corrections, plan
from grants.actions.submission import submit_application
from grants.models import BudgetLine, Call, Correction, Milestone, SizeTier
from grants.queries.budget import read_budget
from grants.queries.completeness import gaps
from grants.queries.plan import milestones_needed
from grants.queries.snapshot import snapshot
from grants.queries.tiers import tier_of
from questionnaires.statuses import Tier
from tests import factories

pytestmark = pytest.mark.django_db
NEW = "23456789abcdef"


@pytest.fixture
def draft():
    return factories.make_draft(call=factories.make_planned_call(), amount=4_000_000)


def line_of(draft, **values) -> BudgetLine:
    return plan.save_line(draft, make_public_id(), values, rev=0, by=draft.created_by)


# --- tiers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "tier"),
    [
        (None, Tier.S),
        (1, Tier.S),
        (2_000_000, Tier.S),
        ("2000000.01", Tier.M),
        (5_000_000, Tier.M),
        (5_000_001, Tier.L),
    ],
)
def test_the_tier_is_the_first_whose_bound_holds_the_amount(draft, amount, tier):
    draft.amount_requested = None if amount is None else Decimal(amount)

    assert tier_of(draft) == tier


def test_a_call_without_tiers_asks_everything():
    draft = factories.make_draft()

    assert tier_of(draft) == Tier.L


def test_prefetched_tiers_cost_no_query(draft, django_assert_num_queries):
    tier_of(draft)

    with django_assert_num_queries(0):
        tier_of(draft)


def test_the_small_tier_asks_for_one_milestone_and_no_prices(draft):
    call = draft.call

    assert (milestones_needed(call, Tier.S), milestones_needed(call, Tier.M)) == (1, 3)
    draft.amount_requested = Decimal(1_000_000)
    draft.budget_lines.update(quantity=None, unit_price=None, supplier_identifier="")
    assert [row.faults for row in read_budget(draft).rows] == [(), ()]
    draft.amount_requested = Decimal(4_000_000)
    assert {f.name for row in read_budget(draft).rows for f in row.faults} >= {"quantity", "unit_price"}


# --- saving ---------------------------------------------------------------------------------------


def test_a_complete_draft_of_a_call_that_asks_for_both_has_no_gaps(draft):
    assert gaps(draft) == []


def test_a_new_card_is_begun_by_an_id_of_the_browser(draft):
    line = plan.save_line(draft, NEW, {"item": "Камера"}, rev=0, by=draft.created_by)

    assert (line.public_id, line.item, line.rev, line.position) == (NEW, "Камера", 1, 3)


def test_the_same_card_twice_is_one_row_and_no_conflict(draft):
    for _time in range(2):
        line = plan.save_line(draft, NEW, {"item": "Камера"}, rev=0, by=draft.created_by)

    assert (line.rev, BudgetLine.objects.filter(public_id=NEW).count()) == (1, 1)


def test_a_stale_revision_gives_both_versions_and_overwrites_nothing(draft):
    line = line_of(draft, item="Камера")
    plan.save_line(draft, line.public_id, {"item": "Камера коллеги"}, rev=1, by=draft.created_by)

    with pytest.raises(Overtaken) as clash:
        plan.save_line(draft, line.public_id, {"item": "Моя камера"}, rev=1, by=draft.created_by)

    line.refresh_from_db()
    assert (clash.value.typed, clash.value.kept) == ({"item": "Моя камера"}, {"item": "Камера коллеги"})
    assert (clash.value.rev, line.rev, line.item) == (2, 2, "Камера коллеги")


def test_a_card_that_a_colleague_removed_is_a_conflict_and_not_a_silent_loss(draft):
    line = line_of(draft, item="Камера")
    plan.remove_line(draft, line.public_id, by=draft.created_by)

    with pytest.raises(Overtaken) as clash:
        plan.save_line(draft, line.public_id, {"item": "Моя камера"}, rev=1, by=draft.created_by)

    assert (clash.value.kept, clash.value.rev) == (None, 0)


@pytest.mark.parametrize("public_id", ["", "x", "А" * 14, "23456789abcde!", "2" * 15])
def test_an_id_that_is_no_id_is_refused(draft, public_id):
    with pytest.raises(Refused) as refused:
        plan.save_line(draft, public_id, {"item": "Камера"}, rev=0, by=draft.created_by)

    assert refused.value.code == "bad_card"


def test_a_card_of_another_application_cannot_be_written(draft):
    other = factories.make_draft(call=draft.call)
    line = other.budget_lines.first()

    with pytest.raises(Refused) as refused:
        plan.save_line(draft, line.public_id, {"item": "Чужая"}, rev=line.rev, by=draft.created_by)

    line.refresh_from_db()
    assert (refused.value.code, line.item.startswith("Шығын")) == ("bad_card", True)


def test_cards_move_up_and_go_away(draft):
    first, second = draft.budget_lines.all()

    plan.move_line(draft, second.public_id, by=draft.created_by)
    moved = [line.pk for line in draft.budget_lines.all()]
    plan.move_line(draft, second.public_id, by=draft.created_by)
    plan.remove_line(draft, first.public_id, by=draft.created_by)
    plan.remove_line(draft, first.public_id, by=draft.created_by)

    assert moved == [second.pk, first.pk]
    assert list(draft.budget_lines.all()) == [second]


def test_there_are_no_more_milestones_than_the_call_takes(draft):
    for _n in range(draft.call.milestones_max - 3):
        plan.add_milestone(draft, by=draft.created_by)

    with pytest.raises(Refused) as refused:
        plan.add_milestone(draft, by=draft.created_by)

    assert refused.value.code == "too_many"


def test_only_owners_and_editors_save_cards_and_only_in_time(draft, at):
    with pytest.raises(NotAllowed):
        plan.add_line(draft, by=factories.make_user())
    at(draft.call.closes_at + timedelta(seconds=1))
    with pytest.raises(Refused) as late:
        plan.add_line(draft, by=draft.created_by)

    assert late.value.code == "closed"


@pytest.mark.embedded
@pytest.mark.parametrize("change", ["quantity = 0", "unit_price = -1", "grant_amount = -1", "own_amount = -1"])
def test_raw_sql_cannot_make_a_negative_line(draft, change):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE grants_budgetline SET {change}")

    assert BudgetLine.objects.filter(grant_amount__lt=0).count() == 0


def test_a_budget_is_read_in_two_queries_whatever_the_number_of_lines(draft, django_assert_num_queries):
    tier = tier_of(draft)
    draft.budget_lines.all()[1].delete()

    with django_assert_num_queries(2):
        assert len(read_budget(draft, tier).rows) == 1
    for _n in range(2):
        plan.add_line(draft, by=draft.created_by)
    with django_assert_num_queries(2):
        assert len(read_budget(draft, tier).rows) == 3


def test_sums_that_do_not_meet_are_gaps_in_words(draft):
    equipment = draft.call.budget_categories.get(key="equipment")
    draft.budget_lines.update(category=equipment)
    draft.budget_lines.filter(position=1).update(grant_amount=Decimal(1_000_000))

    sentences = [gap.sentence for gap in gaps(draft) if gap.section == "budget"]

    assert len(sentences) == 3  # the line, the grant's part, the share of the category
    assert draft.budget_lines.first().grant_amount == Decimal(1_000_000)


def test_a_large_line_asks_for_its_supplier(draft):
    draft.budget_lines.update(supplier_identifier="")

    fields = [gap.field.rpartition("-")[2] for gap in gaps(draft)]

    assert fields == ["supplier_identifier", "supplier_identifier"]


def test_the_snapshot_holds_the_plan_and_every_amount_also_one_that_was_left_empty(draft):
    draft.budget_lines.filter(position=1).update(own_amount=None)

    content = snapshot(draft)

    assert content["budget"]["vat_percent"] == draft.call.vat_percent
    assert [line["own"] for line in content["budget"]["lines"]] == [Decimal(0), Decimal(1_000_000)]
    assert [step["title"] for step in content["milestones"]] == ["Кезең 1", "Кезең 2", "Кезең 3"]


def test_a_budget_that_does_not_meet_cannot_be_sent(draft):
    draft.budget_lines.first().delete()

    with pytest.raises(Refused) as refused:
        submit_application(draft, agreed={"declaration"}, by=draft.created_by)

    assert refused.value.code == "incomplete"


# --- corrections ----------------------------------------------------------------------------------


def returned(draft, *fields: str) -> Correction:
    factories.make_user(roles=["officer"])
    submit_application(draft, agreed={"declaration"}, by=draft.created_by)
    draft.refresh_from_db()
    texts = {"reason_kk": "Сметаны нақтылаңыз.", "reason_ru": "Уточните смету."}
    return corrections.open_correction(draft, fields=list(fields), **texts, by=draft.officer)


def test_a_correction_may_name_the_budget_and_opens_nothing_else(draft):
    correction = returned(draft, "budget")

    plan.save_line(draft, draft.budget_lines.first().public_id, {"item": "Жаңа"}, rev=1, by=draft.created_by)
    with pytest.raises(Refused) as refused:
        plan.add_milestone(draft, by=draft.created_by)
    corrections.answer_correction(draft, by=draft.created_by)

    correction.refresh_from_db()
    assert refused.value.code == "field_not_named"
    assert (correction.changed, len(correction.before["budget"])) == (["budget"], 2)


def test_a_correction_that_is_not_answered_puts_plan_and_budget_back_as_they_were_sent(draft, at):
    correction = returned(draft, "budget", "plan")
    sent = snapshot(draft)
    plan.save_line(draft, draft.budget_lines.first().public_id, {"item": "Жаңа"}, rev=1, by=draft.created_by)
    plan.add_line(draft, by=draft.created_by)
    plan.remove_milestone(draft, draft.milestones.first().public_id, by=draft.created_by)

    at(correction.due_at + timedelta(seconds=1))
    corrections.close_late_correction(correction.pk)

    assert snapshot(draft) == sent


# --- publishing -----------------------------------------------------------------------------------


@pytest.fixture
def unpublished():
    officer = factories.make_user(roles=["officer"])
    return call_defaults.fill_with_usual(factories.make_draft_call(), by=officer)


def test_the_rules_freeze_tiers_budget_milestones_and_statements(unpublished):
    content = factories.publish(unpublished).rules_versions.get().content

    assert [tier["code"] for tier in content["tiers"]] == ["s", "m", "l"]
    assert [c["key"] for c in content["budget"]["categories"]][:2] == ["equipment", "materials"]
    assert content["budget"]["vat_percent"] == unpublished.vat_percent
    assert (content["milestones"]["fewest"], content["milestones"]["most"]) == (3, 8)
    assert len(content["statements"]) == 10
    assert {d["key"]: d["stage"] for d in content["documents"]} == {"deck": "application"}


def empty_categories(call):
    call.budget_categories.all().delete()


def mix_tiers(call):
    call.tiers.filter(code="m").update(up_to=Decimal(1_000_000))


def unbound_first(call):
    call.tiers.filter(code="s").update(up_to=None)


def swap_codes(call):
    call.tiers.all().delete()
    SizeTier.objects.create(call=call, code="m", up_to=Decimal(1_000_000))
    SizeTier.objects.create(call=call, code="s", up_to=None)


def low_last(call):
    call.tiers.filter(code="l").delete()
    Call.objects.filter(pk=call.pk).update(max_amount=Decimal(6_000_000))


def low_limits(call):
    call.budget_categories.update(max_percent=10)


def no_milestones(call):
    Call.objects.filter(pk=call.pk).update(milestones_max=2)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (empty_categories, "no_categories"),
        (mix_tiers, "tiers"),
        (unbound_first, "tiers"),
        (swap_codes, "tiers"),
        (low_last, "tiers_too_low"),
        (low_limits, "categories_too_low"),
        (no_milestones, "milestones"),
    ],
)
def test_a_call_whose_terms_cannot_be_answered_is_not_published(unpublished, spoil, code):
    spoil(unpublished)

    with pytest.raises(Refused) as refused:
        factories.publish(unpublished)

    assert refused.value.code == code


@pytest.mark.parametrize(("day", "percent"), [("2025-12-31", 12), ("2026-01-01", 16)])
def test_a_new_call_takes_the_rate_of_vat_of_its_day(at, day, percent):
    at(clock.now().replace(year=int(day[:4]), month=int(day[5:7]), day=int(day[8:]), hour=7))

    assert Call().vat_percent == percent


def test_milestones_are_rows_of_their_application(draft):
    assert Milestone.objects.filter(application=draft).count() == 3
