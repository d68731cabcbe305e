"""The questions of one section as a form: what was typed, what is wrong with it, and what the browser is told."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.templatetags.words import in_lang
from core.text import pick
from questionnaires.forms.fields import as_typed, field_for, to_json
from questionnaires.formulas.limits import faults
from questionnaires.formulas.shape import whole
from questionnaires.queries.asked import Asked
from questionnaires.queries.client import client_rules, words_for_client
from questionnaires.queries.words import (
    RuleLine,
    bounds_words,
    condition_words,
    fault_sentence,
    rule_lines,
    words_of,
)
from questionnaires.statuses import QuestionKind

PREFIX = "q_"
# What a draft may lack for now: it is listed before sending, and refusing it would lose what else was typed.
LATER = frozenset({"too_few", "row_lacks"})
GROUPS = frozenset({QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE, QuestionKind.TABLE})


@dataclass(frozen=True)
class Row:
    """One question on the page: its input, or what is calculated, with what stands around it."""

    question: Mapping[str, Any]
    name: str
    label: SafeString
    help: SafeString
    bound: BoundField | None
    value: str = ""
    files: list[Mapping[str, Any]] = field(default_factory=list)
    is_asked: bool = True
    is_changed: bool = False
    when: str = ""

    @property
    def kind(self) -> str:
        """Of the question."""
        return self.question["kind"]

    @property
    def is_group(self) -> bool:
        """Several inputs under one legend (a list that opens is one input)."""
        is_list = self.bound is not None and type(self.bound.field.widget) is forms.Select
        return self.kind in GROUPS and not is_list

    @property
    def takes_more(self) -> bool:
        """Whether another file may be added."""
        return len(self.files) < (self.question["limit"] or 1)


class SectionForm(forms.Form):
    """The questions of one section of a version.

    `found` says what is asked now with all the answers: with it, the page shows and hides questions, counts
    calculated fields and judges rules across fields; without it, the questions of `section` are plain fields.
    """

    fields_template = "questionnaires/_questions.html"

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        section: Mapping[str, Any],
        answers: Mapping[str, Any],
        found: Asked | None = None,
        changed: Collection[str] = (),
        file_url: Callable[[str], str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.questions = [whole(q) for q in section["questions"]]
        self.given, self.found, self.changed, self.file_url = answers, found, changed, file_url
        super().__init__(data, files if data is not None else None, **kwargs)  # request.FILES is there on a GET too
        for question in self.questions:
            made = field_for(question)
            if made is not None:
                made.label, made.help_text = label_of(question), help_of(question, made)
                self.fields[PREFIX + question["key"]] = made
                if question["kind"] != QuestionKind.FILE:
                    made.initial = as_typed(made, answers.get(question["key"]))
        self.keys = [q["key"] for q in self.questions if q["kind"] not in (QuestionKind.FILE, QuestionKind.CALCULATED)]

    def clean(self) -> dict[str, Any]:
        """The limits of the questions, each broken one beside its field."""
        typed = super().clean() or self.cleaned_data
        for question in self.questions:
            name = PREFIX + question["key"]
            if name in typed and question["kind"] != QuestionKind.FILE:
                found = [f for f in faults(question, to_json(typed[name])) if f.code not in LATER]
                for fault in found:
                    self.add_error(name, fault_sentence(question, fault))
        return typed

    def answers(self) -> dict[str, Any]:
        """key -> JSON value of what was typed and is right."""
        typed = self.cleaned_data
        return {key: to_json(typed[PREFIX + key]) for key in self.keys if PREFIX + key in typed}

    def uploads(self) -> dict[str, Any]:
        """key -> checked files of each file question for which some were chosen and are right."""
        keys = [q["key"] for q in self.questions if q["kind"] == QuestionKind.FILE]
        return {key: self.cleaned_data[PREFIX + key] for key in keys if self.cleaned_data.get(PREFIX + key)}

    @cached_property
    def has_files(self) -> bool:
        """Whether the page takes files."""
        return any(q["kind"] == QuestionKind.FILE for q in self.questions)

    @cached_property
    def rows(self) -> list[Row]:
        """The questions in their order, as the page draws them."""
        return [self._row(question) for question in self.questions]

    def _row(self, question: Mapping[str, Any]) -> Row:
        key, name = question["key"], PREFIX + question["key"]
        counted = self.found.answers.get(key) if self.found else None
        given = self.given.get(key)
        return Row(
            question=question,
            name=name,
            label=label_of(question),
            help=SafeString(self.fields[name].help_text) if name in self.fields else help_of(question, None),
            bound=self[name] if name in self.fields else None,
            value=str(words_of(question, counted)) if question["kind"] == QuestionKind.CALCULATED else "",
            files=self._files(given) if question["kind"] == QuestionKind.FILE else [],
            is_asked=self.found is None or key in self.found.questions,
            is_changed=key in self.changed,
            when=condition_words(self.found.content, question) if self.found and question["shown_if"] else "",
        )

    def _files(self, given: Any) -> list[Mapping[str, Any]]:
        """What was given, each with the address that its owner serves it at."""
        files = given if isinstance(given, list) else []
        return [{**file, "url": self.file_url(file["id"])} if self.file_url else file for file in files]

    @cached_property
    def rules(self) -> list[RuleLine]:
        """Rules across fields that touch this section, with what they come to now."""
        return rule_lines(self.found, {q["key"] for q in self.questions}) if self.found else []

    @cached_property
    def client(self) -> dict[str, str]:
        """Data attributes for static/js/rules.js: what it computes with, and the sentences that it shows."""
        if self.found is None:
            return {}
        known = client_rules(self.found, self.given, {q["key"] for q in self.questions})
        return {"data-rules": known, **words_for_client()}


def label_of(question: Mapping[str, Any]) -> SafeString:
    """The question; one that may stay empty says so. What staff wrote is escaped and carries its language."""
    label = conditional_escape(in_lang(pick(question["label"])))
    if question["is_required"] or question["kind"] == QuestionKind.CALCULATED:
        return label
    return format_html('{} <span class="muted">({})</span>', label, _("not required"))


def help_of(question: Mapping[str, Any], made: forms.Field | None) -> SafeString:
    """The staff's hint and how much fits; of a file, what is taken."""
    parts = [in_lang(pick(question["help"])), bounds_words(question)]
    if question["kind"] == QuestionKind.FILE and made is not None:
        parts.append(str(made.help_text))
    return SafeString(" ".join(conditional_escape(part) for part in parts if part))
