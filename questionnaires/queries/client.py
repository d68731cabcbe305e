"""What the browser is told of the questions (static/js/rules.js): lean, only what this page computes with."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from questionnaires.formulas.limits import largest, smallest
from questionnaires.formulas.shape import Answers, questions_of, rules_of
from questionnaires.queries.asked import Asked, depends_on, is_for, table_of


def client_rules(found: Asked, answers: Answers, keys: set[str]) -> str:
    """JSON: the questions of a page and those that they depend on, the rules that touch it, the other answers."""
    rules = rules_touching(found, keys)
    wanted = keys | {table_of(ref) for rule in rules for ref in refs_of(rule)}
    questions = [q for q in questions_of(found.content) if is_for(q, found.tier)]
    for question in reversed(questions):  # only earlier questions are named: one pass back finds all
        if question["key"] in wanted:
            wanted |= depends_on(question)
    told = {
        "questions": [lean(q) for q in questions if q["key"] in wanted],
        "rules": [{name: rule.get(name) for name in ("kind", "of", "against", "limit", "unit")} for rule in rules],
        "answers": {key: answers[key] for key in sorted(wanted - keys) if key in answers},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def rules_touching(found: Asked, keys: set[str]) -> list[Mapping[str, Any]]:
    """The rules that name one of these questions."""
    return [rule for rule in rules_of(found.content) if {table_of(ref) for ref in refs_of(rule)} & keys]


def refs_of(rule: Mapping[str, Any]) -> list[str]:
    """What a rule names."""
    return [*rule["of"], *([rule["against"]] if rule.get("against") else [])]


def lean(question: Mapping[str, Any]) -> dict[str, Any]:
    """A question without its texts: kind, bounds, conditions, formula; the columns of a table likewise."""
    told = {"key": question["key"], "kind": question["kind"], "min": smallest(question), "max": largest(question)}
    for name in ("shown_if", "formula"):
        if question.get(name):
            told[name] = question[name]
    if question.get("columns"):
        told["columns"] = [lean(column) for column in question["columns"]]
    return told


def words_for_client() -> dict[str, str]:
    """Sentences for data attributes: the server's own, with {limit} where the number stands."""
    limit = {"limit": "{limit}"}
    return {
        "data-too_long": _("Too long: at most %(limit)s characters fit. Nothing was lost, shorten it here.") % limit,
        "data-too_small": _("Enter %(limit)s or more.") % limit,
        "data-too_large": _("Enter %(limit)s or less.") % limit,
        "data-too_many": _("Too many rows: at most %(limit)s fit. Leave the most important ones.") % limit,
        "data-left": _("Characters left: %(count)s") % {"count": "{count}"},
        "data-over": _("Too long by %(count)s characters") % {"count": "{count}"},
        "data-remove": _("Remove the row"),
        "data-row": _("%(column)s, row %(number)s") % {"column": "{column}", "number": "{number}"},
        "data-kept": _("Holds"),
        "data-broken": _("Does not hold"),
        "data-open": _("Not filled in yet"),
    }
