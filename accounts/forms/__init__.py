"""The shape of input of the accounts app."""

from accounts.forms.signup import SignupConsentForm

__all__ = ["SignupConsentForm"]
