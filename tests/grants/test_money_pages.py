"""Pages of money: an award is paid through the admin by three people; who sees what; lists under counted queries."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from accounts.actions.bank_accounts import add_bank_account, check_bank_account
from accounts.models import BankAccount
from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed
from documents.formulas.tables import read_csv, write_csv
from grants.actions import exports
from grants.models import Award, Hold, LedgerEntry, Payment, PaymentBatch, Tranche
from grants.statuses import BatchStatus, ExportFormat, ExportKind, TrancheStatus
from portal.queries.desk import desk_of
from tests import factories as make
from tests import factories_money as money
from tests.shared import shared

pytestmark = pytest.mark.django_db


@shared
def award() -> Award:
    return money.payable_award(make.application_at("awarded"))


@shared
def people() -> dict:
    found = money.staff_of_money()
    return {name: make.with_second_factor(person) for name, person in found.items()}


@pytest.fixture
def as_(client, people):
    """The browser of one of the people."""

    def enter(who):
        client.force_login(people[who] if isinstance(who, str) else who)
        return client

    return enter


def admin(name, *args) -> str:
    return reverse(f"admin:grants_{name}", args=args)


# --- an award is paid through the admin -----------------------------------------------------------


def test_three_people_pay_a_tranche_through_the_admin(award, people, as_):
    first, year = money.first_of(award), award.decision.programme_year
    browser = as_("maker")
    page = browser.get(admin("tranche_award", award.public_id)).content.decode()
    browser.post(admin("tranche_step", first.pk, "approve"))
    to_make = f"{admin('paymentbatch_make')}?year={year.pk}"
    offered = browser.get(to_make).content.decode()
    browser.post(to_make, {"tranches": [first.pk], "purpose_code": "841"})
    batch = PaymentBatch.objects.get()
    as_("checker").post(admin("paymentbatch_step", batch.pk, "check"))
    money.registers.write_register(batch.pk)
    browser = as_("payer")
    file = browser.get(admin("paymentbatch_file", batch.pk, "csv"))
    browser.post(admin("paymentbatch_step", batch.pk, "send"))
    answered = SimpleUploadedFile("answer.csv", answer_of(batch))
    browser.post(admin("paymentbatch_answer", batch.pk), {"upload": answered})

    batch.refresh_from_db()
    first.refresh_from_db()
    assert admin("tranche_step", first.pk, "approve") in page
    assert award.application.number in offered
    assert money.IBAN in b"".join(file.streaming_content).decode("utf-8-sig")
    assert (batch.status, batch.purpose_code, first.status) == (BatchStatus.SETTLED, "841", TrancheStatus.PAID)
    assert AuditEvent.objects.filter(verb="payment_batch.take").count() == 1


def answer_of(batch) -> bytes:
    batch.refresh_from_db()
    with default_storage.open(str(batch.register_csv.file.name), "rb") as stored:
        head, *rows = read_csv(stored.read())
    return write_csv(head, [[*row[:12], f"{clock.today():%d.%m.%Y}", f"N{row[0]}", ""] for row in rows])


def test_what_is_missing_stands_on_the_page_and_is_not_approved(award, as_):
    money.hold(award, by=make.make_user(roles=["officer"]))
    first = money.first_of(award)

    page = as_("maker").get(admin("tranche_award", award.public_id)).content.decode()
    answer = as_("maker").post(admin("tranche_step", first.pk, "approve"), follow=True).content.decode()

    assert admin("tranche_step", first.pk, "approve") not in page
    assert money.HELD["reason_kk"] in page
    assert money.HELD["reason_kk"] in answer
    assert Tranche.objects.get(pk=first.pk).status == TrancheStatus.PLANNED


def test_a_payment_is_entered_by_hand_comes_back_and_money_is_returned(award, people, as_):
    payment = money.batch_of(money.first_of(award), people=people, until="sent").payments.get()
    browser, day = as_("payer"), clock.today().isoformat()
    browser.post(admin("paymentbatch_payment", payment.public_id, "paid"), {"paid_on": day, "order_number": "7"})
    returned = {"amount": "100 000", "returned_on": day, "reference": "B-1", "reason": "Қалдық"}
    browser.post(admin("tranche_returned", award.public_id), returned)
    entry = LedgerEntry.objects.get(kind="returned")
    browser.post(admin("ledgerentry_reverse", entry.pk), {"reason": "Қате"})
    back = {"reason": "Шот жабық", "returned_on": day, "reference": ""}

    browser.post(admin("paymentbatch_payment", payment.public_id, "back"), back)

    kinds = list(LedgerEntry.objects.order_by("pk").values_list("kind", flat=True))
    page = browser.get(admin("paymentbatch_change", payment.batch_id)).content.decode()
    assert kinds == ["paid", "returned", "reversal", "reversal"]
    assert "Шот жабық" in page


def test_an_officer_enters_a_tax_statement_and_a_hold_that_two_lift(award, people, as_):
    day = clock.today().isoformat()
    browser = as_("maker")
    browser.post(admin("tranche_tax", award.public_id), {"is_clear": "no", "checked_on": day, "evidence": "№ 9"})
    browser.post(admin("tranche_hold", award.public_id), money.HELD)
    held = Hold.objects.get()
    browser.post(admin("hold_propose", held.pk), {"reason": "Тексерілді."})
    own = browser.get(admin("hold_change", held.pk)).content.decode()
    browser = as_("checker")
    foreign = browser.get(admin("hold_change", held.pk)).content.decode()
    listed = [row.url for rows in desk_of(people["checker"]).lists for row in rows.rows]

    browser.post(admin("hold_step", held.pk, "lift"))

    held.refresh_from_db()
    lifting = admin("hold_step", held.pk, "lift")
    assert (lifting in own, lifting in foreign) == (False, True)
    assert admin("hold_change", held.pk) in listed
    assert held.lifted_by == people["checker"]
    assert award.tax_checks.first().is_clear is False


def test_finance_checks_an_account_and_an_owner_never_the_own_one(award, as_):
    organisation, owner = award.application.organisation, award.application.created_by
    other = {**money.WHERE, "bank_name": "Басқа банк"}
    account = add_bank_account(organisation, is_holder_confirmed=True, by=owner, **other)
    owner.groups.set(make.make_user(roles=["finance"]).groups.all())

    with pytest.raises(NotAllowed):
        check_bank_account(account, by=owner)
    as_("payer").post(reverse("admin:accounts_bankaccount_check", args=[account.pk]))

    assert BankAccount.objects.get(pk=account.pk).checked_by is not None


# --- who sees what --------------------------------------------------------------------------------


def test_the_grantee_reads_the_same_words_as_the_staff(award, people, as_):
    payment = money.batch_of(money.first_of(award), people=people, until="sent").payments.get()
    money.pay_payment(payment, by=people["payer"], order="77")
    owner, url = award.application.created_by, reverse("grants:award_money", args=[award.public_id])

    page = as_(owner).get(url).content.decode()
    outside = as_(make.make_user()).get(url)
    officer = as_("maker").get(url)
    detail = as_(owner).get(reverse("grants:application_detail", args=[award.application.public_id]))

    assert "77" in page
    assert outside.status_code == 404
    assert officer.status_code == 200
    assert url in detail.content.decode()


# Person -> which of: tranches, registers, a file of a register, the ledger, totals.
SEES = {
    "officer": "TR-LS",
    "secretary": "T--LS",
    "finance": "TRFLS",
    "auditor": "TRFLS",
    "commission": "-----",
    "analyst": "-----",
    "administrator": "-----",
}


@pytest.mark.parametrize("role", SEES)
def test_who_reads_money(award, people, client, role):
    batch = money.batch_of(money.first_of(award), people=people, until="written")
    client.force_login(make.make_staff(role))
    pages = {
        "T": admin("tranche_award", award.public_id),
        "R": admin("paymentbatch_change", batch.pk),
        "F": admin("paymentbatch_file", batch.pk, "xlsx"),
        "L": admin("ledgerentry_changelist"),
        "S": admin("ledgerentry_totals"),
    }

    found = "".join(letter if client.get(url).status_code == 200 else "-" for letter, url in pages.items())

    assert found == SEES[role]


def test_no_whole_account_number_stands_on_the_page_of_a_register(award, people, as_):
    batch = money.batch_of(money.first_of(award), people=people)

    page = as_("payer").get(admin("paymentbatch_change", batch.pk)).content.decode()

    assert money.IBAN not in page
    assert money.IBAN[-4:] in page


# --- lists ----------------------------------------------------------------------------------------


@shared
def three() -> list[Award]:
    call = make.make_call(reviews_needed=1)
    rows = [make.application_at("eligible", call=call) for _n in range(3)]
    for row in rows:
        make.review(make.assign(row))
    for row in rows:
        make.decide(row)
    make.release(call)
    return [money.payable_award(row) for row in rows]


LISTS = {"tranche_changelist": 7, "paymentbatch_changelist": 7, "hold_changelist": 5, "ledgerentry_changelist": 8}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", LISTS)
def test_lists_cost_the_same_for_one_and_for_three(three, people, as_, rows, name, django_assert_num_queries):
    chosen = three[:rows]
    Tranche.objects.exclude(award__in=chosen).update(status="cancelled")
    for award in chosen:
        batch = money.batch_of(money.first_of(award), people=people, until="sent")
        money.pay_payment(batch.payments.get(), by=people["payer"])
        money.hold(award, by=people["maker"])
    browser = as_("payer")
    browser.get(admin(name))

    with django_assert_num_queries(LISTS[name]):
        browser.get(f"{admin(name)}?status__exact=planned" if name.startswith("tranche") else admin(name))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_register_and_the_choice_for_it_cost_the_same(three, people, as_, rows, django_assert_num_queries):
    chosen = three[:rows]
    year = chosen[0].decision.programme_year
    browser = as_("payer")
    for award in chosen:
        money.tranches.approve_tranche(money.first_of(award), by=people["maker"])
    with django_assert_num_queries(14):
        browser.get(f"{admin('paymentbatch_make')}?year={year.pk}")
    batch = money.batches.make_batch(year, tranches=[money.first_of(one) for one in chosen], by=people["maker"])

    with django_assert_num_queries(15):
        browser.get(admin("paymentbatch_change", batch.pk))

    assert Payment.objects.count() == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_counts_what_waits(three, people, rows, django_assert_num_queries):
    for award in three[:rows]:
        money.batch_of(money.first_of(award), people=people)

    with django_assert_num_queries(8):
        desk = desk_of(people["payer"])

    registers = reverse("admin:grants_paymentbatch_changelist")
    planned = f"{reverse('admin:grants_tranche_changelist')}?status__exact=planned"
    assert [len(one.rows) for one in desk.lists if one.url == registers] == [rows]
    assert [tile.value for tile in desk.tiles if tile.url == planned] == [str(9 - rows)]


def test_the_money_of_awards_as_a_file(three, people):
    batch = money.batch_of(money.first_of(three[0]), people=people, until="sent")
    money.pay_payment(batch.payments.get(), by=people["payer"])
    keys = [award.pk for award in three]
    asked = exports.ask_export(ExportKind.MONEY, rows=keys, file_format=ExportFormat.XLSX, by=people["payer"])

    made = exports.make_export(asked.pk)

    with default_storage.open(str(made.document.file.name), "rb") as stored:
        rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(stored.read())).active.rows]
    assert [row[0] for row in rows[1:]] == [award.application.number for award in three]
    assert rows[1][5:13] == [2_000_000, rows[1][6], rows[1][7], 1_000_000, 1_000_000, 0, 0, 1_000_000]
    assert [Decimal(row[8]) for row in rows[2:]] == [0, 0]


def test_only_who_follows_contracts_asks_for_the_file(award, as_, people):
    url = admin("export_ask_money", award.decision.programme_year_id)

    assert as_("maker").get(url).status_code == 200
    assert as_(make.make_staff("commission")).get(url).status_code == 404
