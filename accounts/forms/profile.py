"""A person's own facts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.identifiers import IinInput
from accounts.statuses import Language
from core.forms import PhoneInput


class ProfileForm(forms.Form):
    """Name (never split), phone, language of the letters, IIN if the person wants to give it."""

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=False,
        help_text=_("As you want to be addressed. It need not have three parts."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneInput(label=_("Phone"), max_length=30, required=False)
    language = forms.ChoiceField(
        label=_("Language of the portal and of letters to you"), choices=Language.choices, widget=forms.RadioSelect
    )
    iin = IinInput(
        label=_("IIN"),
        max_length=30,
        required=False,
        help_text=_("Not required. Experts and commission members give it so that conflicts of interest are found."),
    )
