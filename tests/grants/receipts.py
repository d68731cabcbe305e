"""An award whose contract binds, with a plan of three lines, for the tests of receipts."""

from datetime import date
from decimal import Decimal
from typing import Any

from core import clock
from core.money import allocate
from grants.models import Award, AwardLine, BudgetCategory, Decision, PlanLine, PlanVersion
from grants.statuses import AwardStatus, ProofKind, ProofNeeded
from tests import factories

LINES = (("Камера", ProofNeeded.EITHER), ("Дыбыс студиясы", ProofNeeded.INVOICE), ("Жалақы", ProofNeeded.PAYROLL))


def award_in_force(*, amount: int = 1_000_000, lines: int = 3, **how: Any) -> Award:
    """Signed, with an agreed plan; rows past the actions, which other tests are about."""
    application = factories.make_draft(amount=amount, **how)
    decision = Decision.objects.create(
        application=application,
        programme_year=application.call.programme_year,
        outcome="award",
        amount=Decimal(amount),
        reason_kk="Себеп",
        reason_ru="Причина",
        staged_by=factories.make_user(roles=["secretary"]),
    )
    award = Award.objects.create(
        application=application, decision=decision, amount=Decimal(amount), status=AwardStatus.SIGNED
    )
    plan = PlanVersion.objects.create(award=award, number=1, made_by=application.created_by)
    for position, part in enumerate(allocate(Decimal(amount), [1] * lines)):
        item, need = LINES[position]
        category = BudgetCategory.objects.create(
            call=application.call,
            key=f"c{position}{factories.make_public_id()[:4].lower()}",
            title_kk=item,
            title_ru=item,
            proof=need,
        )
        line = AwardLine.objects.create(award=award, category=category, position=position)
        PlanLine.objects.create(plan=plan, line=line, item=item, grant_amount=part)
    plan.agreed_at, plan.agreed_by = clock.now(), factories.make_user(roles=["officer"])
    plan.save()
    return award


def said(line: AwardLine, amount: int = 12_500, **other: Any) -> dict[str, Any]:
    """What a grantee says about a receipt."""
    values = {
        "line": line,
        "spent_on": date(2026, 5, 1),
        "amount": Decimal(amount),
        "proof": ProofKind.FISCAL,
        "seller": "Дүкен",
        "seller_identifier": "",
        "number": "",
        "note": "Штатив",
    }
    return {**values, **other}


def link(sign: int = 1234567890, *, amount: str = "12500.00", register: str = "010101012345") -> str:
    """A link of a fiscal receipt."""
    return f"https://consumer.oofd.kz/?i={sign}&f={register}&s={amount}&t=20260501T101500"
