"""Money of the fund: what an action refuses in words, and what no SQL gets past."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from funds.actions.ledger import paid_of, post_disbursement, reverse_entry
from funds.actions.portfolio import add_project, record_investment
from funds.models import Fund, Investment, LedgerEntry
from funds.queries.progress import progress_of
from tests.factories import make_fund, make_investment, make_organisation, make_project, make_user, pay
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PAID_ON = date(2025, 12, 1)


@pytest.fixture
def manager():
    return make_user(roles=["manager"])


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_payment_is_one_negative_row_with_its_audit_event(manager):
    investment = make_investment(amount=100_000)

    entry = post_disbursement(investment, amount=Decimal("40000.50"), value_on=PAID_ON, by=manager)

    assert entry.amount == Decimal("-40000.50")
    assert entry.posted_by == manager
    assert paid_of(investment) == Decimal("40000.50")
    event = AuditEvent.objects.get(verb="ledger.post_disbursement")
    assert event.data["amount"] == "40000.50"
    assert event.actor_id == manager.pk


@pytest.mark.parametrize(
    ("amount", "on", "code"),
    [
        ("100000.01", PAID_ON, "over_approved"),
        ("0", PAID_ON, "not_positive"),
        ("-5", PAID_ON, "not_positive"),
        ("10", date(2025, 11, 2), "date_outside"),
        ("10", date(2099, 1, 1), "date_outside"),
    ],
)
def test_a_wrong_payment_is_refused_and_nothing_is_booked(manager, amount, on, code):
    investment = make_investment(amount=100_000)

    with pytest.raises(Refused) as refusal:
        post_disbursement(investment, amount=Decimal(amount), value_on=on, by=manager)

    assert refusal.value.code == code
    assert LedgerEntry.objects.count() == 0


def test_payments_never_pass_the_approved_amount_together(manager):
    investment = make_investment(amount=100_000)
    pay(investment, 60_000)

    with pytest.raises(Refused) as refusal:
        post_disbursement(investment, amount=Decimal(40_001), value_on=PAID_ON, by=manager)

    assert refusal.value.code == "over_approved"
    assert paid_of(investment) == Decimal(60_000)


def test_payments_never_pass_the_capital(manager):
    fund = make_fund(capital=Decimal(100_000))
    investment = make_investment(make_project(fund), amount=100_000)
    Fund.objects.filter(pk=fund.pk).update(capital=Decimal(50_000))

    with pytest.raises(Refused) as refusal:
        post_disbursement(investment, amount=Decimal(50_001), value_on=PAID_ON, by=manager)

    assert refusal.value.code == "over_capital"


def test_a_second_press_of_the_same_form_is_refused(manager):
    investment = make_investment(amount=100_000)
    post_disbursement(investment, amount=Decimal(10_000), value_on=PAID_ON, by=manager, seen_paid=Decimal(0))

    with pytest.raises(Refused) as refusal:
        post_disbursement(investment, amount=Decimal(10_000), value_on=PAID_ON, by=manager, seen_paid=Decimal(0))

    assert refusal.value.code == "seen_too_early"
    assert paid_of(investment) == Decimal(10_000)


@pytest.mark.parametrize("role", ["analyst", "ic", "auditor", "officer", "administrator"])
def test_only_a_manager_books_and_corrects(role):
    investment = make_investment()
    entry = pay(investment)
    other = make_user(roles=[role])

    with pytest.raises(NotAllowed):
        post_disbursement(investment, amount=Decimal(1), value_on=PAID_ON, by=other)
    with pytest.raises(NotAllowed):
        reverse_entry(entry, by=other)


def test_a_correction_is_the_exact_opposite_once(manager):
    entry = pay(make_investment(amount=100_000), 70_000)

    reversal = reverse_entry(entry, by=manager)

    assert (reversal.amount, reversal.value_on, reversal.reverses) == (Decimal(70_000), entry.value_on, entry)
    assert paid_of(entry.investment) == Decimal(0)
    for row in (entry, reversal):
        with pytest.raises(Refused) as refusal:
            reverse_entry(row, by=manager)
        assert refusal.value.code == "reversed_already"


def test_after_a_correction_the_right_payment_fits_again(manager):
    investment = make_investment(amount=100_000)
    reverse_entry(pay(investment, 100_000), by=manager)

    pay(investment, 90_000)

    assert paid_of(investment) == Decimal(90_000)


def test_a_project_counts_once_from_its_first_payment_and_not_after_its_correction(manager):
    fund = make_fund()
    investment = make_investment(make_project(fund), amount=100_000)
    other = make_investment(make_project(fund), amount=100_000)
    pay(investment, 10_000)
    pay(investment, 10_000, on=date(2025, 12, 20))
    reverse_entry(pay(other, 10_000), by=manager)

    progress = progress_of(fund, date(2026, 1, 1))

    assert progress.pace.done == 1
    assert progress.invested == Decimal(20_000)
    assert progress.first_paid_on == {investment.project_id: date(2025, 12, 1)}


def test_a_payment_of_tomorrow_does_not_count_yesterday():
    fund = make_fund()
    pay(make_investment(make_project(fund)))

    assert progress_of(fund, date(2025, 11, 30)).pace.done == 0
    assert progress_of(fund, date(2025, 12, 1)).pace.done == 1


def test_a_sector_that_is_not_the_funds_is_refused(manager):
    fund = make_fund()
    organisation = make_organisation()
    from accounts.models import Sector

    with pytest.raises(Refused) as refusal:
        add_project(
            fund,
            organisation=organisation,
            sector=Sector.objects.get(code="crafts"),
            texts={"title_kk": "Қолөнер", "title_ru": "Ремесло"},
            by=manager,
        )

    assert refusal.value.code == "foreign_sector"


@pytest.mark.parametrize(
    ("amount", "on", "code"),
    [
        (39_000_001, date(2025, 11, 3), "over_capital"),
        (10, date(2025, 9, 30), "date_outside"),
        (10, clock.today() + timedelta(days=2), "date_outside"),
    ],
)
def test_an_approval_stays_within_the_fund(manager, amount, on, code):
    project = make_project()

    with pytest.raises(Refused) as refusal:
        record_investment(project, instrument="equity", amount=Decimal(amount), approved_on=on, by=manager)

    assert refusal.value.code == code
    assert Investment.objects.count() == 0


# --- what no SQL gets past ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE funds_ledgerentry SET amount = amount - 1",
        "UPDATE funds_ledgerentry SET value_on = '2020-01-01'",
        "DELETE FROM funds_ledgerentry",
    ],
)
def test_a_row_of_the_book_is_never_changed_or_removed(sql):
    pay(make_investment())

    with pytest.raises(DatabaseError):
        run(sql)

    assert LedgerEntry.objects.get().amount == Decimal(-50_000)


INSERT = (
    "INSERT INTO funds_ledgerentry (fund_id, investment_id, kind, amount, currency, value_on, reverses_id, posted_at) "
    "VALUES (%s, %s, %s, %s, %s, '2025-12-01', %s, '2025-12-02 00:00:00')"
)


@pytest.mark.parametrize(
    ("kind", "minor", "currency", "of_fund"),
    [
        ("disbursement", -5_000_001, "USD", "own"),  # over the approved 100 000.00 with the 50 000.00 paid already
        ("disbursement", 100, "USD", "own"),  # the sign follows the kind
        ("proceeds", -100, "USD", "own"),
        ("disbursement", -100, "KZT", "own"),
        ("disbursement", -100, "USD", "other"),
    ],
)
def test_a_wrong_row_is_refused_by_the_database(kind, minor, currency, of_fund):
    entry = pay(make_investment(amount=100_000), 50_000)
    fund = entry.fund if of_fund == "own" else make_fund()

    with pytest.raises(DatabaseError):
        run(INSERT, fund.pk, entry.investment_id, kind, minor, currency, None)

    assert LedgerEntry.objects.count() == 1


def test_a_payment_without_an_investment_is_refused_by_the_database():
    fund = make_fund()

    with pytest.raises(DatabaseError):
        run(INSERT, fund.pk, None, "disbursement", -100, "USD", None)


def test_the_database_lets_the_rest_of_an_approval_through_to_the_cent():
    entry = pay(make_investment(amount=100_000), 50_000)

    run(INSERT, entry.fund_id, entry.investment_id, "disbursement", -5_000_000, "USD", None)

    assert paid_of(entry.investment) == Decimal(100_000)


@pytest.mark.parametrize("minor", [4_999_999, 5_000_001, -5_000_000])
def test_an_inexact_correction_is_refused_by_the_database(minor):
    entry = pay(make_investment(amount=100_000), 50_000)

    with pytest.raises(DatabaseError):
        run(INSERT, entry.fund_id, entry.investment_id, "disbursement", minor, "USD", entry.pk)


def test_what_was_approved_is_not_typed_over_once_money_has_moved():
    investment = make_investment(amount=100_000)
    Investment.objects.filter(pk=investment.pk).update(amount=Decimal(90_000))
    pay(investment, 90_000)

    with pytest.raises(DatabaseError), transaction.atomic():
        Investment.objects.filter(pk=investment.pk).update(amount=Decimal(1_000_000))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by_action", [True, False])
def test_payments_at_the_same_moment_stay_within_the_approval(by_action):
    investment = make_investment(amount=100_000)
    manager = make_user(roles=["manager"])

    def book():
        if by_action:
            post_disbursement(investment, amount=Decimal(30_000), value_on=PAID_ON, by=manager)
        else:
            run(INSERT, investment.project.fund_id, investment.pk, "disbursement", -3_000_000, "USD", None)

    results = at_once(*[book] * 8)
    outcomes = ["refused" if isinstance(result, Exception) else "booked" for result in results]

    assert sorted(outcomes) == ["booked"] * 3 + ["refused"] * 5
    assert paid_of(investment) == Decimal(90_000)
