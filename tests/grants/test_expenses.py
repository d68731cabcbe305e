"""Receipts: they land as they come, count once they are confirmed, and the same one is known again in any grant."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.statuses import MembershipRole
from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from grants.actions import expenses
from grants.models import Award, Expense
from grants.queries.spending import receipts_of, spending_of
from grants.statuses import AwardStatus, ProofKind
from tests import factories
from tests.grants.receipts import award_in_force, link, said
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def award() -> Award:
    return award_in_force()


@pytest.fixture
def owner(award):
    return award.application.created_by


@pytest.fixture
def line(award):
    return award.lines.first()


def test_a_link_proposes_day_and_sum_and_counts_nothing_before_it_is_confirmed(award, owner):
    expense = expenses.add_link(award, link(), by=owner)

    assert (expense.spent_on, expense.amount, expense.number) == (date(2026, 5, 1), Decimal("12500.00"), "1234567890")
    assert (expense.confirmed_at, expense.line, expense.is_repeated) == (None, None, False)
    assert spending_of(award).spent == 0


def test_what_is_confirmed_counts_on_its_line(award, owner, line):
    expense = expenses.add_link(award, link(), by=owner)

    expenses.confirm_expense(expense, said(line), by=owner)

    first, second, _third = spending_of(award).lines
    assert (first.spent, first.count, second.spent) == (Decimal(12_500), 1, Decimal(0))
    assert first.left == first.planned - Decimal(12_500)


def test_a_confirmed_receipt_may_be_corrected_and_taken_back(award, owner, line):
    expense = expenses.add_link(award, link(), by=owner)
    expenses.confirm_expense(expense, said(line), by=owner)

    expenses.confirm_expense(expense, said(line, 9_000), by=owner)
    corrected = spending_of(award).spent
    expenses.withdraw_expense(expense, by=owner)

    assert (corrected, spending_of(award).spent) == (Decimal(9_000), 0)


def test_the_line_of_the_same_cash_register_is_proposed_next_time(award, owner, line):
    expenses.confirm_expense(expenses.add_link(award, link(1111111111), by=owner), said(line), by=owner)

    again = expenses.add_link(award, link(2222222222), by=owner)
    elsewhere = expenses.add_link(award, link(3333333333, register="999999999999"), by=owner)

    assert (again.line, elsewhere.line) == (line, None)


def test_the_only_line_of_a_plan_is_proposed_at_once():
    award = award_in_force(lines=1)

    expense = expenses.add_typed(award, by=award.application.created_by)

    assert expense.line == award.lines.get()


@pytest.mark.parametrize("is_own", [True, False], ids=["the same grant", "another grant"])
def test_the_same_link_twice_is_flagged_in_any_grant(award, owner, is_own):
    expenses.add_link(award, link(), by=owner)
    other = award if is_own else award_in_force()

    copy = link().replace("https", "http").replace("&s=12500.00", "&s=12500")
    again = expenses.add_link(other, copy, by=other.application.created_by)

    assert again.is_repeated


def test_the_same_file_twice_is_flagged(award, owner):
    expenses.add_expenses(award, files=[factories.pdf()], by=owner)

    (again,) = expenses.add_expenses(award, files=[factories.pdf("басқа.pdf")], by=owner)

    assert again.is_repeated


def test_a_paper_is_known_again_by_seller_number_and_day(award, owner, line):
    paper = {"seller_identifier": factories.make_bin(7), "number": "15-А", "proof": ProofKind.FISCAL}
    first, second = (expenses.add_link(award, link(sign), by=owner) for sign in (1111111111, 2222222222))
    expenses.confirm_expense(first, said(line, **paper), by=owner)

    confirmed = expenses.confirm_expense(second, said(line, **{**paper, "number": "15-а "}), by=owner)

    assert (confirmed.is_repeated, first.is_repeated) == (True, False)


def test_what_was_taken_back_flags_nobody(award, owner):
    expenses.withdraw_expense(expenses.add_link(award, link(), by=owner), by=owner)

    assert not expenses.add_link(award, link(), by=owner).is_repeated


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"spent_on": "tomorrow"}, "spent_on"),
        ({"amount": Decimal(0)}, "amount"),
        ({"proof": ProofKind.PAYROLL}, "proof"),
        ({"seller_identifier": "123456789012"}, "seller_identifier"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(award, owner, line, change, code):
    expense = expenses.add_link(award, link(), by=owner)
    if change.get("spent_on") == "tomorrow":
        change = {"spent_on": clock.today() + timedelta(days=1)}

    with pytest.raises(Refused) as refusal:
        expenses.confirm_expense(expense, said(line, **change), by=owner)

    assert refusal.value.code == code


def test_a_line_of_another_grant_is_refused(award, owner):
    expense = expenses.add_link(award, link(), by=owner)

    with pytest.raises(Refused) as refusal:
        expenses.confirm_expense(expense, said(award_in_force().lines.first()), by=owner)

    assert refusal.value.code == "line"


def test_a_typed_receipt_needs_its_paper(award, owner, line):
    expense = expenses.add_typed(award, by=owner)
    with pytest.raises(Refused) as refusal:
        expenses.confirm_expense(expense, said(line), by=owner)

    expenses.add_paper(expense, factories.pdf(), by=owner)
    confirmed = expenses.confirm_expense(expense, said(line), by=owner)

    assert refusal.value.code == "document"
    assert confirmed.confirmed_at is not None


def test_an_invoice_is_asked_for_where_a_fiscal_receipt_is_not_enough(award, owner):
    _camera, studio, _wages = award.lines.all()
    expense = expenses.add_link(award, link(), by=owner)

    with pytest.raises(Refused) as refusal:
        expenses.confirm_expense(expense, said(studio), by=owner)

    assert refusal.value.code == "proof"


def test_an_unknown_link_is_refused_in_words_and_leaves_nothing(award, owner):
    with pytest.raises(Refused) as refusal:
        expenses.add_link(award, "https://example.com/?s=100&t=20260501T101500", by=owner)

    assert (refusal.value.code, Expense.objects.count()) == ("unknown_link", 0)


@pytest.mark.parametrize("role", [MembershipRole.VIEWER, None], ids=["viewer", "stranger"])
def test_only_who_writes_for_the_organisation_adds_receipts(award, role):
    person = factories.make_user()
    if role:
        factories.add_member(award.application.organisation, person, role)

    with pytest.raises(NotAllowed):
        expenses.add_link(award, link(), by=person)


@pytest.mark.parametrize("status", [AwardStatus.OFFERED, AwardStatus.TERMINATED])
def test_before_the_contract_and_after_its_end_nothing_is_added(award, owner, status):
    Award.objects.filter(pk=award.pk).update(status=status)

    with pytest.raises(Refused) as refusal:
        expenses.add_link(award, link(), by=owner)

    assert refusal.value.code == "wrong_state"


def test_the_trail_holds_neither_seller_nor_link(award, owner, line):
    expenses.confirm_expense(expenses.add_link(award, link(), by=owner), said(line, seller="Құпия дүкен"), by=owner)

    trail = " ".join(str(event.data) for event in AuditEvent.objects.filter(verb__startswith="expense."))

    assert trail != ""
    assert [word for word in ("Құпия", "oofd", "1234567890") if word in trail] == []


def test_the_inbox_comes_before_what_counts(award, owner, line):
    counted = expenses.confirm_expense(expenses.add_link(award, link(), by=owner), said(line), by=owner)
    waiting = expenses.add_typed(award, by=owner)

    rows = receipts_of(award, spending_of(award))

    assert [row.expense for row in rows] == [waiting, counted]
    assert [row.item for row in rows] == ["", "Камера"]


def test_the_database_confirms_no_receipt_that_is_not_whole(award, owner):
    expense = expenses.add_typed(award, by=owner)

    with pytest.raises(IntegrityError), transaction.atomic():
        Expense.objects.filter(pk=expense.pk).update(confirmed_at=clock.now(), confirmed_by=owner)
