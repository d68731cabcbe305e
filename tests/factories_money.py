"""Awards whose money may flow: the rows that a signed contract leaves behind, and the real steps of paying."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.actions.bank_accounts import add_bank_account, check_bank_account
from accounts.models import User
from core import clock
from core.money import allocate
from core.workflow import apply_move
from documents.actions.store import store_bytes
from grants.actions import award_holds, batches, ledger, offers, payments, registers, tranches
from grants.models import (
    Award,
    AwardLine,
    Contract,
    ContractTemplate,
    Hold,
    Payment,
    PaymentBatch,
    PlanLine,
    PlanVersion,
    Signatory,
    Tranche,
)
from grants.workflow import AWARD
from tests.factories_people import counter, make_user

IBAN = "KZ86125KZT5004100100"
WHERE = {"iban": IBAN, "bic": "NBRKKZKX", "bank_name": "ҚР Ұлттық Банкі"}
HELD = {"kind": "other", "reason_kk": "Тексеру жүріп жатыр.", "reason_ru": "Идёт проверка."}


def make_award(application: Any) -> Award:
    """The winner of `application_at("awarded")` has accepted."""
    return offers.accept_award(application.awards.get(), by=application.created_by)


@transaction.atomic
def sign_contract(award: Award) -> Award:
    """An agreed plan of one line, a contract signed by both sides, the award signed by the workflow."""
    officer, now = make_user(roles=["officer"]), clock.now()
    PlanVersion.objects.open().filter(award=award).update(dropped_at=now)  # the one that accepting has proposed
    number = award.plans.count() + 1
    plan = PlanVersion.objects.create(award=award, number=number, made_by=officer, sent_at=now)
    line = AwardLine.objects.create(award=award)
    PlanLine.objects.create(plan=plan, line=line, item="Жабдық", grant_amount=award.amount)
    PlanVersion.objects.filter(pk=plan.pk).update(agreed_at=now, agreed_by=officer)
    document = store_bytes(b"%PDF-1.7", name="contract.pdf", media_type="application/pdf", by=None)
    Contract.objects.create(
        award=award,
        number=f"C-{next(counter)}",
        plan=plan,
        template=ContractTemplate.objects.create(title="Шарт"),
        signatory=Signatory.objects.create(name="Асқар Серікұлы", since=now.date()),
        document=document,
        sha256=document.sha256,
        made_by=officer,
        grantee_signed_at=now,
        centre_signed_at=now,
        signed_at=now,
    )
    return apply_move(AWARD, award, "sign", by=award.application.created_by)


def plan_tranches(award: Award, shares: Sequence[int] = (50, 40, 10)) -> list[Tranche]:
    """Tranches by percents that sum to the award."""
    parts = allocate(award.amount, shares)
    return [
        Tranche.objects.create(award=award, number=number, percent=share, amount=part, currency=award.currency)
        for number, (share, part) in enumerate(zip(shares, parts, strict=True), start=1)
    ]


def payable_award(application: Any, shares: Sequence[int] = (50, 40, 10), *, finance: User | None = None) -> Award:
    """Signed, planned, with a checked account and a fresh tax statement: the first tranche may be approved."""
    award = sign_contract(make_award(application))
    plan_tranches(award, shares)
    finance = finance or make_user(roles=["finance"])
    account = add_bank_account(application.organisation, is_holder_confirmed=True, by=application.created_by, **WHERE)
    check_bank_account(account, by=finance)
    note_clear(award, by=finance)
    return award


def note_clear(award: Award, *, by: User) -> None:
    """A statement of today without a debt."""
    tranches.note_tax_check(award, is_clear=True, checked_on=clock.today(), evidence="№ 1", by=by)


def staff_of_money() -> dict[str, User]:
    """An officer who makes, two of finance who check and pay."""
    return {
        "maker": make_user(roles=["officer"]),
        "checker": make_user(roles=["finance"]),
        "payer": make_user(roles=["finance"]),
    }


def first_of(award: Award) -> Tranche:
    """Its first tranche."""
    return award.tranches.get(number=1)


def batch_of(*rows: Tranche, people: dict[str, User], until: str = "made") -> PaymentBatch:
    """A register of planned tranches, by the real actions: made, checked (and written), sent."""
    for row in rows:
        tranches.approve_tranche(row, by=people["maker"])
    year = rows[0].award.decision.programme_year
    batch = batches.make_batch(year, tranches=list(rows), by=people["maker"])
    if until in ("checked", "written", "sent"):
        batch = batches.check_batch(batch, by=people["checker"])
    if until in ("written", "sent"):
        batch = registers.write_register(batch.pk) or batch
    if until == "sent":
        batch = batches.send_batch(batch, by=people["payer"])
    return batch


def pay_payment(payment: Payment, *, by: User, order: str = "") -> Payment:
    """The bank paid it today."""
    return payments.record_paid(payment, paid_on=clock.today(), order_number=order or f"№{payment.pk}", by=by)


def hold(award: Award, *, by: User, **how: Any) -> Hold:
    """A hold in force."""
    return award_holds.place_hold(award, by=by, **{**HELD, **how})


def lift(held: Hold) -> Hold:
    """Two officers lift it."""
    award_holds.propose_lifting(held, reason="Тексерілді.", by=make_user(roles=["officer"]))
    return award_holds.lift_award_hold(held, by=make_user(roles=["officer"]))


def upload(content: bytes, name: str = "answer.csv") -> ContentFile:
    """A file as a form hands it over."""
    return ContentFile(content, name=name)


def days_ago(days: int) -> Any:
    """A day."""
    return clock.today() - timedelta(days=days)


def ledger_return(award: Award, people: dict[str, User]) -> Any:
    """The grantee returned a hundred thousand."""
    given = {"amount": Decimal(100_000), "returned_on": clock.today(), "reference": "B-1", "reason": "Қалдық."}
    return ledger.record_return(award, by=people["payer"], **given)
