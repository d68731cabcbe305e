"""What an auditor types: the filters of the register, the seed of a sample."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Call
from grants.statuses import CallStatus, ExceptionKind


class CallChoice(forms.ModelChoiceField):
    """A published call, by its title; asked of the database when the page is shown."""

    def __init__(self, **how: Any) -> None:
        super().__init__(queryset=Call.objects.exclude(status=CallStatus.DRAFT), **how)


class ExceptionsForm(forms.Form):
    """Of one call, of one kind."""

    call = CallChoice(required=False, label=_("Call"), empty_label=_("All calls"))
    kind = forms.ChoiceField(required=False, label=_("Kind"), choices=[("", _("All kinds")), *ExceptionKind.choices])


class SampleForm(forms.Form):
    """Whoever types the same seed, the same call and the same number draws the same awards."""

    call = CallChoice(label=_("Call"))
    seed = forms.CharField(
        label=_("Seed"), max_length=60, help_text=_("Any words, for example the date and a throw of dice.")
    )
    n = forms.IntegerField(label=_("How many"), min_value=1, max_value=200, initial=10)
