"""Random sequences of approvals, registers, payments, returns, holds and crashes: no sum is ever off, nothing is paid
twice or early, no row of the ledger ever changes, and no action runs into a rule of the database."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core import clock
from core.refusals import Refused
from grants.actions import batches, ledger, payments, registers, tranches
from grants.models import Award, Hold, LedgerEntry, Payment, PaymentBatch, Tranche
from grants.queries import tranches as queries
from grants.statuses import BatchStatus, EntryKind, TrancheStatus
from tests import factories as make
from tests import factories_money as money
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
WORLD: dict[str, Any] = {}
SEEN: Counter[str] = Counter()  # how often each action came to its end, over all sequences
OFTEN = ("record_paid", "payment_came_back", "record_return", "reverse_return", "hold", "lift", "Crash", "Refused")
AWARDS, NUMBERS = st.sampled_from([0, 1]), st.sampled_from([1, 2, 3])
PLACES = st.integers(0, 3)
SUMS = st.sampled_from([1, 333_333, 1_000_000, 1_000_001])
PEOPLE = st.sampled_from(["maker", "checker", "payer"])


class Crash(OperationalError):
    """The process or the database died in the middle of an action."""


class Bomb:
    """Goes off once, at a statement."""

    def __init__(self, statement: int) -> None:
        self.left = statement

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == 0:
            raise Crash(sql)
        return execute(sql, params, many, context)


class Money(RuleBasedStateMachine):
    """Two awards of one year; what a person may try at any moment, allowed or not."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.bomb: Bomb | None = None
        self.held, self.debts, self.reports = set(), set(), set()
        self.ledger: list[tuple] = []
        self.orders = 0

    @initialize()
    def begin(self) -> None:
        self.awards = [Award.objects.get(pk=pk) for pk in WORLD["awards"]]
        self.year = self.awards[0].decision.programme_year
        queries.reports_accepted = lambda awards: set(self.reports)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def attempt(self, action: Callable[..., Any], *what: Any, **how: Any) -> Any:
        """None where it is refused in words, or where the bomb went off; whatever else is raised is a fault."""
        bomb, self.bomb = self.bomb, None
        try:
            with transaction.atomic(), connection.execute_wrapper(bomb or Bomb(0)):
                done = action(*what, **how)
        except (Refused, Crash) as stopped:
            SEEN[type(stopped).__name__] += 1
            return None
        SEEN[action.__name__] += 1
        return done

    def tranche(self, award: int, number: int) -> Tranche:
        return Tranche.objects.select_related("award").get(award=self.awards[award], number=number)

    def one_of(self, rows: Any, place: int) -> Any:
        found = list(rows)
        return found[place % len(found)] if found else None

    def may_be_paid(self, tranche: Tranche) -> bool:
        """By what the machine itself remembers."""
        key = tranche.award_id
        return key not in self.held | self.debts and (tranche.number == 1 or (key, tranche.number) in self.reports)

    @rule(award=AWARDS, number=st.sampled_from([1, 1, 1, 2]), steps=st.sampled_from([7, 3, 7, 6]))
    def take_the_right_steps(self, award: int, number: int, steps: int) -> None:
        """As the right people would, so that sequences reach the bank."""
        for _step in range(steps):
            row = self.tranche(award, number)
            payment = row.payments.live().select_related("batch").first()
            if row.status == TrancheStatus.PLANNED:
                self.attempt(tranches.approve_tranche, row, by=WORLD["maker"])
            elif row.status == TrancheStatus.APPROVED and payment is None:
                self.attempt(batches.make_batch, self.year, tranches=[row], by=WORLD["maker"])
            elif payment is not None and payment.paid_at is None:
                self.bring_on(payment)

    def bring_on(self, payment: Payment) -> None:
        batch, self.orders = payment.batch, self.orders + 1
        if batch.status == BatchStatus.MADE:
            self.attempt(batches.check_batch, batch, by=WORLD["checker"])
        elif batch.status == BatchStatus.CHECKED and batch.register_xlsx_id is None:
            self.attempt(registers.write_register, batch.pk)
        elif batch.status == BatchStatus.CHECKED:
            self.attempt(batches.send_batch, batch, by=WORLD["payer"])
        else:
            order = {"paid_on": clock.today(), "order_number": f"N{self.orders}", "by": WORLD["payer"]}
            self.attempt(payments.record_paid, payment, **order)

    # --- what goes wrong --------------------------------------------------------------------------

    @rule(statement=st.integers(1, 25))
    def the_next_step_crashes(self, statement: int) -> None:
        self.bomb = Bomb(statement)

    # --- the maker --------------------------------------------------------------------------------

    @rule(award=AWARDS, number=NUMBERS, who=PEOPLE)
    def approve(self, award: int, number: int, who: str) -> None:
        row = self.tranche(award, number)
        if self.attempt(tranches.approve_tranche, row, by=WORLD[who]):
            assert self.may_be_paid(row)

    @rule(award=AWARDS, number=NUMBERS)
    def take_approval_back(self, award: int, number: int) -> None:
        self.attempt(tranches.return_tranche, self.tranche(award, number), by=WORLD["maker"])

    @rule(award=AWARDS, number=NUMBERS)
    def accept_the_report(self, award: int, number: int) -> None:
        self.reports.add((self.awards[award].pk, number))

    # --- registers --------------------------------------------------------------------------------

    @rule(chosen=st.sets(st.tuples(AWARDS, NUMBERS), min_size=1, max_size=3), who=PEOPLE)
    def make(self, chosen: set, who: str) -> None:
        rows = [self.tranche(*one) for one in sorted(chosen)]
        if self.attempt(batches.make_batch, self.year, tranches=rows, by=WORLD[who]):
            assert all(self.may_be_paid(row) for row in rows)

    @rule(place=PLACES, who=PEOPLE)
    def make_of_what_is_approved(self, place: int, who: str) -> None:
        approved = Tranche.objects.filter(status=TrancheStatus.APPROVED)
        row = self.one_of(approved, place)
        if row is not None:
            self.attempt(batches.make_batch, self.year, tranches=[row], by=WORLD[who])

    @rule(place=PLACES, who=PEOPLE)
    def check(self, place: int, who: str) -> None:
        batch = self.one_of(PaymentBatch.objects.filter(status=BatchStatus.MADE), place)
        if batch and self.attempt(batches.check_batch, batch, by=WORLD[who]):
            assert all(self.may_be_paid(row.tranche) for row in batch.payments.live())

    @rule(place=PLACES)
    def write(self, place: int) -> None:
        batch = self.one_of(PaymentBatch.objects.filter(status=BatchStatus.CHECKED), place)
        if batch:
            self.attempt(registers.write_register, batch.pk)

    @rule(place=PLACES, who=PEOPLE)
    def send(self, place: int, who: str) -> None:
        batch = self.one_of(PaymentBatch.objects.filter(status=BatchStatus.CHECKED), place)
        if batch and self.attempt(batches.send_batch, batch, by=WORLD[who]):
            assert all(self.may_be_paid(row.tranche) for row in batch.payments.live())

    @rule(place=PLACES)
    def cancel(self, place: int) -> None:
        batch = self.one_of(PaymentBatch.objects.exclude(status=BatchStatus.SETTLED), place)
        if batch:
            self.attempt(batches.cancel_batch, batch, by=WORLD["maker"])

    @rule(place=PLACES)
    def take_out(self, place: int) -> None:
        payment = self.one_of(Payment.objects.all(), place)
        if payment:
            self.attempt(batches.take_out, payment, by=WORLD["maker"])

    # --- the bank ---------------------------------------------------------------------------------

    @rule(place=PLACES, is_again=st.booleans())
    def pay(self, place: int, is_again: bool) -> None:
        payment = self.one_of(Payment.objects.order_by("paid_at", "-pk"), place)
        if payment:
            self.orders += 1
            order = payment.order_number if is_again and payment.order_number else f"N{self.orders}"
            self.attempt(payments.record_paid, payment, paid_on=clock.today(), order_number=order, by=WORLD["payer"])

    @precondition(lambda self: self.ledger)
    @rule(place=PLACES, is_sound=st.sampled_from([True, True, True, False]))
    def come_back(self, place: int, is_sound: bool) -> None:
        payment = self.one_of(Payment.objects.all(), place)
        if payment and not is_sound:
            day = clock.today()
            self.attempt(payments.payment_came_back, payment, reason="Шот", returned_on=day, by=WORLD["payer"])

    @precondition(lambda self: self.ledger)
    @rule(award=AWARDS, amount=SUMS)
    def give_back(self, award: int, amount: int) -> None:
        self.orders += 1
        given = {"amount": Decimal(amount), "returned_on": clock.today(), "reference": f"B{self.orders}"}
        self.attempt(ledger.record_return, self.awards[award], reason="Қалдық", by=WORLD["payer"], **given)

    @precondition(lambda self: any(kind == EntryKind.RETURNED for _pk, _award, kind, *_more in self.ledger))
    @rule(place=PLACES)
    def reverse(self, place: int) -> None:
        entry = self.one_of(LedgerEntry.objects.filter(kind=EntryKind.RETURNED), place)
        if entry:
            self.attempt(ledger.reverse_return, entry, reason="Қате", by=WORLD["payer"])

    # --- what holds back --------------------------------------------------------------------------

    @rule(award=AWARDS)
    def hold(self, award: int) -> None:
        if self.attempt(money.hold, self.awards[award], by=WORLD["maker"]):
            self.held.add(self.awards[award].pk)

    @precondition(lambda self: self.held)
    @rule(award=AWARDS)
    def lift(self, award: int) -> None:
        found = Hold.objects.in_force().filter(award=self.awards[award]).first()
        if found and self.attempt(money.lift, found):
            self.held.discard(self.awards[award].pk)

    @rule(award=AWARDS, is_clear=st.booleans())
    def tax(self, award: int, is_clear: bool) -> None:
        given = {"is_clear": is_clear, "checked_on": clock.today(), "evidence": "№"}
        if self.attempt(tranches.note_tax_check, self.awards[award], by=WORLD["maker"], **given):
            (self.debts.discard if is_clear else self.debts.add)(self.awards[award].pk)

    @precondition(lambda self: self.ledger)
    @rule(sql=st.sampled_from(["DELETE FROM grants_ledgerentry", "UPDATE grants_ledgerentry SET amount = amount + 1"]))
    def a_stranger_writes_into_the_ledger(self, sql: str) -> None:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    # --- what is always true ----------------------------------------------------------------------

    @invariant()
    def ledger_only_grows(self) -> None:
        rows = list(LedgerEntry.objects.order_by("pk").values_list("pk", "award", "kind", "amount", "payment"))
        assert rows[: len(self.ledger)] == self.ledger
        self.ledger = rows

    @invariant()
    def every_tranche_is_paid_once_or_not_at_all(self) -> None:
        standing = LedgerEntry.objects.standing().filter(kind=EntryKind.PAID).select_related("payment")
        paid = sorted(entry.payment.tranche_id for entry in standing)
        assert paid == sorted(Tranche.objects.filter(status=TrancheStatus.PAID).values_list("pk", flat=True))

    @invariant()
    def sums_are_never_off(self) -> None:
        for award in getattr(self, "awards", []):
            rows = LedgerEntry.objects.standing().filter(award=award).values_list("kind", "amount")
            net = sum(amount if kind == EntryKind.PAID else -amount for kind, amount in rows)
            assert 0 <= net <= award.amount
            assert sum(award.tranches.values_list("amount", flat=True)) == award.amount

    @invariant()
    def three_people_stand_on_every_register(self) -> None:
        for batch in PaymentBatch.objects.all():
            people = [pk for pk in (batch.made_by_id, batch.checked_by_id, batch.sent_by_id) if pk]
            assert len(people) == len(set(people))


@shared
def two_awards() -> list[Award]:
    call = make.make_call(reviews_needed=1)
    return [money.payable_award(one) for one in make_awarded(call)]


def make_awarded(call) -> list:
    rows = [make.application_at("eligible", call=call) for _n in range(2)]
    for row in rows:
        make.review(make.assign(row))
    for row in rows:
        make.decide(row)
    make.release(call)
    return rows


@shared
def people() -> dict:
    return money.staff_of_money()


def test_no_sequence_puts_a_sum_off_or_pays_twice_or_early(two_awards, people, monkeypatch):
    monkeypatch.setattr(queries, "reports_accepted", queries.reports_accepted)  # taken back after the test
    WORLD.update(awards=[award.pk for award in two_awards], **people)

    SEEN.clear()
    run_state_machine_as_test(Money, settings=settings(max_examples=30, stateful_step_count=40))

    assert [name for name in OFTEN if not SEEN[name]] == [], SEEN
    assert SEEN["record_paid"] > 20
