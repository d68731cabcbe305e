"""More time, as an administrator types it: until when and why; for a whole call or for one draft."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from grants.models import Application, Call
from grants.statuses import CallStatus


class ExtensionForm(forms.Form):
    """Everybody's: the reason is public."""

    call = forms.ModelChoiceField(Call.objects.none(), label=_("Call"))
    closes_at = forms.DateTimeField(
        label=_("New closing time (Almaty)"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reason_kk = forms.CharField(
        label=_("Reason in Kazakh"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "lang": "kk"})
    )
    reason_ru = forms.CharField(
        label=_("Reason in Russian"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "lang": "ru"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "call" in self.fields:
            running = Call.objects.filter(status=CallStatus.PUBLISHED, opens_at__lte=clock.now())
            self.fields["call"].queryset = running  # type: ignore[attr-defined]


class SingleExtensionForm(ExtensionForm):
    """One draft's: administrators see no drafts, so the applicant reads out its number or the code of its address."""

    call = None  # type: ignore[assignment]
    application = forms.CharField(
        label=_("Application: its number, or the code in the address of its page"), max_length=200
    )
    field_order = ("application", "closes_at", "reason_kk", "reason_ru")

    def clean_application(self) -> Application:
        """By number or public identifier; a whole address pasted from a browser is understood as well."""
        typed = self.cleaned_data["application"].strip().strip("/")
        parts = {part.lower() for part in typed.split("/")}
        by_code = Application.objects.filter(public_id__in=parts).first()
        found = by_code or Application.objects.filter(number__iexact=typed).first()
        if found is None:
            raise ValidationError(_("There is no such application. Ask the applicant to read it out once more."))
        return found
