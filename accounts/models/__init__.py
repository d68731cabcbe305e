"""Nouns of the accounts app."""

from accounts.models.consent import Consent, ConsentText
from accounts.models.organisation import Membership, Organisation
from accounts.models.parked_post import ParkedPost
from accounts.models.reference import District, Oked, Sector
from accounts.models.user import User

__all__ = [
    "Consent",
    "ConsentText",
    "District",
    "Membership",
    "Oked",
    "Organisation",
    "ParkedPost",
    "Sector",
    "User",
]
