"""The conditions of a tranche, the maker, and registers from making to the bank."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from accounts.actions.bank_accounts import add_bank_account
from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from grants.actions import batches, registers, tranches
from grants.models import Award, Contract, DocumentRequirement, PaymentBatch, TaxCheck, Tranche
from grants.models.payment import PATIENCE
from grants.queries import tranches as queries
from grants.queries.tranches import TAX_GOOD_FOR, conditions_of
from grants.statuses import BatchStatus, TrancheStatus
from grants.tasks import sweep_registers
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


def missing(tranche: Tranche) -> list[str]:
    return [one.kind.value for one in conditions_of([tranche])[tranche.pk] if not one.holds]


def code_of(action, *what, **how) -> str:
    with pytest.raises(Refused) as caught:
        action(*what, **how)
    return caught.value.code


# --- conditions -----------------------------------------------------------------------------------


def test_the_first_tranche_of_a_signed_contract_may_be_paid(award):
    first, second, _third = award.tranches.all()

    assert missing(first) == []
    assert missing(second) == ["report"]
    assert sum(row.amount for row in award.tranches.all()) == award.amount


def test_each_condition_that_fails_is_named_in_words(award, people):
    first = money.first_of(award)
    Contract.objects.update(voided_at=clock.now(), void_reason="x")
    DocumentRequirement.objects.create(
        call=award.application.call, key="debt", title_kk="Мәлімет", title_ru="Сведения", stage="award"
    )
    other = {**money.WHERE, "bank_name": "Басқа банк"}
    add_bank_account(award.application.organisation, is_holder_confirmed=True, by=award.application.created_by, **other)
    tranches.note_tax_check(award, is_clear=False, checked_on=clock.today(), evidence="№ 2", by=people["maker"])
    money.hold(award, by=people["maker"])

    said = queries.missing_of(first)

    assert missing(first) == ["signed", "papers", "bank", "tax", "hold"]
    assert "Мәлімет" in said[1]
    assert money.HELD["reason_kk"] in said[4]
    assert code_of(tranches.approve_tranche, first, by=people["maker"]) == "conditions"


def test_a_tax_statement_is_good_for_ten_days(award, at):
    first, now = money.first_of(award), clock.now()

    at(now + TAX_GOOD_FOR)
    on_the_last_day = missing(first)
    at(now + TAX_GOOD_FOR + timedelta(days=1))

    assert on_the_last_day == []
    assert missing(first) == ["tax"]


def test_a_tax_statement_has_a_number_and_no_day_to_come(award, people):
    given = {"is_clear": True, "by": people["maker"]}
    tomorrow = clock.today() + timedelta(days=1)

    assert code_of(tranches.note_tax_check, award, checked_on=tomorrow, evidence="№ 3", **given) == "incomplete"
    assert code_of(tranches.note_tax_check, award, checked_on=clock.today(), evidence=" ", **given) == "incomplete"
    assert TaxCheck.objects.count() == 1


def test_a_later_tranche_waits_for_its_report_and_for_the_earlier_one(award, people, monkeypatch):
    second = award.tranches.get(number=2)
    before = code_of(tranches.approve_tranche, second, by=people["maker"])
    monkeypatch.setattr(queries, "reports_accepted", lambda awards: {(award.pk, 2)})
    unpaid = code_of(tranches.approve_tranche, second, by=people["maker"])
    batch = money.batch_of(money.first_of(award), people=people, until="sent")
    money.pay_payment(batch.payments.get(), by=people["payer"])

    approved = tranches.approve_tranche(second, by=people["maker"])

    assert (before, unpaid) == ("out_of_order", "out_of_order")
    assert approved.status == TrancheStatus.APPROVED
    assert missing(award.tranches.get(number=3)) == ["report"]


@pytest.mark.parametrize("rows", [1, 3])
def test_conditions_cost_the_same_for_one_and_for_three(award, rows, django_assert_num_queries):
    chosen = list(Tranche.objects.all()[:rows])

    with django_assert_num_queries(8):
        conditions_of(chosen)


# --- the maker ------------------------------------------------------------------------------------


def test_who_approves_and_what_is_written_down(award, people):
    first = money.first_of(award)
    with pytest.raises(NotAllowed):
        tranches.approve_tranche(first, by=make.make_user(roles=["secretary"]))

    tranches.approve_tranche(first, by=people["maker"])

    first.refresh_from_db()
    event = AuditEvent.objects.get(verb="tranche.approve")
    assert (first.status, first.approved_by) == (TrancheStatus.APPROVED, people["maker"])
    assert first.conditions["held"] == ["signed", "papers", "bank", "tax", "report", "hold"]
    assert event.data["amount"] == "1000000.00"
    assert code_of(tranches.approve_tranche, first, by=people["maker"]) == "wrong_state"


def test_an_approval_is_taken_back_until_a_register_holds_it(award, people):
    first = money.first_of(award)
    tranches.approve_tranche(first, by=people["maker"])
    tranches.return_tranche(first, by=people["checker"])
    first.refresh_from_db()
    again = (first.status, first.approved_by)
    money.batch_of(first, people=people)

    assert again == (TrancheStatus.PLANNED, None)
    assert code_of(tranches.return_tranche, first, by=people["maker"]) == "in_a_register"


# --- registers ------------------------------------------------------------------------------------


def test_a_register_goes_through_three_people(award, people):
    first = money.first_of(award)
    batch = money.batch_of(first, people=people)
    by_maker = code_of(batches.check_batch, batch, by=people["maker"])
    batches.check_batch(batch, by=people["checker"])
    unwritten = code_of(batches.send_batch, batch, by=people["payer"])
    registers.write_register(batch.pk)
    by_checker = code_of(batches.send_batch, batch, by=people["checker"])

    batch = batches.send_batch(batch, by=people["payer"])

    assert (by_maker, unwritten, by_checker) == ("same_person", "unwritten", "not_allowed")
    assert batch.number == f"PAY-{first.award.decision.programme_year.year}-0001"
    assert (batch.status, batch.made_by, batch.checked_by, batch.sent_by) == (BatchStatus.SENT, *people.values())
    assert [row.amount for row in batch.payments.all()] == [Decimal(1_000_000)]


def test_finance_that_made_or_approved_neither_checks_nor_pays(award, people):
    first = money.first_of(award)
    tranches.approve_tranche(first, by=people["checker"])
    batch = batches.make_batch(first.award.decision.programme_year, tranches=[first], by=people["maker"])

    assert code_of(batches.check_batch, batch, by=people["checker"]) == "same_person"
    batches.check_batch(batch, by=people["payer"])
    registers.write_register(batch.pk)
    assert code_of(batches.send_batch, batch, by=people["checker"]) == "same_person"


def test_only_what_is_approved_and_free_stands_in_a_register(award, people):
    first = money.first_of(award)
    year = first.award.decision.programme_year
    planned = code_of(batches.make_batch, year, tranches=[first], by=people["maker"])
    batch = money.batch_of(first, people=people)
    twice = code_of(batches.make_batch, year, tranches=[first], by=people["maker"])
    nothing = code_of(batches.make_batch, year, tranches=[], by=people["maker"])
    batches.cancel_batch(batch, by=people["maker"])
    again = batches.make_batch(year, tranches=[first], by=people["maker"])

    assert (planned, twice, nothing) == ("unpayable", "unpayable", "nothing")
    assert again.payments.live().count() == 1
    assert PaymentBatch.objects.get(pk=batch.pk).status == BatchStatus.CANCELLED


def test_the_only_payment_is_not_taken_out_and_none_after_the_check(award, people):
    batch = money.batch_of(money.first_of(award), people=people)
    payment = batch.payments.get()
    only = code_of(batches.take_out, payment, by=people["maker"])
    batches.check_batch(batch, by=people["checker"])

    assert only == "the_only_one"
    assert code_of(batches.take_out, payment, by=people["maker"]) == "checked"


def test_one_of_two_is_taken_out_and_stays_approved(award, people):
    other = money.payable_award(make.application_at("awarded", call=make.make_call(award.decision.programme_year)))
    rows = [money.first_of(award), money.first_of(other)]
    batch = money.batch_of(*rows, people=people)

    batches.take_out(batch.payments.get(tranche=rows[1]), by=people["maker"])

    assert [row.tranche for row in batch.payments.live()] == [rows[0]]
    assert Tranche.objects.get(pk=rows[1].pk).status == TrancheStatus.APPROVED


@pytest.mark.parametrize("until", ["made", "written"])
def test_a_hold_or_another_account_stops_a_register(award, people, until):
    batch = money.batch_of(money.first_of(award), people=people, until=until)
    act, by = (batches.check_batch, "checker") if until == "made" else (batches.send_batch, "payer")
    held = money.hold(award, by=people["maker"])
    on_hold = code_of(act, batch, by=people[by])
    money.lift(held)
    organisation, owner = award.application.organisation, award.application.created_by
    other = {**money.WHERE, "bank_name": "Басқа банк"}
    add_bank_account(organisation, is_holder_confirmed=True, by=owner, **other)

    assert on_hold == "unpayable"
    assert code_of(act, batch, by=people[by]) == "unpayable"


# --- the files ------------------------------------------------------------------------------------


def content(document) -> bytes:
    with default_storage.open(str(document.file.name), "rb") as stored:
        return stored.read()


def test_the_files_say_who_gets_how_much_and_where(award, people):
    batch = money.batch_of(money.first_of(award), people=people, until="written")
    payment, organisation = batch.payments.get(), award.application.organisation

    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(content(batch.register_xlsx))).active.rows]
    lines = content(batch.register_csv).decode("utf-8-sig").splitlines()

    assert rows[1][:10] == [
        "1", payment.public_id, organisation.name, organisation.identifier, "17", money.IBAN, "NBRKKZKX",
        "ҚР Ұлттық Банкі", 1_000_000, "KZT",
    ]  # fmt: skip
    assert lines[1].split(";")[1:6] == [payment.public_id, organisation.name, organisation.identifier, "17", money.IBAN]
    assert AuditEvent.objects.get(verb="payment_batch.write").data["xlsx"] == batch.register_xlsx.sha256


def test_a_register_is_written_once(award, people):
    batch = money.batch_of(money.first_of(award), people=people, until="checked")

    first, again = registers.write_register(batch.pk), registers.write_register(batch.pk)

    assert first.register_xlsx is not None
    assert again is None


def test_a_claim_of_a_dead_worker_is_released_by_the_sweep(award, people, at, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    batch = money.batch_of(money.first_of(award), people=people, until="checked")
    PaymentBatch.objects.filter(pk=batch.pk).update(claimed_at=clock.now())
    at_once = registers.unwritten_registers()
    at(clock.now() + PATIENCE + timedelta(seconds=1))

    found = registers.unwritten_registers()

    assert at_once == []
    assert found == [batch.pk]
    assert AuditEvent.objects.filter(verb="payment_batch.release").count() == 1
    assert registers.write_register(batch.pk).register_csv is not None
    assert sweep_registers() == 0
