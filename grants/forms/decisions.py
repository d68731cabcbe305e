"""What the secretary types when a decision is staged."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import MoneyInput
from core.templatetags.words import money
from grants.models import Application, ReasonPhrase
from grants.statuses import Outcome

TEXT_LIMIT = 4000


def _reasons(language: str, label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4, "lang": language, "class": "vLargeTextField"})
    return forms.CharField(label=label, required=False, max_length=TEXT_LIMIT, widget=widget)


class ReasonsForm(forms.Form):
    """Reasons in Kazakh and in Russian: kept phrases, own words, or both."""

    phrases = forms.MultipleChoiceField(label=_("Phrases"), required=False, widget=forms.CheckboxSelectMultiple)
    reason_kk = _reasons("kk", _("In Kazakh, in own words"))
    reason_ru = _reasons("ru", _("In Russian, in own words"))

    def __init__(self, *args: Any, phrases: list[ReasonPhrase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = {str(phrase.pk): phrase for phrase in phrases}
        if phrases:
            self.fields["phrases"].choices = [(key, str(phrase)) for key, phrase in self.kept.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["phrases"]

    def clean(self) -> dict[str, Any]:
        """`reasons`: (kk, ru), the chosen phrases first; both languages are needed."""
        data = super().clean() or {}
        chosen = [self.kept[key] for key in data.get("phrases", [])]
        for language in ("kk", "ru"):
            texts = [getattr(phrase, f"text_{language}") for phrase in chosen]
            data[language] = "\n".join([*texts, data.get(f"reason_{language}", "")]).strip()
            if not data[language]:
                sentence = _("Choose a phrase or write the reason: the applicant reads it in this language.")
                self.add_error(f"reason_{language}", sentence)
        data["reasons"] = (data["kk"], data["ru"])
        return data


class DecisionForm(ReasonsForm):
    """One decision: an amount for an award, reasons, and the motive where it departs from the ranking."""

    amount = MoneyInput(label=_("Amount of the award"))
    departure_motive = forms.CharField(
        label=_("The commission's motive for departing from the ranking"),
        help_text=_("Kept with the decision for auditors and courts; the applicant does not read it."),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        error_messages={"required": _("This departs from the ranking: write down the commission's motive.")},
    )
    field_order = ["amount", "phrases", "reason_kk", "reason_ru", "departure_motive"]

    def __init__(self, *args: Any, outcome: str, application: Application, departs: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = application.amount_requested
        self.fields["amount"].help_text = _("At most what was asked: %(asked)s.") % {"asked": money(asked)}
        self.fields["amount"].initial = asked
        if outcome != Outcome.AWARD:
            del self.fields["amount"]
        if not departs:
            del self.fields["departure_motive"]


class BelowForm(forms.Form):
    """What becomes of those that passed the mark and find no money."""

    below = forms.ChoiceField(
        label=_("Passed the mark, but under the line"),
        choices=[(Outcome.RESERVE, _("Reserve list")), (Outcome.DECLINE, _("Decline"))],
        initial=Outcome.RESERVE,
        widget=forms.RadioSelect,
    )


class ReleaseForm(forms.Form):
    """The confirmation of a release."""

    confirmed = forms.BooleanField(
        label=_("I have read this list. It is what the commission decided."),
        error_messages={"required": _("Confirm that you have read the list.")},
    )
