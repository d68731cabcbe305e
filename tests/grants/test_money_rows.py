"""Raw SQL against the last word on contracts, tranches, registers, payments, holds and the ledger: each is refused."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.actions.bank_accounts import add_bank_account
from core import clock
from core.public_id import make_public_id
from grants.actions.batches import send_batch
from grants.models import Award, LedgerEntry, Payment, PaymentBatch
from grants.statuses import EntryKind
from tests import factories as make
from tests import factories_money as money
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def award() -> Award:
    return money.payable_award(make.application_at("awarded"))


@shared
def people() -> dict:
    return money.staff_of_money()


@shared
def sent(award, people) -> Payment:
    """Its first tranche is with the bank."""
    return money.batch_of(money.first_of(award), people=people, until="sent").payments.get()


def refusal_of(sql: str, *values) -> str:
    """What the database says; empty where it let it pass (and is taken back)."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(error)
    return ""


def run(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def insert(table: str, **row) -> str:
    columns = ", ".join(row)
    return refusal_of(f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(row))})", *row.values())


def now() -> str:
    return clock.now().isoformat()


def entry(award, **row) -> dict:
    given = {"award_id": award.pk, "kind": "paid", "amount": 100_000_000, "currency": "KZT", "reference": "1"}
    return {**given, "value_on": clock.today().isoformat(), "reason": "", "posted_at": now(), **row}


def payment_row(payment, **row) -> dict:
    given = {
        "public_id": make_public_id(),
        "batch_id": payment.batch_id,
        "tranche_id": payment.tranche_id,
        "bank_account_id": payment.bank_account_id,
        "amount": 100_000_000,
        "currency": "KZT",
        "order_number": "",
        "fail_reason": "",
    }
    return {**given, **row}


PLANS = [
    ("UPDATE grants_award SET amount = amount - 1", "an award keeps"),
    ("UPDATE grants_planline SET grant_amount = grant_amount - 1", "an agreed plan never changes"),
    ("DELETE FROM grants_planline", "an agreed plan never changes"),
    ("UPDATE grants_planversion SET agreed_at = NULL, agreed_by_id = NULL", "an agreed plan never changes"),
    ("DELETE FROM grants_planversion", "grants_planversion is append-only"),
    ("UPDATE grants_contract SET number = 'x'", "a contract never changes"),
    ("UPDATE grants_contract SET signed_at = NULL", "a contract never changes"),
    ("DELETE FROM grants_contract", "grants_contract is append-only"),
]
TRANCHES = [
    ("UPDATE grants_tranche SET amount = amount + 1", "a tranche never changes its amount"),
    ("DELETE FROM grants_tranche", "grants_tranche is append-only"),
    ("UPDATE grants_tranche SET status = 'paid'", "a tranche is paid when the ledger says so"),
    ("UPDATE grants_taxcheck SET is_clear = (1 = 0)", "grants_taxcheck is append-only"),
    ("DELETE FROM grants_taxcheck", "grants_taxcheck is append-only"),
    ("UPDATE accounts_bankaccount SET checked_at = NULL, checked_by_id = NULL", "a bank account is never changed"),
]
BATCHES = [
    ("UPDATE grants_paymentbatch SET number = 'x'", "a register keeps its number"),
    ("UPDATE grants_paymentbatch SET sent_at = NULL, sent_by_id = NULL", "a register keeps its number"),
    ("UPDATE grants_paymentbatch SET register_csv_id = NULL", "a register keeps its number"),
    ("DELETE FROM grants_paymentbatch", "grants_paymentbatch is append-only"),
    ("UPDATE grants_payment SET amount = amount + 1", "a payment never changes"),
    ("UPDATE grants_payment SET cancelled_at = CURRENT_TIMESTAMP", "no longer taken out"),
    ("DELETE FROM grants_payment", "grants_payment is append-only"),
]


@pytest.mark.parametrize(("sql", "said"), [*PLANS, *TRANCHES, *BATCHES])
def test_what_stands_is_not_written_over(sent, sql, said):
    assert said in refusal_of(sql)


