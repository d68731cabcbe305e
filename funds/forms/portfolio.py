"""Forms of the portfolio: a project, an investment, a payment."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Sector
from core import clock
from core.forms import MoneyInput
from funds.models import Fund
from funds.statuses import Instrument

TEXTS = ("title_kk", "title_ru", "title_en", "summary_kk", "summary_ru", "summary_en")


def words(label: Any, length: int, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A line of text as wide as the admin's own."""
    widget = forms.TextInput(attrs={"class": "vTextField"})
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text, widget=widget)


def day(label: Any, help_text: Any = "") -> forms.DateField:
    """A date with the browser's own calendar, today by default."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget, initial=clock.today)


class ProjectForm(forms.Form):
    """A new project. The organisation is named by its number, because a list of thousands helps nobody."""

    fund = forms.ModelChoiceField(label=_("Fund"), queryset=Fund.objects.order_by("pk"), empty_label=None)
    organisation = words(
        _("Organisation: BIN, IIN or code"),
        30,
        help_text=_("The organisation makes its page on the portal first; its code is in the address of that page."),
    )
    sector = forms.ModelChoiceField(label=_("Sector"), queryset=Sector.objects.filter(funds__isnull=False).distinct())
    title_kk = words(_("Title in Kazakh"), 200)
    title_ru = words(_("Title in Russian"), 200)
    title_en = words(_("Title in English"), 200, required=False)
    summary_kk = words(_("In short, in Kazakh"), 300, required=False)
    summary_ru = words(_("In short, in Russian"), 300, required=False)
    summary_en = words(_("In short, in English"), 300, required=False)

    def clean_organisation(self) -> Organisation:
        """The one organisation with this number or code."""
        typed = self.cleaned_data["organisation"].strip()
        found = list(Organisation.objects.filter(identifier=typed)[:5]) or list(
            Organisation.objects.filter(public_id=typed)
        )
        if not found:
            raise ValidationError(_("No organisation on the portal has this number or code. Check it."))
        if len(found) > 1:
            names = "; ".join(f"{one.name}: {one.public_id}" for one in found)
            raise ValidationError(
                _("Several organisations have this number. Enter the code of the right one. %(names)s"),
                params={"names": names},
            )
        return found[0]

    def texts(self) -> dict[str, str]:
        """The columns of the project's texts."""
        return {name: self.cleaned_data[name] for name in TEXTS}


class InvestmentForm(forms.Form):
    """What was approved for a project, in the fund's currency."""

    instrument = forms.ChoiceField(label=_("Instrument"), choices=Instrument.choices)
    amount = MoneyInput(label=_("Approved amount"), min_value=1, help_text=_("In the currency of the fund."))
    approved_on = day(_("Approved on"))


class DisbursementForm(forms.Form):
    """A payment to a project. `seen_paid` tells a second press of the same form."""

    amount = MoneyInput(label=_("Amount"), min_value=1, help_text=_("In the currency of the fund."))
    value_on = day(_("Date of payment"), _("The date on which the bank carried it out."))
    seen_paid = MoneyInput(widget=forms.HiddenInput)


class ReversalForm(forms.Form):
    """Nothing to type: the press is the confirmation."""
