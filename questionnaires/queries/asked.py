"""Which questions are asked for, of whom, and the answers that count: one pass in the order of the questions.

A question is asked where its tier is reached and its conditions hold. What is not asked counts as absent, also for the
questions, formulas and rules that depend on it; publishing lets these name earlier questions only (queries/lint.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from questionnaires.formulas import conditions, cross_rules
from questionnaires.formulas.calculated import calculate
from questionnaires.formulas.limits import Fault, faults
from questionnaires.formulas.shape import TIERS, Answers, Content, Question, is_given, questions_of, rules_of, whole

ALL = TIERS[-1]


@dataclass(frozen=True)
class Asked:
    """What a person is asked: keys in order, questions by key, and the effective answers (with calculated ones)."""

    content: Content
    tier: str
    questions: Mapping[str, dict[str, Any]]
    answers: Answers

    def sections(self) -> list[tuple[int, Mapping[str, Any], list[dict[str, Any]]]]:
        """(position, section, its asked questions) of every section, also of one of which nothing is asked."""
        return [
            (n, section, [self.questions[q["key"]] for q in section["questions"] if q["key"] in self.questions])
            for n, section in enumerate(self.content["sections"])
        ]

    def on_page(self, position: int) -> dict[str, Any]:
        """The section with the questions that its page holds: asked now, or asked as soon as another one here is
        answered otherwise (a script hides these, and without one they say when they are asked).
        """
        section = self.content["sections"][position]
        here = [whole(q) for q in section["questions"] if is_for(whole(q), self.tier)]
        keys = {q["key"] for q in here}
        wanted = [q for q in here if q["key"] in self.questions or depends_on(q) & keys]
        return {**section, "questions": wanted}

    @cached_property
    def position(self) -> dict[str, int]:
        """Key -> number of its section."""
        return {q["key"]: n for n, section in enumerate(self.content["sections"]) for q in section["questions"]}

    def missing(self) -> list[dict[str, Any]]:
        """Required questions without an answer."""
        return [
            question
            for key, question in self.questions.items()
            if question["is_required"] and question["kind"] != "calculated" and not is_given(self.answers.get(key))
        ]

    def faults(self) -> list[tuple[dict[str, Any], Fault]]:
        """(question, what is wrong) of answers that are there and break a limit, as after a fix that lowered one."""
        pairs = ((q, faults(q, self.answers.get(key))) for key, q in self.questions.items())
        return [(question, fault) for question, found in pairs for fault in found]

    def broken_rules(self) -> list[tuple[str, Mapping[str, Any]]]:
        """(key of the field to mend, rule) of each broken rule across fields; the field is the first that is asked."""
        broken = (r for r in rules_of(self.content) if cross_rules.state(r, self.answers) == cross_rules.BROKEN)
        return [(self._place(rule), rule) for rule in broken]

    def _place(self, rule: Mapping[str, Any]) -> str:
        keys = [table_of(ref) for ref in (*rule["of"], rule.get("against") or "")]
        typed = [k for k in keys if k in self.questions and self.questions[k]["kind"] != "calculated"]
        there = typed or [key for key in keys if key in self.questions]
        return there[0] if there else keys[0]


def asked(content: Content, answers: Answers, tier: str = ALL) -> Asked:
    """What is asked for at this tier with these answers; asks the database nothing."""
    found: dict[str, dict[str, Any]] = {}
    counted: dict[str, Any] = {}
    for question in questions_of(content):
        if not is_for(question, tier) or not conditions.all_hold(question["shown_if"], counted):
            continue
        key = question["key"]
        found[key] = question
        if question["kind"] == "calculated":
            value = calculate(question["formula"], counted)
            if value is not None:
                counted[key] = value
        elif key in answers:
            counted[key] = answers[key]
    return Asked(content, tier, found, counted)


def is_for(question: Question, tier: str) -> bool:
    """Whether a question is asked of this tier."""
    return TIERS.index(question["from_tier"]) <= TIERS.index(tier)


def table_of(ref: str) -> str:
    """The question behind a reference: itself, or the table of `table.column`."""
    return ref.partition(".")[0]


def depends_on(question: Question) -> set[str]:
    """Keys that a question's conditions and formula name."""
    question = whole(question)
    named = {condition.get("key", "") for condition in question["shown_if"]}
    return named | {table_of(ref) for ref in question["formula"].get("of", ())}


def with_dependants(content: Content, keys: set[str]) -> set[str]:
    """These questions and those that may appear when they are answered otherwise."""
    found = set(keys)
    for question in questions_of(content):  # conditions name earlier questions only: one pass finds all
        if question["key"] not in found and depends_on(question) & found:
            found.add(question["key"])
    return found
