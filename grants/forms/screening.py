"""What an officer types in a dossier: checks, reasons from kept phrases, named fields, another officer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from grants.models import ReasonPhrase
from grants.statuses import CheckKind, CheckResult

Choices = list[tuple[Any, Any]]


class PlainForm(forms.Form):
    """A button without anything to type."""


class CheckForm(forms.Form):
    """The result of one check; its button carries the result."""

    kind = forms.ChoiceField(choices=CheckKind.choices, widget=forms.HiddenInput)
    result = forms.ChoiceField(choices=CheckResult.choices)
    evidence = forms.CharField(label=_("Evidence"), max_length=500, required=False)


class OfficerForm(forms.Form):
    """Who answers for the application."""

    officer = forms.TypedChoiceField(label=_("Officer"), coerce=int)

    def __init__(self, *args: Any, officers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = officers  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """A reason in Kazakh and Russian: kept phrases fill both, own words are typed in both."""

    phrases = forms.MultipleChoiceField(
        label=_("Phrases"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each fills both languages."),
    )
    more_kk = forms.CharField(label=_("Own words in Kazakh"), required=False, max_length=2000)
    more_ru = forms.CharField(label=_("Own words in Russian"), required=False, max_length=2000)

    def __init__(self, *args: Any, phrases: Iterable[ReasonPhrase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = {str(phrase.pk): phrase for phrase in phrases}
        self.fields["phrases"].choices = [(pk, both(p)) for pk, p in self.kept.items()]  # type: ignore[attr-defined]
        if not self.kept:
            del self.fields["phrases"]
        for language in ("kk", "ru"):
            self.fields[f"more_{language}"].widget = forms.Textarea(attrs={"rows": 3, "lang": language})

    def clean(self) -> dict[str, Any]:
        """Own words stand in both languages or in none; some reason there must be."""
        typed = super().clean() or self.cleaned_data
        kk, ru = typed.get("more_kk", ""), typed.get("more_ru", "")
        if bool(kk) != bool(ru):
            missing = "more_ru" if kk else "more_kk"
            self.add_error(missing, _("Write it in both languages: the applicant reads one of them."))
        elif not kk and not typed.get("phrases"):
            self.add_error(None, _("Choose a phrase or write the reason in both languages."))
        return typed

    def reasons(self) -> dict[str, str]:
        """`reason_kk` and `reason_ru`: the chosen phrases, then the own words, each on a line."""
        chosen = [self.kept[pk] for pk in self.cleaned_data.get("phrases", [])]
        return {
            f"reason_{language}": "\n".join(
                [*(getattr(p, f"text_{language}") for p in chosen), self.cleaned_data[f"more_{language}"]]
            ).strip()
            for language in ("kk", "ru")
        }


class CorrectionForm(ReasonForm):
    """Which fields are opened again, and why."""

    field_order = ("fields", "phrases", "more_kk", "more_ru")

    def __init__(self, *args: Any, fields: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields"] = forms.MultipleChoiceField(
            label=_("What must be corrected"),
            choices=fields,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose what must be corrected.")},
        )
        self.order_fields(self.field_order)


def both(phrase: ReasonPhrase) -> str:
    """The phrase in the reader's language, the other one below it in small letters."""
    first, second = ("kk", "ru") if (get_language() or "")[:2] == "kk" else ("ru", "kk")
    return format_html(
        '<span lang="{}">{}</span> <small lang="{}">{}</small>',
        first,
        getattr(phrase, f"text_{first}"),
        second,
        getattr(phrase, f"text_{second}"),
    )
