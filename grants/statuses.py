"""Every state and choice of the grants app, and named groups of them."""

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


class AwardStatus(models.TextChoices):
    """An award's life; the contract issue brings the later states."""

    OFFERED = "offered", _("Offered")
    SIGNED = "signed", _("Signed")
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    TERMINATED = "terminated", _("Terminated")
    LAPSED = "lapsed", _("Lapsed")
    REFUSED = "refused", _("Refused by the winner")


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

    DECLARED = "declared", _("Declared by the expert")
    MEMBERSHIP = "membership", _("Member of the organisation")
    IDENTIFIER = "identifier", _("The same IIN or BIN")
    RECORDED = "recorded", _("Recorded by staff")


class RequirementStage(models.TextChoices):
    """Before the decision only what experts read is asked; the rest is asked of winners."""

    APPLICATION = "application", _("every applicant")
    AWARD = "award", _("winners only")
