"""The ledger of grant money: what comes back from a grantee, and undoing a mistake by a row of its own."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.templatetags.words import money
from grants import policy
from grants.models import Award, LedgerEntry
from grants.queries.ledger import with_grantee
from grants.statuses import EntryKind


def lock_awards(keys: Iterable[int]) -> dict[int, Award]:
    """Awards by key, fresh and locked in one order: whoever moves money of an award locks it before anything else."""
    rows = Award.objects.select_for_update(of=("self",)).filter(pk__in=set(keys)).select_related("application__call")
    return {award.pk: award for award in rows.order_by("pk")}


def lock_award(award: Award) -> Award:
    """One of them."""
    return lock_awards([award.pk])[award.pk]


def refuse_who_does_not_pay(by: Any) -> None:
    """Raises NotAllowed for everybody but finance."""
    if not policy.may_pay_batches(by):
        raise NotAllowed(_("Only finance enters what the bank did."), code="not_allowed")


@transaction.atomic
def record_return(
    award: Award, *, amount: Decimal, returned_on: date, reference: str, reason: str, by: Any
) -> LedgerEntry:
    """Money that the grantee sent back is in the account. The same order of the same day and sum twice is one entry.

    Raises Refused for a day to come, without an order number or a reason, and for more than stands with the grantee.
    """
    refuse_who_does_not_pay(by)
    award, reference = lock_award(award), reference.strip()
    if not reference or not reason.strip():
        raise Refused(_("Give the number of the payment order and the reason. Nothing was entered."), code="incomplete")
    if returned_on > clock.today() or amount <= 0:
        raise Refused(_("The day is not later than today, and the sum is above zero."), code="wrong_day")
    same = {"kind": EntryKind.RETURNED, "value_on": returned_on, "reference": reference, "amount": amount}
    there = LedgerEntry.objects.standing().filter(award=award, **same).first()
    if there is not None:
        return there
    left = with_grantee(award)
    if amount > left:
        sentence = _("%(amount)s stand with the grantee, so no more can come back. Nothing was entered.")
        raise Refused(sentence % {"amount": money(left, award.currency)}, code="too_much")
    entry = LedgerEntry.objects.create(
        award=award, currency=award.currency, reason=reason.strip(), posted_by=by, **same
    )
    record("ledger.return", entry, by=by, data={"award": award.public_id, "amount": amount})
    return entry


@transaction.atomic
def reverse_return(entry: LedgerEntry, *, reason: str, by: Any) -> LedgerEntry:
    """An entry of returned money was a mistake: a row takes it back. Twice is once.

    Raises Refused for any other entry (a payment comes back from its register), and without a reason.
    """
    refuse_who_does_not_pay(by)
    award = lock_award(entry.award)
    if entry.kind != EntryKind.RETURNED:
        raise Refused(_("A payment is undone on the page of its register."), code="not_a_return")
    if not reason.strip():
        raise Refused(_("Say what was wrong. Nothing was changed."), code="no_reason")
    there = LedgerEntry.objects.filter(reverses=entry).first()
    return there or reverse_entry(entry, award, value_on=clock.today(), reference="", reason=reason, by=by)


def reverse_entry(
    entry: LedgerEntry, award: Award, *, value_on: date, reference: str, reason: str, by: Any
) -> LedgerEntry:
    """Part of an action that has locked the award: the row that takes a whole entry back."""
    left = with_grantee(award) + (entry.amount if entry.kind == EntryKind.RETURNED else -entry.amount)
    if not 0 <= left <= award.amount:
        sentence = _("Other entries of this award rest on this one. Reverse them first: nothing was changed.")
        raise Refused(sentence, code="rests_on_it")
    made = LedgerEntry.objects.create(
        award=award,
        kind=EntryKind.REVERSAL,
        amount=entry.amount,
        currency=entry.currency,
        value_on=value_on,
        reference=reference.strip(),
        reverses=entry,
        reason=reason.strip()[:300],
        posted_by=by,
    )
    record("ledger.reverse", made, by=by, data={"award": award.public_id, "entry": entry.pk, "amount": entry.amount})
    return made
