"""Receipts of a grant: they land in the inbox as they come, count once the grantee has said what they are, and may be
taken back. Nothing is read from a picture: a link proposes a day and a sum, earlier receipts propose the line.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.identifiers import check_bin, check_iin
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from documents.actions.pieces import refuse_haste
from documents.actions.store import atomic_with_files, store_upload
from documents.models import Document
from grants import policy
from grants.formulas.fiscal_links import read_link
from grants.models import Award, AwardLine, Expense, ExpenseMark
from grants.queries.spending import proposed_line
from grants.statuses import AWARDS_IN_FORCE, PROOFS_ENOUGH, ExpenseSource, ProofKind, ProofNeeded

SALT = "grants.expense"
MOST_WAITING = 200  # receipts of one grant that nobody has confirmed yet


def mark_of(kind: str, *parts: Any) -> str:
    """What is compared across grants in place of the receipt itself: equal for equal receipts, and no list of numbers
    finds it out."""
    return salted_hmac(SALT, ":".join([kind, *map(str, parts)]), algorithm="sha256").hexdigest()


def marks_of(expense: Expense) -> set[str]:
    """By its link (register and fiscal sign), by its file, and by seller, number and day: one receipt may come in by
    each of these ways."""
    marks = set()
    key = read_link(expense.link, today=clock.today()).key if expense.link else ""
    if key:
        marks.add(mark_of("link", key))
    if expense.document:
        marks.add(mark_of("file", expense.document.sha256))
    if expense.seller_identifier and expense.number and expense.spent_on:
        number = expense.number.strip().lower()
        marks.add(mark_of("paper", expense.seller_identifier, number, expense.spent_on))
    return marks


@atomic_with_files()
def add_expenses(award: Award, *, files: Sequence[File], by: Any) -> list[Expense]:
    """Photos and PDFs, each a receipt of its own in the inbox (photos chosen together are one PDF already).

    Raises NotAllowed for who does not write for the organisation, Refused for a bad file, before the contract, after
    the closing, and where too much waits already; then neither a row nor a file stays.
    """
    award = _open_for_receipts(award, by)
    refuse_haste(by)
    made = []
    for file in files:
        document = store_upload(file, by=by)
        source = ExpenseSource.PHOTO if document.is_image else ExpenseSource.FILE
        made.append(_land(award, by, source=source, document=document))
    return made


@transaction.atomic
def add_link(award: Award, link: str, *, by: Any) -> Expense:
    """The link of a fiscal receipt's square code, with the day and the sum that it says for certain.

    Raises Refused for what is no link of an operator that we read: the person takes a photo in its place.
    """
    award = _open_for_receipts(award, by)
    read = read_link(link, today=clock.today())
    if not read.is_known:
        sentence = _("This is not the link of a fiscal receipt that the portal can read. Take a photo of it instead.")
        raise Refused(sentence, code="unknown_link")
    proposed: dict[str, Any] = {
        "spent_on": read.spent_on,
        "amount": read.amount,
        "number": read.sign,
        "link": link.strip(),
    }
    return _land(award, by, source=ExpenseSource.LINK, **proposed)


@transaction.atomic
def add_typed(award: Award, *, by: Any) -> Expense:
    """An empty receipt, to be typed from the paper; its file is asked for when it is confirmed."""
    return _land(_open_for_receipts(award, by), by, source=ExpenseSource.TYPED)


@transaction.atomic
def confirm_expense(expense: Expense, values: Mapping[str, Any], *, by: Any) -> Expense:
    """The grantee says what the receipt is: from now on it counts as spent on its line. Again: a correction.

    `values`: line, spent_on, amount, proof, seller, seller_identifier, number, note. Raises Refused with what is wrong.
    """
    award = _open_for_receipts(expense.award, by)
    expense = _locked(expense, award)
    line: AwardLine = values["line"]
    _check(expense, award, line, values)
    for name in ("line", "spent_on", "amount", "proof", "seller", "seller_identifier", "number", "note"):
        setattr(expense, name, values[name])
    expense.confirmed_at, expense.confirmed_by = clock.now(), by
    expense.save()
    _mark(expense)
    data = {"expense": expense.public_id, "line": line.public_id, "amount": expense.amount}
    record("expense.confirm", award, by=by, data=data)
    return expense


@transaction.atomic
def withdraw_expense(expense: Expense, *, by: Any) -> Expense:
    """Taken back: it counts no more. Its file stays for the trail. Twice is once."""
    award = _open_for_receipts(expense.award, by)
    expense = _locked(expense, award)
    if expense.withdrawn_at is None:
        expense.withdrawn_at = clock.now()
        expense.save(update_fields=["withdrawn_at"])
        record("expense.withdraw", award, by=by, data={"expense": expense.public_id})
    return expense


def _open_for_receipts(award: Award, by: Any) -> Award:
    award = lock(award, "application__organisation")
    if not policy.may_keep_expenses(by, award):
        raise NotAllowed(_("Only owners and editors of the organisation add receipts."), code="not_a_writer")
    if award.status not in AWARDS_IN_FORCE:
        raise Refused(
            _("Receipts are added from the signing of the contract until the grant is closed."), code="wrong_state"
        )
    if Expense.objects.live().filter(award=award, confirmed_at=None).count() >= MOST_WAITING:
        raise Refused(
            _("%(most)s receipts wait for your words already. Say first what these are. Nothing was lost.")
            % {"most": MOST_WAITING},
            code="too_many",
        )
    return award


def _locked(expense: Expense, award: Award) -> Expense:
    expense = lock(expense)
    expense.award = award
    if expense.withdrawn_at is not None:
        raise Refused(_("This receipt was taken back. Add it again if it is right."), code="withdrawn")
    return expense


def _land(award: Award, by: Any, *, source: str, document: Document | None = None, **read: Any) -> Expense:
    expense = Expense(award=award, source=source, document=document, added_by=by, **read)
    expense.line = proposed_line(award, expense)
    expense.save()
    _mark(expense)
    record("expense.add", award, by=by, data={"expense": expense.public_id, "source": source})
    return expense


def _mark(expense: Expense) -> None:
    """Writes its marks down; a receipt that stands in any grant already, its own one included, is flagged for good."""
    marks = marks_of(expense)
    ExpenseMark.objects.bulk_create(
        [ExpenseMark(expense=expense, fingerprint=mark) for mark in marks], ignore_conflicts=True
    )
    others = ExpenseMark.objects.filter(fingerprint__in=marks, expense__withdrawn_at=None).exclude(expense=expense)
    if not expense.is_repeated and others.exists():
        expense.is_repeated = True
        expense.save(update_fields=["is_repeated"])


def _check(expense: Expense, award: Award, line: AwardLine, values: Mapping[str, Any]) -> None:
    """Raises Refused with the field that is wrong as its code."""
    identifier, need = values["seller_identifier"], line.category.proof if line.category else ProofNeeded.EITHER
    if line.award_id != award.pk:
        raise Refused(_("Choose a line of this grant's budget."), code="line")
    if values["spent_on"] > clock.today():
        raise Refused(_("This day has not come yet."), code="spent_on")
    if values["amount"] is None or values["amount"] <= Decimal(0):
        raise Refused(_("Enter the sum of the receipt in tenge."), code="amount")
    if values["proof"] not in PROOFS_ENOUGH[ProofNeeded(need)]:
        raise Refused(_("For this line of the budget another proof is needed: it says so above."), code="proof")
    today = clock.today()
    if identifier and not (check_bin(identifier, today=today).ok or check_iin(identifier, today=today).ok):
        raise Refused(
            _("This is no BIN or IIN: check the twelve digits. It may be left empty."), code="seller_identifier"
        )
    if expense.document_id is None and not (expense.link and values["proof"] == ProofKind.FISCAL):
        raise Refused(_("Add a photo or a PDF of the paper: only a fiscal link needs none."), code="document")


@atomic_with_files()
def add_paper(expense: Expense, file: File, *, by: Any) -> Expense:
    """A photo or a PDF of a receipt that came without one, or a better one."""
    award = _open_for_receipts(expense.award, by)
    expense = _locked(expense, award)
    refuse_haste(by)
    expense.document = store_upload(file, by=by)
    expense.save(update_fields=["document"])
    _mark(expense)
    record("expense.add_paper", award, by=by, data={"expense": expense.public_id, "sha256": expense.document.sha256})
    return expense
