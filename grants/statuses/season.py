"""States and choices of a season, from a call to its decisions and appeals, and named groups of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeKind(models.TextChoices):
    """What a programme is; one engine runs them all."""

    GRANT = "grant", _("Grant programme")
    ACCELERATOR = "accelerator", _("Accelerator")
    HACKATHON = "hackathon", _("Hackathon")
    FESTIVAL = "festival", _("Festival")


class CallStatus(models.TextChoices):
    """A call's life. Open and closed follow the server clock, not a state."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    DECIDED = "decided", _("Decided")
    ARCHIVED = "archived", _("Archived")
    CANCELLED = "cancelled", _("Cancelled")


PUBLIC_CALLS = frozenset({CallStatus.PUBLISHED, CallStatus.DECIDED, CallStatus.ARCHIVED, CallStatus.CANCELLED})

CALL_MARKS = {
    CallStatus.DRAFT: ("neutral", "ring"),
    CallStatus.PUBLISHED: ("info", "disc"),
    CallStatus.DECIDED: ("good", "check"),
    CallStatus.ARCHIVED: ("neutral", "dash"),
    CallStatus.CANCELLED: ("bad", "cross"),
}


class ApplicationStatus(models.TextChoices):
    """An application's life; corrections and appeals are objects beside it."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    ELIGIBLE = "eligible", _("Eligible, with the experts")
    INELIGIBLE = "ineligible", _("Not eligible")
    AWARDED = "awarded", _("Awarded")
    RESERVED = "reserved", _("On the reserve list")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


SENT = frozenset(ApplicationStatus) - {ApplicationStatus.DRAFT}
# What an applicant may appeal against, within the call's working days.
APPEALABLE = frozenset({ApplicationStatus.INELIGIBLE, ApplicationStatus.RESERVED, ApplicationStatus.DECLINED})
DECIDED = frozenset({ApplicationStatus.AWARDED, ApplicationStatus.RESERVED, ApplicationStatus.DECLINED})

# How a status is shown beside its word: tone and shape of templates/components/status.html.
APPLICATION_MARKS = {
    ApplicationStatus.DRAFT: ("neutral", "ring"),
    ApplicationStatus.SUBMITTED: ("wait", "clock"),
    ApplicationStatus.ELIGIBLE: ("info", "half"),
    ApplicationStatus.INELIGIBLE: ("bad", "cross"),
    ApplicationStatus.AWARDED: ("good", "check"),
    ApplicationStatus.RESERVED: ("info", "pause"),
    ApplicationStatus.DECLINED: ("bad", "cross"),
    ApplicationStatus.WITHDRAWN: ("neutral", "dash"),
}


class Outcome(models.TextChoices):
    """What the commission decides about one application."""

    AWARD = "award", _("Award")
    RESERVE = "reserve", _("Reserve list")
    DECLINE = "decline", _("Decline")


class CheckKind(models.TextChoices):
    """What is checked at screening; the first six by the portal, the rest by an officer."""

    IDENTIFIER = "identifier", _("IIN or BIN is right")
    DISTRICT = "district", _("Works in Almaty")
    SECTOR = "sector", _("Sector of the call")
    AMOUNT = "amount", _("Amount within the limits")
    OWN_SHARE = "own_share", _("Own share")
    DUPLICATE = "duplicate", _("No second application under the same IIN or BIN")
    DOCUMENTS = "documents", _("Documents are the right ones and can be read")
    SUBSTANCE = "substance", _("The project is of the creative industries")
    TAX_DEBT = "tax_debt", _("No tax debt")


AUTOMATIC_CHECKS = frozenset(
    {
        CheckKind.IDENTIFIER,
        CheckKind.DISTRICT,
        CheckKind.SECTOR,
        CheckKind.AMOUNT,
        CheckKind.OWN_SHARE,
        CheckKind.DUPLICATE,
    }
)


# Made by somebody outside: a list goes out and comes back (grants/actions/external_checks.py).
EXTERNAL_CHECKS = frozenset({CheckKind.TAX_DEBT})


class CheckResult(models.TextChoices):
    """What a check found."""

    PASSED = "passed", _("In order")
    FAILED = "failed", _("Not in order")
    UNCLEAR = "unclear", _("To look at")


CHECK_MARKS = {
    CheckResult.PASSED: ("good", "check"),
    CheckResult.FAILED: ("bad", "cross"),
    CheckResult.UNCLEAR: ("wait", "clock"),
}


class ReasonKind(models.TextChoices):
    """Where a kept phrase is offered."""

    CORRECTION = "correction", _("Return for correction")
    INELIGIBLE = "ineligible", _("Not eligible")
    AWARD = "award", _("Award")
    RESERVE = "reserve", _("Reserve list")
    DECLINE = "decline", _("Decline")


class ScoreLevel(models.IntegerChoices):
    """What a score means where a criterion has no texts of its own for its levels."""

    NONE = 0, _("No answer")
    WEAK = 1, _("Weak")
    GAPS = 2, _("There are gaps")
    ENOUGH = 3, _("Sufficient")
    GOOD = 4, _("Good")
    EXCELLENT = 5, _("Excellent and proven")


class ConflictKind(models.TextChoices):
    """Where a conflict of interest comes from."""

    DECLARED = "declared", _("Declared by the person")
    MEMBERSHIP = "membership", _("Member of the organisation, now or within a year")
    IDENTIFIER = "identifier", _("The same IIN or BIN")
    SUPPLIER = "supplier", _("A supplier in the budget")
    IBAN = "iban", _("The same bank account")
    PHONE = "phone", _("The same phone")
    EMAIL = "email", _("The same e-mail")
    ADDRESS = "address", _("The same address")
    RECORDED = "recorded", _("Recorded by staff")


# Hubs share addresses, phones and mail boxes: these block until a second person lifts them with a reason.
LIFTABLE_CONFLICTS = frozenset({ConflictKind.PHONE, ConflictKind.EMAIL, ConflictKind.ADDRESS})


class VoidKind(models.TextChoices):
    """Why a decision holds no more."""

    REPLACED = "replaced", _("replaced by a later one")
    WITHDRAWN = "withdrawn", _("the applicant withdrew")
    LAPSED = "lapsed", _("the offer was not accepted in time")
    UNSIGNED = "unsigned", _("the contract was not signed in time")
    REFUSED = "refused", _("the winner refused the offer")
    MOVED_UP = "moved_up", _("moved up from the reserve list")
    APPEALED = "appealed", _("an appeal was upheld")
    ANNULLED = "annulled", _("annulled by a court")
    CANCELLED = "cancelled", _("the call was cancelled")


# What the clock or a rule does: nobody's name stands beside it.
VOIDED_BY_RULE = frozenset({VoidKind.LAPSED, VoidKind.UNSIGNED, VoidKind.REFUSED, VoidKind.MOVED_UP})


class AppealAgainst(models.TextChoices):
    """What an applicant does not agree with."""

    INELIGIBLE = "ineligible", _("«Not eligible»")
    DECISION = "decision", _("The commission's decision")


ERASED = "—"  # what stands in the place of an appeal's words once their years are over


class AppealOutcome(models.TextChoices):
    """What became of an appeal."""

    UPHELD = "upheld", _("Upheld")
    DISMISSED = "dismissed", _("Dismissed")


class ReturnsTo(models.TextChoices):
    """Where an upheld appeal brings the application back to."""

    REVIEW = "review", _("to the experts")
    VOTE = "vote", _("to a vote of the commission")


class RanksBy(models.TextChoices):
    """The score that ranks; the adjusted one only marks marginal cases unless the rules name it."""

    RAW = "raw", _("weighted mean of the reviews")
    ADJUSTED = "adjusted", _("mean adjusted for the severity of experts")


class RequirementStage(models.TextChoices):
    """Before the decision only what experts read is asked; the rest is asked of winners."""

    APPLICATION = "application", _("every applicant")
    AWARD = "award", _("winners only")


class PinKind(models.TextChoices):
    """What staff say about a pair before a run."""

    TOGETHER = "together", _("This expert reads it")
    APART = "apart", _("This expert does not read it")


class CandidateAnswer(models.TextChoices):
    """What became of a person who offered to read."""

    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class ExportKind(models.TextChoices):
    """What is taken away as a file."""

    APPLICATIONS = "applications", _("Applications")
    DOSSIERS = "dossiers", _("Dossiers")
    CONFLICTS = "conflicts", _("Conflicts of interest")
    ASSIGNMENTS = "assignments", _("Assignments")
    RANKING = "ranking", _("Ranking")
    REGISTER = "register", _("Register of exceptions")
    COURT = "court", _("Everything about one application")
    MONEY = "money", _("Money of awards")


class ExportFormat(models.TextChoices):
    """To count in, or to print; one application for a court."""

    XLSX = "xlsx", _("XLSX, a table")
    PDF = "pdf", _("PDF, to print")
    ZIP = "zip", _("ZIP, for a court")


class ExceptionKind(models.TextChoices):
    """What the register of exceptions lists."""

    DEPARTURE = "departure", _("Departure from the ranking")
    SCORE = "score", _("Changed score")
    EXTENSION = "extension", _("Single extension")
    LIFTED = "lifted", _("Lifted match")
    CORRECTION = "correction", _("Late correction")
    PAYMENT = "payment", _("Cancelled payment")
