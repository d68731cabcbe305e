"""What staff type when they prepare a year and a call, checked in words before the database refuses it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.templatetags.words import money
from core.text import LANGUAGES
from grants.formulas.tranches import WHOLE
from grants.models import Call, Criterion, ProgrammeYear, SectorFloor, SizeTier, TrancheScheme
from grants.models.rules import TOP_SCORE

LEVELS = [str(score) for score in range(TOP_SCORE + 1)]


class ProgrammeYearForm(forms.ModelForm):
    """A budget below what is already committed is refused in words."""

    class Meta:
        model = ProgrammeYear
        # The admin adds `source_url`: it reads an address without a scheme as https (core/admin.py).
        fields = ("programme", "year", "budget", "currency", "target_projects", "source")
        labels = {"currency": _("Currency")}

    def clean_budget(self) -> Any:
        """Money that decisions hold cannot be taken out of the year."""
        budget, held = self.cleaned_data["budget"], self.instance.committed
        if budget is not None and budget < held:
            raise ValidationError(
                _("Decisions already hold %(held)s of this year. Enter at least that.") % {"held": money(held)}
            )
        return budget


class CallForm(forms.ModelForm):
    """Dates, limits and shares in their order."""

    class Meta:
        model = Call
        exclude = ()  # the admin's fieldsets name the fields; what actions write is not editable  # noqa: DJ006
        labels = {"currency": _("Currency")}
        widgets = {
            f"{name}_{language}": forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField", "lang": language})
            for name, rows in (("summary", 4), ("rules", 12))
            for language in LANGUAGES
        } | {"sectors": forms.CheckboxSelectMultiple}

    def clean(self) -> dict[str, Any]:
        """The sentences for what CHECK constraints would refuse."""
        typed = super().clean() or self.cleaned_data
        opens, closes = typed.get("opens_at"), typed.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The call closes before it opens. Set a later time."))
        smallest, largest = typed.get("min_amount"), typed.get("max_amount")
        if smallest is not None and smallest <= 0:
            self.add_error("min_amount", _("The smallest amount must be more than nothing."))
        if smallest is not None and largest is not None and largest < smallest:
            self.add_error("max_amount", _("The largest amount is smaller than the smallest one."))
        if (typed.get("own_share_percent") or 0) >= 100:
            self.add_error("own_share_percent", _("A share of the whole project is below 100 percent."))
        if (typed.get("milestones_max") or 0) < (typed.get("milestones_min") or 0):
            self.add_error("milestones_max", _("The most milestones are fewer than the fewest. Set them in order."))
        if (typed.get("vat_percent") or 0) > 100:
            self.add_error("vat_percent", _("A rate of VAT lies between 0 and 100 percent."))
        if (typed.get("pass_mark") or 0) > 100:
            self.add_error("pass_mark", _("The pass mark lies between 0 and 100."))
        self._refuse_wrong_judging(typed)
        return typed

    def _refuse_wrong_judging(self, typed: dict[str, Any]) -> None:
        """Loads of experts and parts of the money."""
        if (typed.get("load_max") or 0) < (typed.get("load_min") or 0):
            self.add_error("load_max", _("The most applications are fewer than the fewest. Set them in order."))
        if not 1 <= (typed.get("partial_percent") or 1) <= 100:
            self.add_error("partial_percent", _("A part of what was asked lies between 1 and 100 percent."))
        if (typed.get("held_back_percent") or 0) >= 100:
            self.add_error("held_back_percent", _("What is held back is below 100 percent of the budget."))

    def _get_validation_exclusions(self) -> set[str]:
        """A constraint on a field that `clean` has refused says nothing more."""
        excluded = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's own, absent from its stubs
        return excluded | set(self.errors)


class CriterionForm(forms.ModelForm):
    """A criterion; what each score means is typed as six lines, 0 first, in each language."""

    class Meta:
        model = Criterion
        fields = ("position", "key", "weight", "title_kk", "title_ru", "title_en")

    levels_kk = forms.CharField(label=_("Scores 0 to 5 in Kazakh"), required=False)
    levels_ru = forms.CharField(label=_("Scores 0 to 5 in Russian"), required=False)
    levels_en = forms.CharField(label=_("Scores 0 to 5 in English"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            field = self.fields[f"levels_{language}"]
            field.widget = forms.Textarea(attrs={"rows": 6, "lang": language, "class": "vLargeTextField"})
            field.help_text = _("Six lines: the first says what 0 means, the last what 5 means.")
            kept = [self.instance.levels.get(score, {}).get(language, "") for score in LEVELS]
            field.initial = "\n".join(kept).strip()

    def clean(self) -> dict[str, Any]:
        """Six lines or none in each language; Kazakh and Russian go together."""
        typed = super().clean() or self.cleaned_data
        for language in LANGUAGES:
            lines = self._lines(language)
            if lines and len(lines) != len(LEVELS):
                self.add_error(f"levels_{language}", _("Write six lines, one for each score from 0 to 5."))
        if bool(self._lines("kk")) != bool(self._lines("ru")):
            self.add_error("levels_kk", _("Write them in Kazakh and in Russian."))
        return typed

    def _lines(self, language: str) -> list[str]:
        text = self.cleaned_data.get(f"levels_{language}", "")
        return [line.strip() for line in text.splitlines() if line.strip()]

    def save(self, commit: bool = True) -> Criterion:
        """The lines go into `levels` as {"0": {"kk", "ru", "en"}, ...}."""
        lines = {language: self._lines(language) for language in LANGUAGES}
        self.instance.levels = {
            score: {language: lines[language][n] if lines[language] else "" for language in LANGUAGES}
            for n, score in enumerate(LEVELS)
            if any(lines.values())
        }
        return super().save(commit)


class TierForm(forms.ModelForm):
    """A size tier; the last one needs no bound."""

    class Meta:
        model = SizeTier
        fields = ("code", "up_to", "currency")

    def clean_up_to(self) -> Any:
        """The sentence for what a CHECK constraint would refuse."""
        bound = self.cleaned_data["up_to"]
        if bound is not None and bound <= 0:
            raise ValidationError(_("The bound of a tier is more than nothing; the last tier may have none."))
        return bound


class FloorForm(forms.ModelForm):
    """Money for a sector; an empty row is taken away instead."""

    class Meta:
        model = SectorFloor
        fields = ("sector", "amount", "currency")

    def clean_amount(self) -> Any:
        """The sentence for what a CHECK constraint would refuse."""
        amount = self.cleaned_data["amount"]
        if amount is not None and amount <= 0:
            raise ValidationError(_("A floor is more than nothing. Remove the row where a sector needs none."))
        return amount


class SchemeForm(forms.ModelForm):
    """The parts of a scheme sum to 100; the last scheme needs no bound."""

    class Meta:
        model = TrancheScheme
        fields = ("up_to", "currency", "shares")

    def clean_shares(self) -> str:
        """«50/40/10»: the validator has looked at its shape."""
        shares = self.cleaned_data["shares"]
        if sum(int(part) for part in shares.split("/")) != WHOLE:
            raise ValidationError(_("The parts sum to 100 percent, like 50/40/10."))
        return shares


class FixForm(forms.Form):
    """The public reason of mending questions that are already open."""

    reason_kk = forms.CharField(
        label=_("Reason in Kazakh"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2, "lang": "kk"})
    )
    reason_ru = forms.CharField(
        label=_("Reason in Russian"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2, "lang": "ru"})
    )


class CancelForm(forms.Form):
    """The public reason of cancelling a call."""

    reason_kk = forms.CharField(
        label=_("Reason in Kazakh, shown on the page of the call"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "kk"}),
    )
    reason_ru = forms.CharField(
        label=_("Reason in Russian, shown on the page of the call"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "ru"}),
    )
