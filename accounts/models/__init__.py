"""Nouns of the accounts app."""

from accounts.models.consent import Consent, ConsentText
from accounts.models.joining import AccessRequest, Invitation
from accounts.models.organisation import Membership, Organisation
from accounts.models.parked_post import ParkedPost
from accounts.models.reference import District, Oked, Sector
from accounts.models.retention import Erasure, LegalHold, RetentionRule
from accounts.models.user import User

__all__ = [
    "AccessRequest",
    "Consent",
    "ConsentText",
    "District",
    "Erasure",
    "Invitation",
    "LegalHold",
    "Membership",
    "Oked",
    "Organisation",
    "ParkedPost",
    "RetentionRule",
    "Sector",
    "User",
]
