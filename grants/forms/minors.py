"""What is asked where a person under 18 may take part."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import PhoneInput
from core.identifiers import is_minor
from documents.forms import UploadField

OLDEST = 1900


class MinorForm(forms.Form):
    """Yes or no, by the applicant's word."""

    has_minor = forms.TypedChoiceField(
        label=_("Does a person under 18 take part?"),
        choices=[("no", _("No, everybody is 18 or older")), ("yes", _("Yes"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no."), "invalid_choice": _("Choose yes or no.")},
    )


class GuardianForm(forms.Form):
    """A parent or guardian agrees: who the minor is, who agrees, the signed paper."""

    minor_name = forms.CharField(label=_("Name of the minor"), max_length=150)
    born_on = forms.DateField(
        label=_("Born on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter the day as a date, for example 2010-05-31.")},
    )
    guardian_name = forms.CharField(label=_("Name of the parent or guardian"), max_length=150)
    guardian_phone = PhoneInput(label=_("Phone of the parent or guardian"), max_length=30)
    file = UploadField(label=_("The signed consent"))

    def clean_born_on(self) -> date:
        """A day in the past, of a person under 18."""
        born: Any = self.cleaned_data["born_on"]
        if born > clock.today() or born.year < OLDEST:
            raise ValidationError(_("This day lies in the future or too far in the past. Check the year."))
        if not is_minor(born, today=clock.today()):
            raise ValidationError(_("By this date the person is 18 or older and needs no consent."))
        return born
