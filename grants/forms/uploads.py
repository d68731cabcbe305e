"""What a browser says about a file that it sends in pieces."""

from typing import Any

from django import forms


class BeginForm(forms.Form):
    """Which file for which field; `fingerprint` lets the same file go on after the page was closed.

    `together` files were chosen with it, `photos` of them are pictures: so that too many are refused beforehand.
    """

    field = forms.RegexField(r"^(doc|q)_[a-z][a-z0-9_]*$", max_length=44)
    name = forms.CharField(max_length=400, strip=False)
    size = forms.IntegerField(min_value=0)
    fingerprint = forms.CharField(max_length=64, required=False)
    together = forms.IntegerField(min_value=1, max_value=1000, required=False)
    photos = forms.IntegerField(min_value=0, max_value=1000, required=False)

    def clean(self) -> dict[str, Any]:
        """Alone where nothing is said."""
        typed = super().clean() or {}
        return {**typed, "together": typed.get("together") or 1, "photos": typed.get("photos") or 0}


class FinishForm(forms.Form):
    """Which uploads, in the order in which they were chosen."""

    field = forms.RegexField(r"^(doc|q)_[a-z][a-z0-9_]*$", max_length=44)
    uploads = forms.JSONField()

    def clean_uploads(self) -> list[str]:
        """Addresses of uploads, each once."""
        given: Any = self.cleaned_data["uploads"]
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            raise forms.ValidationError("uploads")
        return list(dict.fromkeys(given))


class VaultForm(forms.Form):
    """Until when a document of the vault is valid."""

    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
