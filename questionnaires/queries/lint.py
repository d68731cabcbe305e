"""What keeps questions from being published: a list of faults, each with its place, in words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.text import pick
from questionnaires.formulas.shape import CHOOSING, COLUMN_KINDS, Content, whole
from questionnaires.models import Questionnaire
from questionnaires.queries.compiled import compile_content
from questionnaires.queries.known_facts import repeated_fact
from questionnaires.queries.lint_links import link_flaws, rule_flaws
from questionnaires.statuses import QuestionKind

KEY = re.compile(r"[a-z][a-z0-9_]*")
MOST_ROWS = 50  # a longer table belongs into a file: every row is a card on a phone


@dataclass(frozen=True)
class Flaw:
    """One fault: where it stands (a section, a question by its label, a rule), what is wrong and what to do."""

    place: str
    sentence: str
    code: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


def lint(questionnaire: Questionnaire) -> list[Flaw]:
    """Every fault of what stands on the editor's desk now; empty where it may be published. Three queries."""
    return lint_content(compile_content(questionnaire))


def lint_content(content: Content) -> list[Flaw]:
    """Every fault of a compiled content; asks the database nothing."""
    return [Flaw(place, sentence, code) for place, sentence, code in _flaws(content)]


def _flaws(content: Content) -> Iterator[tuple[str, str, str]]:
    if not content["sections"]:
        yield "", _("There is no section yet. Add one, and questions to it."), "empty"
    keys = Counter(q["key"] for section in content["sections"] for q in section["questions"])
    for number, section in enumerate(content["sections"], start=1):
        yield from _section(number, section)
        for question in map(whole, section["questions"]):
            place = place_of(number, question)
            found = [*_question(question), *link_flaws(content, question)]
            if keys[question["key"]] > 1:
                found.append((_("its key «%(key)s» stands twice; give each its own.") % question, "key_twice"))
            yield from ((place, sentence, code) for sentence, code in found)
    for number, rule in enumerate(content.get("rules", ()), start=1):
        place = _("Rule %(number)s") % {"number": number}
        yield from ((place, sentence, code) for sentence, code in _rule(content, rule))


def place_of(number: int, question: Mapping[str, Any]) -> str:
    """«Section 2, «Revenue» (revenue)»."""
    label = pick(question["label"]) or "…"
    return _("Section %(number)s, «%(label)s» (%(key)s)") % {"number": number, "label": label, "key": question["key"]}


def _section(number: int, section: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    place = _("Section %(number)s") % {"number": number}
    for language in _languages_missing(section["title"]):
        yield place, _("its title lacks the %(language)s text.") % {"language": language}, "text_missing"
    if not section["questions"]:
        yield place, _("it has no question. Add one, or remove the section."), "empty"


def _question(question: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for language in _languages_missing(question["label"]):
        yield _("the question lacks its %(language)s text.") % {"language": language}, "text_missing"
    if any(question["help"].values()):
        for language in _languages_missing(question["help"]):
            yield _("its help lacks the %(language)s text.") % {"language": language}, "text_missing"
    if not KEY.fullmatch(question["key"]):
        yield _("its key may hold small Latin letters, digits and underscores only."), "key_wrong"
    if question["kind"] not in QuestionKind.values:
        yield _("its kind is unknown."), "kind_wrong"
    fact = repeated_fact(question)
    if fact:
        yield _("it asks for %(fact)s, which is known already. Remove it.") % {"fact": fact}, "known_fact"
    yield from _bounds(question)
    yield from _choices(question)
    if question["kind"] == QuestionKind.TABLE:
        yield from _columns(question)


def _languages_missing(text: Mapping[str, str]) -> Iterable[str]:
    """Kazakh and Russian are equal by law: neither may be missing."""
    names = {"kk": _("Kazakh"), "ru": _("Russian")}
    return [name for language, name in names.items() if not text.get(language, "").strip()]


def _bounds(question: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    low, top = question["minimum"], question["limit"]
    if low is not None and top is not None and low > top:
        yield _("its smallest value is above its limit."), "bounds"
    if top == 0 and question["kind"] not in (QuestionKind.NUMBER, QuestionKind.MONEY):
        yield _("its limit is nought: nothing would fit."), "bounds"
    if question["kind"] == QuestionKind.TABLE and (top or 0) > MOST_ROWS:
        yield _("a table holds at most %(limit)s rows.") % {"limit": MOST_ROWS}, "bounds"


def _choices(question: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if question["kind"] not in CHOOSING:
        return
    if not question["choices"]:
        yield _("it needs its choices."), "no_choices"
    codes = Counter(choice.get("value", "") for choice in question["choices"])
    if "" in codes or max(codes.values(), default=0) > 1:
        yield _("each of its choices needs a code of its own."), "choice_twice"
    if any(_languages_missing(choice) for choice in question["choices"]):
        yield _("each of its choices needs its Kazakh and its Russian text."), "text_missing"


def _columns(question: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    columns = [whole(column) for column in question["columns"]]
    if not columns:
        yield _("the table needs at least one column."), "no_columns"
    if len({column["key"] for column in columns}) < len(columns):
        yield _("two columns have the same key. Give each its own."), "key_twice"
    for column in columns:
        name = {"column": pick(column["label"]) or column["key"]}
        if not KEY.fullmatch(column["key"]) or column["kind"] not in COLUMN_KINDS:
            yield _("the column «%(column)s» has a wrong key or kind.") % name, "column_wrong"
        if _languages_missing(column["label"]):
            yield _("the column «%(column)s» lacks its Kazakh or its Russian text.") % name, "text_missing"
        yield from ((f"{name['column']}: {said}", code) for said, code in _choices(column))


def _rule(content: Content, rule: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for language in _languages_missing(rule["message"]):
        yield _("its sentence lacks the %(language)s text.") % {"language": language}, "text_missing"
    yield from rule_flaws(content, rule)
