"""What a grantee types after the award: the plan, papers, a signed scan."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.identifiers import check_bin
from documents.forms import UploadField, UploadsField
from grants.forms.plan import LATEST, amount_input, grouped
from grants.models import AwardIndicator, BudgetCategory, PlanLine, PlanMilestone, PlanVersion
from grants.queries.award_plans import read_plan
from grants.statuses import IndicatorUnit

MOST_LINES, MOST_MILESTONES = 60, 20


class PlanLineForm(forms.Form):
    """One line of the plan; `id` names the line that stands already, a new one has none."""

    id = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    category = forms.ChoiceField(label=_("Category"), required=False)
    item = forms.CharField(label=_("What is paid for"), max_length=200)
    grant_amount = amount_input(label=_("From the grant, tenge"))
    own_amount = amount_input(label=_("Own money, tenge"))
    supplier_identifier = forms.CharField(
        label=_("Supplier's BIN (IIN of a sole proprietor)"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, categories: list[BudgetCategory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = {category.key: category for category in categories}
        choices = [("", _("Choose")), *((category.key, str(category.title)) for category in categories)]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]

    def clean_category(self) -> BudgetCategory | None:
        """The row behind the key."""
        return self.categories.get(self.cleaned_data["category"])

    def clean_grant_amount(self) -> Decimal:
        """Nothing typed is nothing."""
        return self.cleaned_data["grant_amount"] or Decimal(0)

    def clean_own_amount(self) -> Decimal:
        """Nothing typed is nothing."""
        return self.cleaned_data["own_amount"] or Decimal(0)

    def clean_supplier_identifier(self) -> str:
        """Twelve digits with a right check digit, or nothing."""
        typed = self.cleaned_data["supplier_identifier"].strip()
        found = check_bin(typed, today=clock.today()) if typed else None
        if found is not None and not found.ok:
            raise ValidationError(_("A BIN or IIN has exactly 12 digits. Check what was typed."), code="format")
        return found.value if found else ""


class PlanMilestoneForm(forms.Form):
    """One milestone of the plan."""

    id = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    title = forms.CharField(label=_("What is done"), max_length=200)
    due_on = forms.DateField(
        label=_("By which day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
    proof = forms.CharField(label=_("What proves it"), max_length=200, required=False)

    def clean_due_on(self) -> Any:
        """Not in a year that nobody meant; whether it lies in the past is asked when the plan is sent."""
        day = self.cleaned_data["due_on"]
        if abs(day - clock.today()) > LATEST:
            raise ValidationError(_("This day is more than five years away. Check the year."), code="too_late")
        return day


class IndicatorForm(forms.Form):
    """Where one indicator stands today, and what is promised; whole numbers."""

    baseline = forms.DecimalField(label=_("At the award"), min_value=0, max_digits=14, decimal_places=0)
    promised = forms.DecimalField(label=_("Promised"), min_value=0, max_digits=14, decimal_places=0)

    def __init__(self, data: Any, *, row: AwardIndicator) -> None:
        initial = {"baseline": row.baseline, "promised": row.promised}
        super().__init__(data, prefix=f"indicator_{row.indicator.key}", initial=initial)
        self.row, self.is_money = row, row.indicator.unit == IndicatorUnit.MONEY


class PlanPage:
    """Every form of the page together; a frozen indicator is not asked again."""

    def __init__(self, data: Any, version: PlanVersion) -> None:
        read = read_plan(version)
        categories = list(version.award.application.call.budget_categories.all())
        self.lines: Any = LINES(
            data, prefix="line", initial=[_line(row) for row in read.lines], form_kwargs={"categories": categories}
        )
        self.milestones: Any = MILESTONES(data, prefix="step", initial=[_milestone(row) for row in read.milestones])
        rows = version.award.indicators.filter(frozen_at=None).select_related("indicator")
        self.indicators = [IndicatorForm(data, row=row) for row in rows]

    def is_valid(self) -> bool:
        """All of them, each asked, so that every fault is shown at once."""
        return all([self.lines.is_valid(), self.milestones.is_valid(), *(form.is_valid() for form in self.indicators)])

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            "lines": _kept(self.lines),
            "milestones": _kept(self.milestones),
            "indicators": {form.row.indicator.key: form.cleaned_data for form in self.indicators},
        }


def _kept(formset: Any) -> list[dict[str, Any]]:
    """Rows that were filled in and not struck out."""
    return [form.cleaned_data for form in formset if form.cleaned_data and not form.cleaned_data.get("DELETE")]


def _line(row: PlanLine) -> dict[str, Any]:
    return {
        "id": row.line.public_id,
        "category": row.line.category.key if row.line.category else "",
        "item": row.item,
        "grant_amount": grouped(row.grant_amount),
        "own_amount": grouped(row.own_amount),
        "supplier_identifier": row.supplier_identifier,
    }


def _milestone(row: PlanMilestone) -> dict[str, Any]:
    return {"id": row.milestone.public_id, "title": row.title, "due_on": row.due_on, "proof": row.proof}


LINES = forms.formset_factory(PlanLineForm, extra=1, can_delete=True, max_num=MOST_LINES, absolute_max=MOST_LINES + 1)
MILESTONES = forms.formset_factory(
    PlanMilestoneForm, extra=1, can_delete=True, max_num=MOST_MILESTONES, absolute_max=MOST_MILESTONES + 1
)


class PaperForm(forms.Form):
    """One paper: a file, or several photos that become one PDF."""

    upload = UploadsField(label=_("File or photos"))

    def __init__(self, *args: Any, photos_name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if photos_name:
            self.fields["upload"].photos_name = photos_name  # type: ignore[attr-defined]

    def clean_upload(self) -> Any:
        """One paper is one file."""
        files = self.cleaned_data["upload"]
        if len(files) != 1:
            raise ValidationError(_("One file has its place here; several photos become one PDF."), code="one_file")
        return files[0]


class ScanForm(forms.Form):
    """The contract, signed on paper."""

    scan = UploadField(label=_("Scan or photo of the signed contract"))


class WordsForm(forms.Form):
    """What an officer asks to change, in both languages."""

    words_kk = forms.CharField(
        label=_("What to change, in Kazakh"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4, "lang": "kk"})
    )
    words_ru = forms.CharField(
        label=_("What to change, in Russian"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4, "lang": "ru"})
    )


class VoidForm(forms.Form):
    """Why a contract is void."""

    reason = forms.CharField(label=_("Why it is void"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
