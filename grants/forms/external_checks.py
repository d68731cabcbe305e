"""A list for outside checks: which call; and what came back, from whom, of which day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from grants.models import Call
from grants.statuses import EXTERNAL_CHECKS, CallStatus, CheckKind


class SendRoundForm(forms.Form):
    """Calls that are being screened."""

    call = forms.ModelChoiceField(Call.objects.none(), label=_("Call"))
    kind = forms.ChoiceField(label=_("Check"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = Call.objects.filter(status=CallStatus.PUBLISHED, opens_at__lte=clock.now())
        self.fields["call"].queryset = running  # type: ignore[attr-defined]
        self.fields["kind"].choices = [(k.value, k.label) for k in CheckKind if k in EXTERNAL_CHECKS]  # type: ignore[attr-defined]


class ReceiveForm(forms.Form):
    """The file with its answers; the action checks it as every upload."""

    upload = forms.FileField(label=_("The list with answers, XLSX"), widget=forms.FileInput(attrs={"accept": ".xlsx"}))
    source = forms.CharField(
        label=_("Who answered"), max_length=150, help_text=_("For example, the tax department of the district.")
    )
    answered_on = forms.DateField(
        label=_("Day of the answer"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
