"""What an officer types in a dossier: checks, reasons from kept phrases, named fields, another officer."""

from collections.abc import Iterable
from dataclasses import dataclass
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
            self._without_reason()
        return typed

    def _without_reason(self) -> None:
        self.add_error(None, _("Choose a phrase or write the reason in both languages."))

    def reasons(self) -> dict[str, str]:
        """`reason_kk` and `reason_ru`: the chosen phrases, then the own words, each on a line."""
        chosen = [self.kept[pk] for pk in self.cleaned_data.get("phrases", [])]
        return {
            f"reason_{language}": "\n".join(
                [*(getattr(p, f"text_{language}") for p in chosen), self.cleaned_data[f"more_{language}"]]
            ).strip()
            for language in ("kk", "ru")
        }


@dataclass(frozen=True)
class NamedField:
    """A field that a correction may name, with the places for words beside it."""

    value: str
    label: Any
    is_chosen: bool
    words: list[forms.BoundField]


class CorrectionForm(ReasonForm):
    """Which fields are opened again, and what is wrong with each; or one reason for several.

    Words beside a field that is not ticked are not read: unticking takes them back.
    """

    field_order = ("fields", "phrases", "more_kk", "more_ru")

    def __init__(self, *args: Any, fields: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = fields
        for _title, pairs in fields:
            for name, _label in pairs:
                self.fields |= {f"kk_{name}": _words_field("kk"), f"ru_{name}": _words_field("ru")}
        self.fields["fields"] = forms.MultipleChoiceField(
            label=_("What must be corrected"),
            choices=fields,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose what must be corrected.")},
        )
        self.order_fields(self.field_order)

    def rows(self) -> list[tuple[Any, list[NamedField]]]:
        """The fields under their sections, as the template draws them."""
        chosen = set(self["fields"].value() or [])
        return [
            (title, [NamedField(n, label, n in chosen, [self[f"kk_{n}"], self[f"ru_{n}"]]) for n, label in pairs])
            for title, pairs in self.groups
        ]

    def common(self) -> list[forms.BoundField]:
        """What is said of all of them at once."""
        return [self[name] for name in self.field_order[1:] if name in self.fields]

    def words(self) -> dict[str, dict[str, str]]:
        """The words beside each chosen field that has any."""
        found = {name: self._typed_beside(name) for name in self.cleaned_data.get("fields", [])}
        return {name: said for name, said in found.items() if any(said.values())}

    def clean(self) -> dict[str, Any]:
        """Words beside a field stand in both languages too."""
        typed = super().clean()
        for name, said in self.words().items():
            for language, text in said.items():
                if not text and f"{language}_{name}" not in self.errors:
                    sentence = _("Write it in both languages: the applicant reads one of them.")
                    self.add_error(f"{language}_{name}", sentence)
        return typed

    def _typed_beside(self, name: str) -> dict[str, str]:
        return {language: self.cleaned_data.get(f"{language}_{name}", "") for language in ("kk", "ru")}

    def _without_reason(self) -> None:
        """No common reason: each chosen field has its own."""
        if set(self.cleaned_data.get("fields", [])) - set(self.words()):
            self.add_error(None, _("Write beside each chosen field what is wrong, or one reason for all of them."))


def _words_field(language: str) -> forms.CharField:
    label = _("What is wrong, in Kazakh") if language == "kk" else _("What is wrong, in Russian")
    widget = forms.Textarea(attrs={"rows": 2, "lang": language})
    return forms.CharField(label=label, required=False, max_length=1000, widget=widget)


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
