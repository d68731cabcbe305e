"""Twenty at the same moment at one tranche, and a worker that is killed at every step: paid exactly once."""

import os
import signal
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, connections

from core import clock
from core.refusals import Refused
from documents.formulas.tables import read_csv, write_csv
from documents.models import Document
from grants.actions import batches, registers
from grants.actions.bank_answers import read_answer
from grants.models import Award, LedgerEntry, PaymentBatch, Tranche
from grants.models.payment import PATIENCE
from grants.statuses import BatchStatus, EntryKind, TrancheStatus
from grants.tasks import write_register
from notifications.models import Message
from tests import factories as make
from tests import factories_money as money
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
AT_ONCE = 20
STEPS = 400  # more statements than any of these works has


@pytest.fixture
def award() -> Award:
    call = make.make_call(make.make_year(kind="hackathon"), reviews_needed=1)
    return money.payable_award(make.application_at("awarded", call=call))


@pytest.fixture
def people() -> dict:
    return money.staff_of_money()


def paid_tranches() -> list[int]:
    """The tranche of every entry that says «paid» and is not reversed."""
    entries = LedgerEntry.objects.standing().filter(kind=EntryKind.PAID).select_related("payment")
    return sorted(entry.payment.tranche_id for entry in entries)


def insert_entry(payment) -> None:
    LedgerEntry.objects.create(
        award=payment.tranche.award,
        kind=EntryKind.PAID,
        amount=payment.amount,
        value_on=clock.today(),
        reference="1",
        payment=payment,
    )


def test_twenty_pay_the_same_tranche_with_twenty_orders_and_one_is_entered(award, people):
    payment = money.batch_of(money.first_of(award), people=people, until="sent").payments.get()
    works = [partial(money.pay_payment, payment, by=people["payer"], order=f"N{n}") for n in range(AT_ONCE)]

    results = at_once(*works)

    refused = [one.code for one in results if isinstance(one, Refused)]
    assert refused == ["paid_otherwise"] * (AT_ONCE - 1)
    assert paid_tranches() == [payment.tranche_id]


def test_twenty_registers_at_once_for_the_same_tranche_and_one_holds_it(award, people):
    first = money.first_of(award)
    money.tranches.approve_tranche(first, by=people["maker"])
    year = first.award.decision.programme_year
    works = [partial(batches.make_batch, year, tranches=[first], by=people["maker"]) for _n in range(AT_ONCE)]

    results = at_once(*works)

    assert sum(isinstance(one, PaymentBatch) for one in results) == 1
    assert first.payments.live().count() == 1


def test_twenty_raw_entries_at_once_and_one_goes_in(award, people):
    payment = money.batch_of(money.first_of(award), people=people, until="sent").payments.get()
    payment.paid_at, payment.paid_on, payment.order_number = clock.now(), clock.today(), "1"
    payment.save()

    results = at_once(*[partial(insert_entry, payment) for _n in range(AT_ONCE)])

    assert results.count(None) == 1
    assert sum(isinstance(one, IntegrityError) for one in results) == AT_ONCE - 1


def test_twenty_workers_write_one_register(award, people):
    batch = money.batch_of(money.first_of(award), people=people, until="checked")
    before = Document.objects.count()

    results = at_once(*[partial(registers.write_register, batch.pk) for _n in range(AT_ONCE)])

    assert sum(one is not None for one in results) == 1
    assert Document.objects.count() == before + 2


# --- killed ---------------------------------------------------------------------------------------


class Killer:
    """Ends its own process at a statement, as `kill -9` does."""

    def __init__(self, statement: int) -> None:
        self.left = statement

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def is_killed(work, statement: int) -> bool:
    """Lets a process of its own do the work and kills it at a statement; False where it came to its end before."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        code = 3
        try:
            with connection.execute_wrapper(Killer(statement)):
                work()
            code = 0
        finally:
            os._exit(code)
    _pid, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return os.WIFSIGNALED(status)


def filled(batch) -> bytes:
    """The register as the bank gives it back: everything paid today."""
    with default_storage.open(str(batch.register_csv.file.name), "rb") as stored:
        head, *rows = read_csv(stored.read())
    day = f"{clock.today():%d.%m.%Y}"
    return write_csv(head, [[*row[:12], day, f"N{row[0]}", ""] for row in rows])


def test_a_worker_killed_at_every_step_of_a_register_leaves_one_register(award, people, at):
    batch = money.batch_of(money.first_of(award), people=people, until="checked")
    now, killed = clock.now(), 0
    for statement in range(1, STEPS):
        if not is_killed(partial(write_register, batch.pk), statement):
            break
        killed += 1
        at(now + (PATIENCE + timedelta(seconds=1)) * killed)
        found = registers.unwritten_registers()  # the sweep of a living worker
        if not found:
            break
        assert found == [batch.pk]
    registers.write_register(batch.pk)

    batch.refresh_from_db()
    assert killed > 5
    assert batch.register_xlsx is not None
    assert filled(batch).count(b"KZ86125KZT5004100100") == 1
    assert LedgerEntry.objects.count() == 0


def test_a_payment_worker_killed_at_every_step_pays_each_tranche_once(award, people):
    other = make.application_at("awarded", call=make.make_call(award.decision.programme_year, reviews_needed=1))
    rows = [money.first_of(award), money.first_of(money.payable_award(other))]
    batch = money.batch_of(*rows, people=people, until="sent")
    content, killed = filled(batch), 0

    def work():
        read_answer(batch, upload=money.upload(content), by=people["payer"])

    for statement in range(1, STEPS):
        if not is_killed(work, statement):
            break
        killed += 1
        assert paid_tranches() in ([], sorted(row.pk for row in rows))
    work()

    batch.refresh_from_db()
    assert killed > 20
    assert paid_tranches() == sorted(row.pk for row in rows)
    assert LedgerEntry.objects.count() == 2
    assert sum(entry.amount for entry in LedgerEntry.objects.all()) == Decimal(2_000_000)
    assert (batch.status, Tranche.objects.filter(status=TrancheStatus.PAID).count()) == (BatchStatus.SETTLED, 2)
    assert Message.objects.filter(event="tranche_paid").count() == 2
