"""The JSON of a version, from the editor's rows. It holds every key, so that its hash says all that is asked."""

from typing import Any

from questionnaires.formulas.shape import Content, questions_of, whole
from questionnaires.models import CrossRule, Question, Questionnaire
from questionnaires.queries.asked import table_of
from questionnaires.statuses import QuestionKind

COLUMN_KEYS = ("key", "kind", "label", "is_required", "minimum", "limit", "choices")


def compile_content(questionnaire: Questionnaire) -> dict[str, Any]:
    """Sections with their questions, and the rules across fields. Three queries."""
    sections = questionnaire.sections.prefetch_related("questions")
    content = {
        "sections": [
            {"title": _texts(section, "title"), "questions": [_question(q) for q in section.questions.all()]}
            for section in sections
        ],
        "rules": [_rule(rule) for rule in questionnaire.cross_rules.all()],
    }
    return with_units(content)


def _texts(row: Any, name: str) -> dict[str, str]:
    return {lang: getattr(row, f"{name}_{lang}") for lang in ("kk", "ru", "en")}


def _question(question: Question) -> dict[str, Any]:
    same = ("key", "kind", "is_required", "from_tier", "minimum", "limit", "choices", "shown_if", "formula")
    return {
        **{name: getattr(question, name) for name in same},
        "label": _texts(question, "label"),
        "help": _texts(question, "help"),
        "columns": [{name: whole(column)[name] for name in COLUMN_KEYS} for column in question.columns],
    }


def _rule(rule: CrossRule) -> dict[str, Any]:
    same = {name: getattr(rule, name) for name in ("kind", "of", "against", "limit")}
    return {**same, "message": _texts(rule, "message")}


def with_units(content: dict[str, Any]) -> dict[str, Any]:
    """What each calculated field and each rule counts in: money where any of its fields is money."""
    units = {"money": set[str]()}
    for question in questions_of(content):
        if question["kind"] == QuestionKind.MONEY:
            units["money"].add(question["key"])
        units["money"] |= {f"{question['key']}.{c['key']}" for c in question["columns"] if c["kind"] == "money"}
    for section in content["sections"]:
        for question in section["questions"]:
            if question["kind"] == QuestionKind.CALCULATED:
                question["formula"] = {**question["formula"], "unit": _unit(question["formula"], units["money"])}
                if question["formula"]["unit"] == "money":
                    units["money"].add(question["key"])
    for rule in content["rules"]:
        rule["unit"] = "money" if set(rule["of"]) & units["money"] else "number"
    return content


def _unit(formula: dict[str, Any], money: set[str]) -> str:
    if formula.get("op") == "share":
        return "percent"
    return "money" if set(formula.get("of", ())) & money else "number"


def mentioned(content: Content) -> set[str]:
    """Keys that conditions, formulas and rules name."""
    found = {table_of(ref) for rule in content.get("rules", ()) for ref in (*rule["of"], rule.get("against") or "")}
    for question in questions_of(content):
        found |= {condition["key"] for condition in question["shown_if"]}
        found |= {table_of(ref) for ref in question["formula"].get("of", ())}
    return found - {""}
