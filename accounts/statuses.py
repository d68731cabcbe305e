"""Choices of the accounts app: languages, roles, kinds of organisation, consents."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """The reader's language."""

    KK = "kk", "Қазақша"
    RU = "ru", "Русский"
    EN = "en", "English"


class Role(models.TextChoices):
    """Roles are bare Django groups; what a role may do stands in each app's `policy.py`."""

    OFFICER = "officer", _("Officer")
    EXPERT = "expert", _("Expert")
    COMMISSION = "commission", _("Commission member")
    SECRETARY = "secretary", _("Commission secretary")
    FINANCE = "finance", _("Finance")
    ANALYST = "analyst", _("Fund analyst")
    MANAGER = "manager", _("Fund manager")
    INVESTMENT_COMMITTEE = "ic", _("Investment committee member")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


# Who works in the Django admin.
DESK_ROLES = frozenset(
    {
        Role.OFFICER,
        Role.COMMISSION,
        Role.SECRETARY,
        Role.FINANCE,
        Role.ANALYST,
        Role.MANAGER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)


class OrganisationKind(models.TextChoices):
    """Who applies. Sole proprietors are identified by the person's IIN, legal entities by a BIN."""

    PERSON = "person", _("Individual")
    SELF_EMPLOYED = "self_employed", _("Self-employed")
    SOLE_PROPRIETOR = "ip", _("Sole proprietor")
    LLP = "llp", _("Limited liability partnership")
    JSC = "jsc", _("Joint-stock company")
    NPO = "npo", _("Non-profit organisation")
    TEAM = "team", _("Team without a legal entity")


IDENTIFIED_BY_IIN = frozenset(
    {OrganisationKind.PERSON, OrganisationKind.SELF_EMPLOYED, OrganisationKind.SOLE_PROPRIETOR}
)
IDENTIFIED_BY_BIN = frozenset({OrganisationKind.LLP, OrganisationKind.JSC, OrganisationKind.NPO})


class Country(models.TextChoices):
    """Where an applicant is registered (ISO 3166); ZZ is the code's own word for any other country."""

    KZ = "KZ", _("Kazakhstan")
    KG = "KG", _("Kyrgyzstan")
    UZ = "UZ", _("Uzbekistan")
    TJ = "TJ", _("Tajikistan")
    TM = "TM", _("Turkmenistan")
    AZ = "AZ", _("Azerbaijan")
    AM = "AM", _("Armenia")
    GE = "GE", _("Georgia")
    BY = "BY", _("Belarus")
    RU = "RU", _("Russia")
    TR = "TR", _("Türkiye")
    MN = "MN", _("Mongolia")
    CN = "CN", _("China")
    KR = "KR", _("South Korea")
    AE = "AE", _("United Arab Emirates")
    DE = "DE", _("Germany")
    FR = "FR", _("France")
    GB = "GB", _("United Kingdom")
    US = "US", _("United States")
    OTHER = "ZZ", _("Another country")


class MembershipRole(models.TextChoices):
    """Owners and editors write; only an owner submits and withdraws."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    VIEWER = "viewer", _("Viewer")


class ConsentKind(models.TextChoices):
    """What a person agrees to; publication of photos and stories is a consent of its own."""

    PERSONAL_DATA = "personal_data", _("Processing of personal data")
    PUBLICATION = "publication", _("Publication of photos and stories")
    DECLARATION = "declaration", _("Declaration of the applicant")
    CONFIDENTIALITY = "confidentiality", _("Confidentiality undertaking of an expert")


class AccessAnswer(models.TextChoices):
    """What became of a request to be let in."""

    LET_IN = "let_in", _("let in")
    REFUSED = "refused", _("refused")


class RecordType(models.TextChoices):
    """What retention speaks of."""

    DRAFT = "draft", _("Drafts that were never sent")
    APPLICATION = "application", _("Applications without an award")
    AWARD = "award", _("Awards, contracts and payments")
    REVIEW = "review", _("Reviews and decisions")
    MESSAGE = "message", _("Messages")
    ACCOUNT = "account", _("Accounts without an application")
    BANK_ACCOUNT = "bank_account", _("Closed bank accounts")
    ACCESS = "access", _("Answered requests to be let in")
    OBSERVER = "observer", _("Observers of meetings")
    EXTERNAL_CHECK = "external_check", _("Lists of outside checks")
    AUDIT = "audit", _("Audit trail")


class ApprovalKind(models.TextChoices):
    """Steps that need a second person of a named role (who: each app's `policy.py`)."""

    PUBLISH_CALL = "publish_call", _("Publish a call")
    CHANGE_RULES = "change_rules", _("Change the rules of an open call")
    RELEASE = "release", _("Release decisions")
    CANCEL_CALL = "cancel_call", _("Cancel a call")
    EXTEND_ONE = "extend_one", _("More time for one application")
    LIFT_HOLD = "lift_hold", _("Lift a hold")
