"""States and choices of what follows an award: contract, money, receipts, reports, changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AwardStatus(models.TextChoices):
    """An award's life; a hold, an amendment, a refund is an object beside the state. Closing comes with the reports."""

    OFFERED = "offered", _("Offered")
    SIGNED = "signed", _("Contract signed")
    ACTIVE = "active", _("Under way")
    TERMINATED = "terminated", _("Terminated")
    LAPSED = "lapsed", _("Lapsed")
    REFUSED = "refused", _("Refused by the winner")


# Of an application at most one award is not over.
AWARDS_OVER = frozenset({AwardStatus.LAPSED, AwardStatus.REFUSED, AwardStatus.TERMINATED})
# The contract binds: money may flow, receipts and reports are owed.
AWARDS_IN_FORCE = frozenset({AwardStatus.SIGNED, AwardStatus.ACTIVE})
AWARD_MARKS = {
    AwardStatus.OFFERED: ("wait", "clock"),
    AwardStatus.SIGNED: ("info", "half"),
    AwardStatus.ACTIVE: ("info", "disc"),
    AwardStatus.TERMINATED: ("bad", "cross"),
    AwardStatus.LAPSED: ("neutral", "dash"),
    AwardStatus.REFUSED: ("neutral", "dash"),
}


class PlanKind(models.TextChoices):
    """Where a version of an award's plan comes from."""

    FIRST = "first", _("Plan of the contract")
    AMENDMENT = "amendment", _("Amendment")


class ContractKind(models.TextChoices):
    """What is signed."""

    CONTRACT = "contract", _("Contract")
    ADDENDUM = "addendum", _("Addendum")


class ContractSide(models.TextChoices):
    """Who signs; the names of the contract's columns begin so."""

    GRANTEE = "grantee", _("The grantee")
    CENTRE = "centre", _("Almaty Creative")


class Placeholder(models.TextChoices):
    """What a template may name in braces: the closed list, filled from the award."""

    NUMBER = "number", _("number of the contract")
    DATE = "date", _("date of the contract")
    SIGN_UNTIL = "sign_until", _("last day to sign")
    AMOUNT = "amount", _("amount of the grant")
    OWN_AMOUNT = "own_amount", _("own money of the grantee")
    PROJECT = "project", _("title of the project")
    CALL = "call", _("title of the call")
    APPLICATION = "application", _("number of the application")
    ENDS_ON = "ends_on", _("day of the last milestone")
    ORGANISATION = "organisation", _("grantee")
    IDENTIFIER = "identifier", _("grantee's IIN or BIN")
    HEAD = "head", _("who signs for the grantee")
    ADDRESS = "address", _("grantee's address")
    BANK = "bank", _("grantee's bank")
    IBAN = "iban", _("grantee's account")
    BIC = "bic", _("BIC of the grantee's bank")
    SIGNATORY = "signatory", _("who signs for Almaty Creative")
    POSITION = "position", _("their office")
    BASIS = "basis", _("what they act on the basis of")


class ParagraphKind(models.TextChoices):
    """How a paragraph of a template stands on paper; the tables are filled from the plan."""

    TITLE = "title", _("Title")
    HEADING = "heading", _("Heading")
    TEXT = "text", _("Paragraph")
    BUDGET = "budget", _("Table of the budget")
    MILESTONES = "milestones", _("Table of milestones")
    TRANCHES = "tranches", _("Table of tranches")
    INDICATORS = "indicators", _("Table of indicators")
    PARTIES = "parties", _("Details of the parties")


class TrancheStatus(models.TextChoices):
    """A tranche's life."""

    PLANNED = "planned", _("Planned")
    APPROVED = "approved", _("Approved for payment")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("Cancelled")


TRANCHE_MARKS = {
    TrancheStatus.PLANNED: ("neutral", "ring"),
    TrancheStatus.APPROVED: ("wait", "clock"),
    TrancheStatus.PAID: ("good", "check"),
    TrancheStatus.CANCELLED: ("neutral", "dash"),
}


class TrancheCondition(models.TextChoices):
    """What must be true before a tranche is paid; staff and grantee read the same words."""

    SIGNED = "signed", _("The contract is signed by both sides")
    PAPERS = "papers", _("The winner's papers are in order")
    BANK = "bank", _("The bank details are checked")
    TAX = "tax", _("No tax debt")
    REPORT = "report", _("The report for the tranche before is accepted")
    HOLD = "hold", _("Nothing holds the money back")


class BatchStatus(models.TextChoices):
    """The life of a register of payments: who made it, who checked it and who pays are different people."""

    MADE = "made", _("Made")
    CHECKED = "checked", _("Checked")
    SENT = "sent", _("With the bank")
    SETTLED = "settled", _("Settled")
    CANCELLED = "cancelled", _("Cancelled")


BATCH_MARKS = {
    BatchStatus.MADE: ("neutral", "ring"),
    BatchStatus.CHECKED: ("info", "half"),
    BatchStatus.SENT: ("wait", "clock"),
    BatchStatus.SETTLED: ("good", "check"),
    BatchStatus.CANCELLED: ("neutral", "dash"),
}


class EntryKind(models.TextChoices):
    """What a row of the ledger says."""

    PAID = "paid", _("Paid to the grantee")
    RETURNED = "returned", _("Returned by the grantee")
    REVERSAL = "reversal", _("Reversal of an entry")


class HoldKind(models.TextChoices):
    """Why money and new applications are held back."""

    OVERDUE = "overdue", _("A report is overdue")
    MISUSE = "misuse", _("Money may have been misused")
    REFUND = "refund", _("Money to be returned is not there")
    OTHER = "other", _("Another reason")


class ProofKind(models.TextChoices):
    """What proves an expense."""

    FISCAL = "fiscal", _("Fiscal receipt")
    INVOICE = "invoice", _("Invoice, act and payment order")
    PAYROLL = "payroll", _("Payroll and payment order")


class ExpenseSource(models.TextChoices):
    """How a receipt came in."""

    PHOTO = "photo", _("Photo")
    FILE = "file", _("File")
    LINK = "link", _("Link of a fiscal receipt")
    TYPED = "typed", _("Typed")


class IndicatorUnit(models.TextChoices):
    """What an indicator counts."""

    COUNT = "count", _("number")
    MONEY = "money", _("tenge")


class ProofNeeded(models.TextChoices):
    """What is enough to prove an expense of a category; the grantee reads it before spending."""

    EITHER = "either", _("A fiscal receipt with your IIN or BIN on it; or an invoice, an act and a payment order")
    INVOICE = "invoice", _("An invoice, an act and a payment order; a fiscal receipt is not enough")
    PAYROLL = "payroll", _("A payroll with signatures and the payment order of the taxes")


# The proofs that a category takes.
PROOFS_ENOUGH = {
    ProofNeeded.EITHER: (ProofKind.FISCAL, ProofKind.INVOICE),
    ProofNeeded.INVOICE: (ProofKind.INVOICE,),
    ProofNeeded.PAYROLL: (ProofKind.PAYROLL,),
}
