"""Nouns of the accounts app."""

from accounts.models.approval import Approval
from accounts.models.bank_account import BankAccount
from accounts.models.consent import Consent, ConsentText
from accounts.models.joining import AccessRequest, Invitation
from accounts.models.organisation import FormerMembership, Membership, Organisation
from accounts.models.parked_post import ParkedPost
from accounts.models.reference import Bank, District, Oked, Sector
from accounts.models.retention import Erasure, LegalHold, RetentionRule
from accounts.models.user import User

__all__ = [
    "AccessRequest",
    "Approval",
    "Bank",
    "BankAccount",
    "Consent",
    "ConsentText",
    "District",
    "Erasure",
    "FormerMembership",
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
