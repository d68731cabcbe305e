"""Reading a version together with answers."""

from dataclasses import dataclass, field
from typing import Any

from core.text import LocalText, pick
from questionnaires.formulas.shape import Answers, Content, is_given, questions_of, whole
from questionnaires.queries.asked import ALL, Asked, asked
from questionnaires.queries.words import Words, choice_names, fault_sentence, rule_sentence, words_of
from questionnaires.statuses import QuestionKind


@dataclass(frozen=True)
class Answered:
    """One question as a reader sees it: `value` as it is kept (labels of choices), `words` as a page shows it."""

    key: str
    label: LocalText
    value: Any
    kind: str
    is_required: bool
    words: Words = ""
    question: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def is_missing(self) -> bool:
        """Required and empty (a declaration must be agreed to; what is calculated is never missing)."""
        return self.is_required and self.kind != QuestionKind.CALCULATED and not is_given(self.value)


def answered(question: dict[str, Any], value: Any) -> Answered:
    """One question with its answer."""
    q = whole(question)
    return Answered(q["key"], pick(q["label"]), shown(q, value), q["kind"], q["is_required"], words_of(q, value), q)


def shown(question: dict[str, Any], value: Any) -> Any:
    """The value in the reader's language: labels of choices instead of their codes."""
    if question["kind"] == QuestionKind.SINGLE_CHOICE:
        return choice_names(question).get(value, value)
    if question["kind"] == QuestionKind.MULTIPLE_CHOICE:
        names = choice_names(question)
        return [names.get(v, v) for v in value or []]
    return value


def sections_read(found: Asked) -> list[tuple[int, LocalText, list[Answered]]]:
    """(position, title, questions with answers) of the sections of which something is asked."""
    return [
        (position, pick(section["title"]), [answered(q, found.answers.get(q["key"])) for q in questions])
        for position, section, questions in found.sections()
        if questions
    ]


def answered_sections(content: Content, answers: Answers, tier: str = ALL) -> list[tuple[LocalText, list[Answered]]]:
    """Sections with each asked question's answer, in order; asks the database nothing."""
    return [(title, questions) for _position, title, questions in sections_read(asked(content, answers, tier))]


def listed_sections(content: Content) -> list[tuple[LocalText, list[Answered]]]:
    """Every question of a version, whether or not it will be asked: for those who read before they begin."""
    return [
        (pick(section["title"]), [answered(q, None) for q in section["questions"]]) for section in content["sections"]
    ]


@dataclass(frozen=True)
class Lack:
    """What keeps the answers from being complete: the question, the section that holds it, the sentence."""

    key: str
    position: int
    label: LocalText
    sentence: str
    is_missing: bool


def lacks(found: Asked) -> list[Lack]:
    """Missing answers, answers beyond their limits, broken rules; what is not asked is never among them."""

    def lack(key: str, sentence: str, is_missing: bool = False) -> Lack:
        return Lack(key, found.position.get(key, 0), _label(found, key), sentence, is_missing)

    missing = {q["key"]: lack(q["key"], "", True) for q in found.missing()}
    wrong: dict[str, list[Lack]] = {}
    for question, fault in found.faults():
        wrong.setdefault(question["key"], []).append(lack(question["key"], fault_sentence(question, fault)))
    in_order = [one for key in found.questions for one in ([missing[key]] if key in missing else wrong.get(key, []))]
    return [*in_order, *(lack(key, rule_sentence(rule, found.answers)) for key, rule in found.broken_rules())]


def _label(found: Asked, key: str) -> LocalText:
    """The question's label, also of one that is not asked; a rule may name a key that is gone."""
    question = next((q for q in questions_of(found.content) if q["key"] == key), None)
    return pick(question["label"]) if question else LocalText(key, "kk")
