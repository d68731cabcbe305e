"""A receipt: photos and files, a link, and what the grantee says about it."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.forms import MoneyInput
from documents.forms import Files, UploadField
from grants.formulas.fiscal_links import LONGEST
from grants.models import AwardLine, Expense
from grants.queries.spending import SpendingLine
from grants.statuses import PROOFS_ENOUGH, ProofKind, ProofNeeded

MOST_AT_ONCE = 10


def each_is_one() -> str:
    """For the help text."""
    return _("Each photo is one receipt. At most %(most)s at a time.") % {"most": MOST_AT_ONCE}


class ReceiptsField(UploadField):
    """Each file is a receipt of its own; `cleaned_data` holds a list."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data or [None]
        if len(files) > MOST_AT_ONCE:
            sentence = _("At most %(most)s receipts are taken at a time. Choose fewer of them.")
            raise forms.ValidationError(sentence % {"most": MOST_AT_ONCE}, code="too_many_at_once")
        return [super(ReceiptsField, self).clean(one, initial) for one in files]


class PhotosForm(forms.Form):
    """Photos or PDFs of receipts."""

    receipts = ReceiptsField(
        label=gettext_lazy("Photos or PDFs of receipts"),
        help_text=lazy(
            lambda: _("Each photo is one receipt. At most %(most)s at a time.") % {"most": MOST_AT_ONCE}, str
        )(),
    )


class LinkForm(forms.Form):
    """The link that the phone's camera shows over the square code of a fiscal receipt."""

    link = forms.CharField(
        label=gettext_lazy("Link of the square code"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Point the phone's camera at the code and copy the address that it shows."),
    )


class PaperForm(forms.Form):
    """A photo or a PDF for a receipt that has none."""

    file = UploadField(label=gettext_lazy("Photo or PDF of the paper"), required=False)


class ExpenseForm(forms.Form):
    """What the receipt is. What is required depends on nothing but the person: line, day, sum, kind of proof."""

    line = forms.ModelChoiceField(
        label=gettext_lazy("Line of the budget"),
        queryset=AwardLine.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    spent_on = forms.DateField(
        label=gettext_lazy("Date on the receipt"), widget=forms.DateInput(attrs={"type": "date"})
    )
    amount = MoneyInput(
        label=gettext_lazy("Sum, tenge"),
        min_value=0,
        max_digits=14,
        help_text=gettext_lazy("Paid in another currency: the sum in tenge that the bank took."),
    )
    proof = forms.ChoiceField(label=gettext_lazy("What proves it"), choices=ProofKind.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=gettext_lazy("What was bought"), max_length=300, required=False)
    seller = forms.CharField(label=gettext_lazy("Seller"), max_length=200, required=False)
    seller_identifier = forms.CharField(
        label=gettext_lazy("Seller's BIN or IIN"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    number = forms.CharField(label=gettext_lazy("Number of the receipt"), max_length=60, required=False)

    def __init__(self, data: Any = None, *, expense: Expense, lines: list[SpendingLine]) -> None:
        names = {row.line.pk: row for row in lines}
        super().__init__(data, initial=_known(expense, lines))
        field = self.fields["line"]
        field.queryset = AwardLine.objects.filter(pk__in=names)  # type: ignore[attr-defined]
        field.label_from_instance = lambda line: names[line.pk].item  # type: ignore[attr-defined]
        self.fields["spent_on"].widget.attrs["max"] = clock.today().isoformat()


def _known(expense: Expense, lines: list[SpendingLine]) -> dict[str, Any]:
    """What stands or is proposed; of the proof, what the proposed line takes."""
    values: dict[str, Any] = {
        name: getattr(expense, name) for name in ("amount", "note", "seller", "seller_identifier", "number")
    }
    values["spent_on"] = expense.spent_on.isoformat() if expense.spent_on else None
    line = expense.line_id or (lines[0].line.pk if len(lines) == 1 else None)
    chosen = next((row.line for row in lines if row.line.pk == line), None)
    need = chosen.category.proof if chosen and chosen.category else ProofNeeded.EITHER
    proof = expense.proof if expense.confirmed_at else PROOFS_ENOUGH[ProofNeeded(need)][0]
    return {**values, "line": line, "proof": proof}
