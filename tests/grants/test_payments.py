"""What the bank did: paid once, not paid, came back; read in from a file; what the grantee returned."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from core import clock
from core.refusals import NotAllowed, Refused
from documents.formulas.tables import write_csv, write_table
from grants.actions import award_holds, ledger, payments
from grants.actions.bank_answers import read_answer
from grants.actions.submission import submit_application
from grants.models import Award, BankAnswer, Hold, LedgerEntry, Payment, PaymentBatch, Tranche
from grants.queries.ledger import Sums, sums_of, with_grantee, year_totals
from grants.statuses import AwardStatus, BatchStatus, EntryKind, TrancheStatus
from notifications.letters import render_letter
from notifications.models import Message
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
def sent(award, people) -> PaymentBatch:
    return money.batch_of(money.first_of(award), people=people, until="sent")


def code_of(action, *what, **how) -> str:
    with pytest.raises(Refused) as caught:
        action(*what, **how)
    return caught.value.code


def states(award) -> tuple:
    award.refresh_from_db()
    first = money.first_of(award)
    return award.status, first.status, with_grantee(award)


# --- paid -----------------------------------------------------------------------------------------


def test_what_the_bank_paid_stands_in_the_ledger_and_begins_the_award(award, people, sent):
    money.pay_payment(sent.payments.get(), by=people["payer"], order="77")

    entry = LedgerEntry.objects.get()
    assert states(award) == (AwardStatus.ACTIVE, TrancheStatus.PAID, Decimal(1_000_000))
    assert (entry.kind, entry.reference, entry.value_on) == (EntryKind.PAID, "77", clock.today())
    assert PaymentBatch.objects.get().status == BatchStatus.SETTLED
    assert [m.user for m in Message.objects.filter(event="tranche_paid")] == [award.application.created_by]


def test_the_same_twice_is_paid_once_and_another_order_is_refused(people, sent):
    payment = sent.payments.get()
    money.pay_payment(payment, by=people["payer"], order="77")
    money.pay_payment(payment, by=people["payer"], order=" 77 ")

    other = code_of(money.pay_payment, payment, by=people["payer"], order="78")

    assert other == "paid_otherwise"
    assert LedgerEntry.objects.count() == 1


def test_a_day_before_the_register_or_to_come_is_refused(people, sent):
    payment, by = sent.payments.get(), people["payer"]
    days = [clock.today() + timedelta(days=move) for move in (-1, 1)]

    found = [code_of(payments.record_paid, payment, paid_on=day, order_number="1", by=by) for day in days]
    nameless = code_of(payments.record_paid, payment, paid_on=clock.today(), order_number=" ", by=by)

    assert (found, nameless) == (["wrong_day", "wrong_day"], "no_order")


def test_what_is_not_with_the_bank_is_not_paid(award, people):
    batch = money.batch_of(money.first_of(award), people=people, until="written")

    assert code_of(money.pay_payment, batch.payments.get(), by=people["payer"]) == "not_sent"
    with pytest.raises(NotAllowed):
        money.pay_payment(batch.payments.get(), by=people["maker"])


# --- not paid, came back --------------------------------------------------------------------------


def back(payment, by, **how):
    given = {"reason": "Шот жабық.", "returned_on": clock.today(), **how}
    return payments.payment_came_back(payment, by=by, **given)


def test_what_the_bank_did_not_pay_is_planned_again_and_paid_by_another_register(award, people, sent):
    payment = sent.payments.get()
    back(payment, people["payer"])
    back(payment, people["payer"])
    between = states(award)
    again = money.batch_of(money.first_of(award), people=people, until="sent")

    money.pay_payment(again.payments.get(), by=people["payer"])

    assert between == (AwardStatus.SIGNED, TrancheStatus.PLANNED, 0)
    assert code_of(money.pay_payment, payment, by=people["payer"]) == "failed"
    assert states(award) == (AwardStatus.ACTIVE, TrancheStatus.PAID, Decimal(1_000_000))
    assert PaymentBatch.objects.filter(status=BatchStatus.SETTLED).count() == 2


def test_what_was_paid_and_came_back_is_reversed_and_paid_anew_once(award, people, sent):
    payment = money.pay_payment(sent.payments.get(), by=people["payer"])
    back(payment, people["payer"], reference="R-1")
    between = states(award)
    again = money.batch_of(money.first_of(award), people=people, until="sent")

    money.pay_payment(again.payments.get(), by=people["payer"])

    assert between == (AwardStatus.ACTIVE, TrancheStatus.PLANNED, 0)
    assert list(LedgerEntry.objects.order_by("pk").values_list("kind", flat=True)) == ["paid", "reversal", "paid"]
    assert states(award)[2] == Decimal(1_000_000)


def test_a_payment_of_which_part_was_returned_does_not_come_back(award, people, sent):
    payment = money.pay_payment(sent.payments.get(), by=people["payer"])
    returned(award, people, 1)

    assert code_of(back, payment, people["payer"]) == "rests_on_it"
    assert code_of(back, payment, people["payer"], reason=" ") == "no_reason"


# --- returned -------------------------------------------------------------------------------------


def returned(award, people, amount, **how) -> LedgerEntry:
    given = {"returned_on": clock.today(), "reference": "B-1", "reason": "Қалдық.", **how}
    return ledger.record_return(award, amount=Decimal(amount), by=people["payer"], **given)


def test_no_more_comes_back_than_stands_with_the_grantee(award, people, sent):
    nothing = code_of(returned, award, people, 1)
    money.pay_payment(sent.payments.get(), by=people["payer"])
    returned(award, people, 400_000)
    returned(award, people, 400_000)
    more = code_of(returned, award, people, 600_001, reference="B-2")

    returned(award, people, 600_000, reference="B-2")

    assert (nothing, more) == ("too_much", "too_much")
    assert sums_of([award.pk])[award.pk] == Sums(Decimal(1_000_000), Decimal(1_000_000))


def test_a_wrong_return_is_reversed_once(award, people, sent):
    money.pay_payment(sent.payments.get(), by=people["payer"])
    entry = returned(award, people, 400_000)
    by = people["payer"]

    ledger.reverse_return(entry, reason="Басқа жоба.", by=by)
    ledger.reverse_return(entry, reason="Басқа жоба.", by=by)

    paid = LedgerEntry.objects.get(kind=EntryKind.PAID)
    assert with_grantee(award) == Decimal(1_000_000)
    assert LedgerEntry.objects.filter(kind=EntryKind.REVERSAL).count() == 1
    assert code_of(ledger.reverse_return, paid, reason="x", by=by) == "not_a_return"
    assert code_of(ledger.reverse_return, entry, reason="", by=by) == "no_reason"


def test_the_totals_of_a_year(award, people, sent):
    money.pay_payment(sent.payments.get(), by=people["payer"])
    returned(award, people, 100_000)

    (totals,) = year_totals()

    year = totals.year
    assert (year.committed, totals.contracted) == (Decimal(2_000_000), Decimal(2_000_000))
    assert (totals.sums.paid, totals.sums.returned, totals.to_pay) == (1_000_000, 100_000, 1_000_000)
    assert totals.spent == 0


# --- files of the bank ----------------------------------------------------------------------------


def register(batch) -> list[list]:
    with default_storage.open(str(batch.register_xlsx.file.name), "rb") as stored:
        return [["" if cell.value is None else cell.value for cell in row] for row in load_workbook(
            BytesIO(stored.read())
        ).active.rows]  # fmt: skip


def filled(batch, *cells, file_format="csv") -> bytes:
    head, *rows = register(batch)
    rows = [[*row[:12], *cells] for row in rows]
    if file_format == "csv":
        return write_csv(head, rows)
    return write_table(head, rows, title="x")


def paid_cells(order="77") -> tuple:
    return f"{clock.today():%d.%m.%Y}", order, ""


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_file_of_the_bank_read_twice_pays_once(award, people, sent, file_format):
    content = filled(sent, *paid_cells(), file_format=file_format)

    answers = [read_answer(sent, upload=money.upload(content), by=people["payer"]) for _n in range(2)]

    assert [(one.paid, one.failed) for one in answers] == [(1, 0), (0, 0)]
    assert LedgerEntry.objects.count() == 1
    assert states(award)[1] == TrancheStatus.PAID
    assert BankAnswer.objects.count() == 2


def test_a_file_says_what_was_not_paid(award, people, sent):
    answer = read_answer(sent, upload=money.upload(filled(sent, "", "", "Шот жабық")), by=people["payer"])

    assert (answer.paid, answer.failed) == (0, 1)
    assert Payment.objects.get().fail_reason == "Шот жабық"
    assert states(award)[1] == TrancheStatus.PLANNED


FAULTS = [
    ((1, "zzzz"), paid_cells()),
    ((8, "999"), paid_cells()),
    ((0, "1"), ("", "77", "")),
    ((0, "1"), (paid_cells()[0], "", "")),
    ((0, "1"), (paid_cells()[0], "77", "Шот жабық")),
]


@pytest.mark.parametrize(("cell", "cells"), FAULTS)
def test_a_line_that_does_not_fit_stops_the_whole_file(people, sent, cell, cells):
    head, row = register(sent)
    row = [*row[:12], *cells]
    row[cell[0]] = cell[1]

    code = code_of(read_answer, sent, upload=money.upload(write_csv(head, [row])), by=people["payer"])

    assert code == "faults"
    assert (LedgerEntry.objects.count(), BankAnswer.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("content", "code"), [(b"PK\x03\x04no", "no_table"), (b"\x00\x00", "no_table"), ("№;a\n".encode(), "nothing")]
)
def test_what_is_no_answer_is_refused(people, sent, content, code):
    assert code_of(read_answer, sent, upload=money.upload(content), by=people["payer"]) == code


def test_two_payments_with_the_same_order_are_refused_together(award, people):
    other = money.payable_award(make.application_at("awarded", call=make.make_call(award.decision.programme_year)))
    batch = money.batch_of(money.first_of(award), money.first_of(other), people=people, until="sent")

    code = code_of(read_answer, batch, upload=money.upload(filled(batch, *paid_cells())), by=people["payer"])

    assert code == "order_used"
    assert LedgerEntry.objects.count() == 0
    assert Tranche.objects.filter(status=TrancheStatus.APPROVED).count() == 2


# --- holds ----------------------------------------------------------------------------------------


def test_two_people_lift_a_hold_and_the_grantee_is_told(award, people):
    held = money.hold(award, by=people["maker"])
    again = code_of(money.hold, award, by=people["maker"])
    silent = code_of(money.hold, award, by=people["maker"], kind="misuse", reason_ru=" ")
    award_holds.propose_lifting(held, reason="Тексерілді.", by=people["maker"])
    alone = code_of(award_holds.lift_award_hold, held, by=people["maker"])

    award_holds.lift_award_hold(held, by=people["checker"])

    held.refresh_from_db()
    assert (again, silent, alone) == ("held_already", "no_reason", "same_person")
    assert (held.lifted_by, held.lift_reason) == (people["checker"], "Тексерілді.")
    assert Message.objects.filter(event__in=["hold_placed", "hold_lifted"]).count() == 2


def test_a_proposal_to_lift_is_turned_down(award, people):
    held = money.hold(award, by=people["maker"])
    award_holds.propose_lifting(held, reason="Тексерілді.", by=people["maker"])

    award_holds.keep_award_hold(held, by=people["checker"])

    assert Hold.objects.in_force().count() == 1
    assert code_of(award_holds.lift_award_hold, held, by=people["checker"]) == "not_proposed"
    with pytest.raises(NotAllowed):
        award_holds.propose_lifting(held, reason="x", by=make.make_user(roles=["auditor"]))


@pytest.mark.parametrize("same", ["organisation", "number"])
def test_a_hold_keeps_the_organisation_from_new_applications(award, people, same):
    owner, organisation = award.application.created_by, award.application.organisation
    if same == "number":
        owner = make.make_user()
        make.make_organisation(owner, identifier=organisation.identifier)
    draft = make.make_draft(owner, make.make_call())
    held = money.hold(award, by=people["maker"])
    blocked = code_of(submit_application, draft, agreed={"declaration"}, by=owner)
    money.lift(held)

    submit_application(draft, agreed={"declaration"}, by=owner)

    draft.refresh_from_db()
    assert blocked == "held"
    assert draft.status == "submitted"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_letters_name_the_sum_the_reason_and_the_way(award, people, sent, language):
    award.application.created_by.language = language
    award.application.created_by.save()
    payment = money.pay_payment(sent.payments.get(), by=people["payer"])
    back(payment, people["payer"])
    money.lift(money.hold(award, by=people["maker"]))

    letters = {m.event: render_letter(m) for m in Message.objects.filter(event__in=EVENTS)}

    said = {"kk": "Тексеру жүріп жатыр.", "ru": "Идёт проверка.", "en": "Идёт проверка."}[language]
    assert set(letters) == EVENTS
    assert said in letters["hold_placed"].text
    assert "000" in letters["tranche_paid"].text
    assert all(award.application.number in letter.subject for letter in letters.values())


EVENTS = {"tranche_paid", "payment_back", "hold_placed", "hold_lifted"}