def test_tranches_never_sum_to_more_than_the_award(award):
    row = {"public_id": make_public_id(), "award_id": award.pk, "number": 9, "percent": 1, "amount": 1}

    said = insert("grants_tranche", **row, currency="KZT", status="planned", conditions="{}")

    assert "the tranches of an award sum to it at most" in said


# --- payments -------------------------------------------------------------------------------------


def test_only_an_approved_tranche_is_paid_whole_and_once(award, people):
    payment = money.batch_of(money.first_of(award), people=people).payments.get()
    twice = insert("grants_payment", **payment_row(payment))
    run("UPDATE grants_payment SET cancelled_at = %s", now())
    in_part = insert("grants_payment", **payment_row(payment, amount=1))
    run("UPDATE grants_tranche SET status = 'planned' WHERE number = 1")

    planned = insert("grants_payment", **payment_row(payment))

    assert twice
    assert "of an approved tranche" in in_part
    assert "of an approved tranche" in planned


@pytest.mark.parametrize("column", ["checked_at = NULL, checked_by_id = NULL", "closed_at = %s, closed_by_id = %s"])
def test_only_an_open_and_checked_account_is_paid(award, people, column):
    payment = money.batch_of(money.first_of(award), people=people).payments.get()
    account = payment.bank_account
    run("UPDATE grants_payment SET cancelled_at = %s", now())
    if "closed" in column:
        run(f"UPDATE accounts_bankaccount SET {column}", now(), people["maker"].pk)
    else:
        other = {"iban": money.IBAN, "bic": "NBRKKZKX", "bank_name": "Басқа"}
        owner = award.application.created_by
        account = add_bank_account(award.application.organisation, is_holder_confirmed=True, by=owner, **other)

    said = insert("grants_payment", **payment_row(payment, bank_account_id=account.pk))

    assert "of an approved tranche" in said


def approve_by_sql(tranche, people) -> None:
    sql = "UPDATE grants_tranche SET status = 'approved', approved_at = %s, approved_by_id = %s WHERE id = %s"
    run(sql, now(), people["maker"].pk, tranche.pk)


def test_nothing_is_paid_before_the_contract_or_the_tranche_ahead(award, people):
    payment = money.batch_of(money.first_of(award), people=people).payments.get()
    second = award.tranches.get(number=2)
    approve_by_sql(second, people)
    ahead = insert("grants_payment", **payment_row(payment, tranche_id=second.pk, amount=80_000_000))
    run("UPDATE grants_payment SET cancelled_at = %s", now())
    run("UPDATE grants_contract SET voided_at = %s", now())

    unsigned = insert("grants_payment", **payment_row(payment))

    assert "no tranche before the one ahead of it" in ahead
    assert "before the contract is signed" in unsigned


def test_a_hold_keeps_payments_and_registers_back(award, people):
    batch = money.batch_of(money.first_of(award), people=people, until="written")
    payment = batch.payments.get()
    money.hold(award, by=people["maker"])
    sending = f"UPDATE grants_paymentbatch SET sent_at = CURRENT_TIMESTAMP, sent_by_id = {people['payer'].pk}"
    on_its_way = refusal_of(sending)
    run("UPDATE grants_payment SET cancelled_at = %s", now())
    other = {"programme_year_id": batch.programme_year_id, "made_by_id": batch.made_by_id, "number": "PAY-X"}
    made = PaymentBatch.objects.create(**other)

    said = insert("grants_payment", **payment_row(payment, batch_id=made.pk))

    assert "with what may be paid today" in on_its_way
    assert "a hold keeps the money back" in said


def test_a_register_that_is_checked_takes_no_more(award, people):
    batch = money.batch_of(money.first_of(award), people=people, until="checked")
    row = payment_row(batch.payments.get(), cancelled_at=now())

    assert "takes no more payments" in insert("grants_payment", **row)


