"""What staff type about money: a tax statement, a hold, returned money, what the bank did."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import MoneyInput
from grants.models import ProgrammeYear
from grants.statuses import HoldKind


def day_field(label: Any) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class TaxCheckForm(forms.Form):
    """A statement of the tax authority."""

    is_clear = forms.TypedChoiceField(
        label=_("What the statement says"),
        choices=[("yes", _("No tax debt")), ("no", _("There is a debt"))],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
    )
    checked_on = day_field(_("Day of the statement"))
    evidence = forms.CharField(label=_("Number of the statement"), max_length=200)


class HoldForm(forms.Form):
    """Why money is held back; the grantee reads it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=HoldKind.choices)
    reason_kk = forms.CharField(
        label=_("Reason in Kazakh"), max_length=1000, widget=forms.Textarea(attrs={"lang": "kk", "rows": 3})
    )
    reason_ru = forms.CharField(
        label=_("Reason in Russian"), max_length=1000, widget=forms.Textarea(attrs={"lang": "ru", "rows": 3})
    )


class ReturnedForm(forms.Form):
    """Money that came back from a grantee."""

    amount = MoneyInput(label=_("Amount"))
    returned_on = day_field(_("Day of the bank"))
    reference = forms.CharField(label=_("Payment order"), max_length=40)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReasonForm(forms.Form):
    """One reason in words."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class PaidForm(forms.Form):
    """The bank paid."""

    paid_on = day_field(_("Paid on"))
    order_number = forms.CharField(label=_("Payment order"), max_length=40)


class CameBackForm(forms.Form):
    """The bank did not pay, or the money came back."""

    reason = forms.CharField(label=_("Why it came back"), max_length=300)
    returned_on = day_field(_("Day of the bank"))
    reference = forms.CharField(label=_("Payment order of the return, if it was paid"), max_length=40, required=False)


class AnswerForm(forms.Form):
    """The register with the bank's answers."""

    upload = forms.FileField(
        label=_("The register with the bank's answers, XLSX or CSV"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class BatchYearForm(forms.Form):
    """Of which programme year the next register is."""

    year = forms.ModelChoiceField(ProgrammeYear.objects.none(), label=_("Programme year"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].queryset = ProgrammeYear.objects.select_related("programme")  # type: ignore[attr-defined]


class MakeBatchForm(forms.Form):
    """What goes into it."""

    purpose_code = forms.RegexField(
        r"^[0-9]{3}$",
        label=_("Payment purpose code (KNP)"),
        required=False,
        help_text=_("Three digits that accounting gives; empty: accounting fills the column."),
    )
    tranches = forms.MultipleChoiceField(label=_("Tranches"))

    def __init__(self, *args: Any, offered: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tranches"].choices = [(str(one.tranche.pk), str(one.tranche)) for one in offered]  # type: ignore[attr-defined]
