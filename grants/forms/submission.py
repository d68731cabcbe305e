"""Sending: the declaration, and the separate consent to publication; never pre-ticked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import ConsentText
from accounts.queries.consents import texts_in_force
from accounts.statuses import ConsentKind
from core.canonical import sha256_of

KINDS = (ConsentKind.DECLARATION.value, ConsentKind.PUBLICATION.value)


class SendForm(forms.Form):
    """The page carries the hash of the texts that it showed: nobody agrees to a text that they have not seen."""

    shown_sha256 = forms.CharField(widget=forms.HiddenInput, required=False)
    declaration = forms.BooleanField(
        label=_("I confirm all of this."),
        required=False,
    )
    publication = forms.BooleanField(label=_("I agree to publication. This is voluntary."), required=False)
    texts: dict[str, ConsentText]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts_in_force(KINDS)
        self.digest = sha256_of([text.sha256() for text in self.texts.values()])
        self.fields["shown_sha256"].initial = self.digest

    def clean(self) -> dict[str, Any]:
        """The declaration is needed; a new version of a text is shown and asked again."""
        typed = super().clean() or {}
        if typed.get("shown_sha256") != self.digest:
            self._ask_again()
            self.add_error("declaration", _("A text has changed while the page was open. Read it and tick again."))
        elif not typed.get("declaration"):
            self.add_error("declaration", _("Without this the application cannot be sent. Nothing was lost."))
        return typed

    def _ask_again(self) -> None:
        asked = {*self.texts, "shown_sha256"}
        rest = {name: value for name, value in self.data.items() if name not in asked}
        self.data = {**rest, "shown_sha256": self.digest}

    def agreed(self) -> set[str]:
        """The kinds of consent that were ticked."""
        return {kind for kind in self.texts if self.cleaned_data.get(kind)}
