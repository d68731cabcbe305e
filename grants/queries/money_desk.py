"""What of money waits for the staff today."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from accounts.models import BankAccount
from grants.models import Award, Hold, Payment, PaymentBatch, Tranche
from grants.statuses import AWARDS_OVER, BatchStatus, TrancheStatus

SHOWN = 5
UNDER_WAY = [BatchStatus.MADE, BatchStatus.CHECKED, BatchStatus.SENT]


@dataclass(frozen=True)
class MoneyDesk:
    """Numbers, and the oldest registers under way, each with `count` and `total`."""

    planned: int
    approved: int
    holds: int
    accounts: int
    batches: list[PaymentBatch]


def money_desk() -> MoneyDesk:
    """Four queries."""
    live = Payment.objects.live().filter(tranche=OuterRef("pk"))
    counted = Tranche.objects.annotate(in_register=Exists(live)).aggregate(
        planned=Count("pk", filter=Q(status=TrancheStatus.PLANNED)),
        approved=Count("pk", filter=Q(status=TrancheStatus.APPROVED, in_register=False)),
    )
    return MoneyDesk(
        **counted,
        holds=Hold.objects.in_force().count(),
        accounts=accounts_to_check().count(),
        batches=list(_batches()),
    )


def accounts_to_check() -> QuerySet[BankAccount]:
    """Open accounts of winners that finance has not compared with the bank's certificate."""
    winners = Award.objects.exclude(status__in=AWARDS_OVER).values("application__organisation")
    return BankAccount.objects.open().filter(checked_at=None, organisation__in=winners)


def _batches() -> QuerySet[PaymentBatch]:
    live = Q(payments__failed_at=None, payments__cancelled_at=None)
    rows = PaymentBatch.objects.filter(status__in=UNDER_WAY).order_by("made_at", "pk")
    return rows.annotate(count=Count("payments", filter=live), total=Sum("payments__amount", filter=live))[:SHOWN]
