"""Money on the first page of the staff: accounts to check, tranches, registers, holds."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.policy import may_read_bank_accounts
from core.templatetags.words import money, number
from grants import policy
from grants.queries.money_desk import MoneyDesk, money_desk
from portal.queries.desk_rows import Row, Rows, Tile

REGISTERS = "admin:grants_paymentbatch_changelist"


def money_of_awards(person: Any) -> tuple[list[Tile], list[Rows]]:
    """What waits, and for whom; four queries, none for who has nothing to do with it."""
    if not policy.may_see_batches(person):
        return [], []
    desk = money_desk()
    tiles = [
        Tile(_("Tranches planned"), number(desk.planned), _("each waits for its conditions"), _tranches("planned")),
        Tile(
            _("Tranches approved, in no register"),
            number(desk.approved),
            "",
            reverse("admin:grants_paymentbatch_make") if policy.may_approve_tranches(person) else _tranches("approved"),
            "wait" if desk.approved else "",
        ),
        _holds(desk),
    ]
    if not policy.may_see_payments(person):
        return tiles, []
    if may_read_bank_accounts(person):
        url = f"{reverse('admin:accounts_bankaccount_changelist')}?check=waits"
        tiles.append(Tile(_("Bank accounts to check"), number(desk.accounts), "", url, _wait(desk.accounts)))
    rows = [_batch(batch) for batch in desk.batches]
    url = reverse(REGISTERS)
    return tiles, [Rows(_("Registers of payments under way"), rows, url, empty=_("No register is under way."))]


def _wait(count: int) -> str:
    return "wait" if count else ""


def _tranches(status: str) -> str:
    return f"{reverse('admin:grants_tranche_changelist')}?status__exact={status}"


def _holds(desk: MoneyDesk) -> Tile:
    url = f"{reverse('admin:grants_hold_changelist')}?lifted_at__isempty=1"
    return Tile(_("Holds in force"), number(desk.holds), "", url, "bad" if desk.holds else "")


def _batch(batch: Any) -> Row:
    return Row(
        batch.number,
        reverse("admin:grants_paymentbatch_change", args=[batch.pk]),
        _("Payments: %(count)s, %(sum)s") % {"count": number(batch.count), "sum": money(batch.total or 0)},
        batch.get_status_display(),
        "wait",
    )
