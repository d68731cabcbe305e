"""Signing up: e-mail, password, consent to the processing of personal data."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import ConsentText, User
from accounts.queries.consents import text_in_force
from accounts.statuses import ConsentKind


class SignupConsentForm(forms.Form):
    """What signing up asks besides e-mail and password; allauth's own form inherits from it.

    The page carries the hash of the text that it showed, so that nobody agrees to a text that they have not seen.
    """

    shown_sha256 = forms.CharField(widget=forms.HiddenInput, required=False)
    consent = forms.BooleanField(
        label=_("I agree to the processing of my personal data."),
        error_messages={"required": _("Without this consent the law does not let us open an account for you.")},
    )
    field_order = ["email", "password1", "consent"]
    consent_text: ConsentText

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consent_text = text_in_force(ConsentKind.PERSONAL_DATA)
        self.fields["shown_sha256"].initial = self.consent_text.sha256()

    def clean_shown_sha256(self) -> str:
        """A new version may come into force while the page is open: then it is shown and asked again."""
        shown = self.cleaned_data["shown_sha256"]
        if shown != self.consent_text.sha256():
            self.data = {**self.data.dict(), "shown_sha256": self.consent_text.sha256(), "consent": ""}  # type: ignore[attr-defined]
            self.add_error("consent", _("The text of the consent has changed. Please read the new one."))
        return shown

    def signup(self, request: HttpRequest, user: User) -> None:
        """Asked for by allauth; the consent is kept by `AccountAdapter.save_user`, in the same transaction."""
