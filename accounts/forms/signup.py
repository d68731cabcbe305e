"""Signing up: e-mail, password, consent."""

from django import forms


class SignupConsentForm(forms.Form):
    """What signing up asks besides e-mail and password."""

    def signup(self, request, user):  # type: ignore[no-untyped-def]
        """Called by allauth once the account exists."""
