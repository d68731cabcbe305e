"""Where the money of a grant stands by lines of its plan: planned, spent, left; and which line a receipt belongs to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from grants.models import Award, AwardLine, Expense, PlanLine, PlanVersion
from grants.statuses import ProofNeeded


@dataclass(frozen=True)
class SpendingLine:
    """One line: what it pays for, its money, what the receipts say. Amounts in tenge."""

    line: AwardLine
    item: str
    proof: str  # what is enough, in words
    planned: Decimal
    spent: Decimal
    count: int

    @property
    def left(self) -> Decimal:
        """What the plan leaves; below zero where more was spent than planned."""
        return self.planned - self.spent

    @property
    def is_over(self) -> bool:
        """More was spent than the whole plan of this line, own money included."""
        return self.left < 0

    @property
    def percent(self) -> int:
        """Of the plan, at most 100: the bar's length."""
        return min(100, int(self.spent * 100 / self.planned)) if self.planned else 0


@dataclass(frozen=True)
class Spending:
    """All lines of the plan that holds, and what waits in the inbox."""

    lines: Sequence[SpendingLine]
    waiting: int

    @property
    def planned(self) -> Decimal:
        """The whole project: grant and own money."""
        return sum((line.planned for line in self.lines), Decimal(0))

    @property
    def spent(self) -> Decimal:
        """What confirmed receipts say."""
        return sum((line.spent for line in self.lines), Decimal(0))


def plan_that_holds(award: Award) -> PlanVersion | None:
    """The newest agreed version, or None before the first. One query."""
    return award.plans.agreed().order_by("-number").first()


def spending_of(award: Award) -> Spending:
    """Plan against receipts, line by line. Three queries, whatever the number of receipts."""
    plan = plan_that_holds(award)
    planned = PlanLine.objects.filter(plan=plan).select_related("line__category") if plan else PlanLine.objects.none()
    live = Expense.objects.live().filter(award=award)
    sums: dict[int | None, Mapping[str, Any]] = {
        row["line"]: row
        for row in live.values("line")
        .annotate(
            spent=Sum("amount", filter=Q(confirmed_at__isnull=False)),
            count=Count("pk", filter=Q(confirmed_at__isnull=False)),
            waiting=Count("pk", filter=Q(confirmed_at=None)),
        )
        .order_by("line")
    }
    return Spending(
        lines=[_line(row, sums.get(row.line_id, {})) for row in planned],
        waiting=sum(row["waiting"] for row in sums.values()),
    )


def _line(row: PlanLine, found: Mapping[str, Any]) -> SpendingLine:
    category = row.line.category
    need = ProofNeeded(category.proof if category else ProofNeeded.EITHER)
    return SpendingLine(
        line=row.line,
        item=row.item,
        proof=str(need.label),
        planned=row.grant_amount + row.own_amount,
        spent=found.get("spent") or Decimal(0),
        count=found.get("count", 0),
    )


def proposed_line(award: Award, expense: Expense) -> AwardLine | None:
    """The line that the grantee chose last for the same seller, or the only line of the plan; None where neither is.

    A fiscal link names its seller by the cash register's number alone, which stands in the link.
    """
    lines = list(award.lines.filter(versions__plan=plan_that_holds(award)))
    if len(lines) == 1:
        return lines[0]
    earlier = Expense.objects.confirmed().filter(award=award)
    same = _same_seller(earlier, expense)
    if same is None:
        return None
    newest = same.values("line").annotate(last=Max("confirmed_at")).order_by("-last").values_list("line", flat=True)
    by_key = {line.pk: line for line in lines}
    return next((by_key[pk] for pk in newest if pk in by_key), None)


def _same_seller(earlier: QuerySet[Expense], expense: Expense) -> QuerySet[Expense] | None:
    if expense.seller_identifier:
        return earlier.filter(seller_identifier=expense.seller_identifier)
    register = register_of(expense.link)
    return earlier.filter(link__contains=f"f={register}") if register else None


def register_of(link: str) -> str:
    """The cash register's number in a link that was read when it came, or nothing."""
    _before, _mark, rest = link.partition("f=")
    digits = rest[:12]
    return digits if len(digits) == 12 and digits.isdigit() else ""


@dataclass(frozen=True)
class Receipt:
    """A row of the inbox: the receipt, and what its line pays for."""

    expense: Expense
    item: str


def receipts_of(award: Award, spending: Spending) -> list[Receipt]:
    """What waits for words first, then what counts, newest first; what was taken back is not shown. One query."""
    items = {row.line.pk: row.item for row in spending.lines}
    live = Expense.objects.live().filter(award=award).order_by("-pk")
    rows = sorted(live, key=lambda row: row.confirmed_at is not None)
    return [Receipt(row, items.get(row.line_id or 0, "")) for row in rows]


def item_of(expense: Expense) -> str:
    """What the receipt's line pays for in the plan that holds; "" before a line is chosen."""
    rows = PlanLine.objects.filter(plan=plan_that_holds(expense.award), line=expense.line_id)
    return rows.values_list("item", flat=True).first() or ""


def twins_of(expense: Expense) -> list[str]:
    """Numbers of the grants in which the same receipt stands, its own one where it stands there twice; for staff."""
    same = (
        Expense.objects.live().exclude(pk=expense.pk).filter(marks__fingerprint__in=expense.marks.values("fingerprint"))
    )
    return sorted({str(number) for number in same.values_list("award__application__number", flat=True)})
