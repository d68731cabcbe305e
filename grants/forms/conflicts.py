"""Words about a conflict of interest, as staff type them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Call
from grants.statuses import CallStatus


class LiftForm(forms.Form):
    """Why a shared address, phone or e-mail is no conflict; it is counted in public."""

    reason = forms.CharField(label=_("Why this is no conflict of interest"), max_length=300, widget=forms.Textarea)


class OwnConflictForm(forms.Form):
    """A word on what it is: read by the colleagues who share out the work, and by the auditor."""

    note = forms.CharField(label=_("What connects you"), max_length=300, required=False)


class LookAgainForm(forms.Form):
    """In which call to look."""

    call = forms.ModelChoiceField(Call.objects.filter(status=CallStatus.PUBLISHED), label=_("Call"))