def test_maker_approver_checker_and_payer_are_different_people(award, people):
    first = money.first_of(award)
    batch = money.batch_of(first, people=people)
    approver = make.make_user(roles=["finance"])
    checking = "UPDATE grants_paymentbatch SET checked_at = CURRENT_TIMESTAMP, checked_by_id = {}"
    by_maker = refusal_of(checking.format(batch.made_by_id))
    run("UPDATE grants_tranche SET approved_by_id = %s WHERE id = %s", approver.pk, first.pk)

    by_approver = refusal_of(checking.format(approver.pk))

    assert "batch_checked_by_another" in by_maker or "neither checks" in by_maker
    assert "neither checks nor pays" in by_approver


def test_a_payment_is_paid_after_the_bank_got_it_and_comes_back_with_its_reversal(award, people):
    batch = money.batch_of(money.first_of(award), people=people, until="written")
    paying = "UPDATE grants_payment SET paid_at = CURRENT_TIMESTAMP, paid_on = CURRENT_DATE, order_number = '1'"
    too_early = refusal_of(paying)
    batch = send_batch(batch, by=people["payer"])
    money.pay_payment(batch.payments.get(), by=people["payer"])

    coming_back = refusal_of("UPDATE grants_payment SET failed_at = CURRENT_TIMESTAMP, fail_reason = 'x'")

    assert "after its register went to the bank" in too_early
    assert "with the reversal of its entry" in coming_back
    assert "keeps its order number" in refusal_of("UPDATE grants_payment SET order_number = '2'")
    assert "when its entry of the ledger is reversed" in refusal_of(
        "UPDATE grants_tranche SET status = 'planned' WHERE status = 'paid'"
    )


# --- the ledger -----------------------------------------------------------------------------------


def test_an_entry_says_what_its_payment_says(award, sent):
    unpaid = insert("grants_ledgerentry", **entry(award, payment_id=sent.pk))
    run("UPDATE grants_payment SET paid_at = %s, paid_on = %s, order_number = '1'", now(), clock.today().isoformat())

    other_sum = insert("grants_ledgerentry", **entry(award, payment_id=sent.pk, amount=1))

    assert "an entry says what its payment says" in unpaid
    assert "an entry says what its payment says" in other_sum
    assert insert("grants_ledgerentry", **entry(award, payment_id=sent.pk)) == ""


def test_the_ledger_is_append_only_and_never_off(award, people, sent):
    money.pay_payment(sent, by=people["payer"])
    paid = LedgerEntry.objects.get()
    reversal = {"kind": "reversal", "reverses_id": paid.pk}

    assert "append-only" in refusal_of("UPDATE grants_ledgerentry SET amount = 1")
    assert "append-only" in refusal_of("DELETE FROM grants_ledgerentry")
    assert "never takes back more" in insert("grants_ledgerentry", **entry(award, kind="returned", amount=100_000_001))
    assert insert("grants_ledgerentry", **entry(award, payment_id=sent.pk))
    assert "one whole entry" in insert("grants_ledgerentry", **entry(award, amount=1, **reversal))
    assert insert("grants_ledgerentry", **entry(award, kind="paid"))
    assert insert("grants_ledgerentry", **entry(award, **reversal)) == ""
    assert paid.kind == EntryKind.PAID


def test_a_hold_never_changes_and_is_lifted_by_two(award, people):
    held = money.hold(award, by=people["maker"])
    lifting = f"UPDATE grants_hold SET lifted_at = CURRENT_TIMESTAMP, lifted_by_id = {people['checker'].pk}"

    assert "a hold is lifted once" in refusal_of("UPDATE grants_hold SET reason_kk = 'x'")
    assert "is lifted by two" in refusal_of(lifting)
    assert "append-only" in refusal_of("DELETE FROM grants_hold")
    assert money.lift(held).lifted_at is not None
    assert "a hold is lifted once" in refusal_of("UPDATE grants_hold SET lifted_at = NULL, lifted_by_id = NULL")


@pytest.mark.parametrize("table", ["grants_tranche", "grants_payment", "grants_paymentbatch", "grants_ledgerentry"])
def test_no_table_of_money_is_truncated(is_postgres, table):
    if is_postgres:
        assert "append-only" in refusal_of(f"TRUNCATE {table} CASCADE")
    else:
        assert refusal_of(f"TRUNCATE {table}") != ""  # SQLite has no such word
