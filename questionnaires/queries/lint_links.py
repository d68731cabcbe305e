"""Faults of what names other questions: conditions, formulas, rules. Only earlier ones may be named: no cycle."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from questionnaires.formulas import calculated, conditions, cross_rules
from questionnaires.formulas.shape import COUNTED, TIERS, Content, questions_of, whole
from questionnaires.queries.asked import table_of
from questionnaires.statuses import QuestionKind

COUNTED_COLUMNS = frozenset({"number", "money"})
COMPARED = COUNTED | {"date", "table", "multiple_choice"}
Flaws = Iterator[tuple[str, str]]


def link_flaws(content: Content, question: Mapping[str, Any]) -> Flaws:
    """Faults of one question's conditions and formula."""
    keys = [q["key"] for q in questions_of(content)]
    earlier = {q["key"]: q for q in questions_of(content)[: keys.index(question["key"])]}
    for condition in question["shown_if"]:
        yield from _condition(condition, question, earlier, keys)
    if question["kind"] == QuestionKind.CALCULATED:
        yield from _formula(question, earlier, keys)


def _unreachable(key: str, earlier: Mapping[str, Any], keys: list[str]) -> Flaws:
    """Unknown, or later: then it would depend on something that depends on it."""
    if key in earlier:
        return
    if key in keys:
        yield _("it names «%(key)s», which stands later. Put that question first.") % {"key": key}, "later_key"
    else:
        yield _("it names «%(key)s», which is no question here.") % {"key": key}, "unknown_key"


def _condition(
    condition: Mapping[str, Any], question: Mapping[str, Any], earlier: Mapping[str, Any], keys: list[str]
) -> Flaws:
    key, op, value = condition.get("key", ""), condition.get("op"), condition.get("value")
    yield from _unreachable(key, earlier, keys)
    named = earlier.get(key)
    if op not in conditions.OPS:
        yield _("its condition has an unknown comparison."), "condition_wrong"
    if named is None or op not in conditions.OPS:
        return
    wants_absence = value is False and op in ("is", "answered")
    if not wants_absence and TIERS.index(named["from_tier"]) > TIERS.index(question["from_tier"]):
        yield _("it waits for «%(key)s», which is asked only for larger sums.") % {"key": key}, "tier_order"
    if not _fits(named, str(op), value):
        yield _("its condition on «%(key)s» can never hold as it is written.") % {"key": key}, "condition_wrong"


def _fits(named: Mapping[str, Any], op: str, value: Any) -> bool:
    """Whether the comparison can hold for a question of this kind."""
    codes = [choice["value"] for choice in named["choices"]]
    kind = named["kind"]
    if op == "answered":
        return value in (True, False, None)
    if op == "has":
        return kind == QuestionKind.MULTIPLE_CHOICE and value in codes
    if op in ("at_least", "at_most"):
        return kind in COMPARED and conditions.size_of(value) is not None
    if kind == QuestionKind.DECLARATION or value is False:
        return isinstance(value, bool) and op == "is"
    if kind == QuestionKind.SINGLE_CHOICE:
        return value in codes
    return kind not in (QuestionKind.MULTIPLE_CHOICE, QuestionKind.TABLE, QuestionKind.FILE) and value is not None


def _formula(question: Mapping[str, Any], earlier: Mapping[str, Any], keys: list[str]) -> Flaws:
    op, of = question["formula"].get("op"), list(question["formula"].get("of", ()))
    fewest = 1 if op == "sum" else 2
    if op not in calculated.OPS or len(of) < fewest or (op == "share" and len(of) != 2):
        yield _("its formula needs an operation and the fields that it counts."), "formula_wrong"
    for ref in of:
        yield from _unreachable(table_of(ref), earlier, keys)
        named = earlier.get(table_of(ref))
        if named is None:
            continue
        if not is_counted(ref, named):
            yield _("its formula names «%(key)s», which is no number.") % {"key": ref}, "not_a_number"
        if TIERS.index(named["from_tier"]) > TIERS.index(question["from_tier"]):
            yield _("it waits for «%(key)s», which is asked only for larger sums.") % {"key": ref}, "tier_order"


def is_counted(ref: str, named: Mapping[str, Any]) -> bool:
    """Whether a reference names something that can be counted with."""
    _table, dot, column = ref.partition(".")
    if not dot:
        return named["kind"] in COUNTED
    found = next((whole(c) for c in named["columns"] if c["key"] == column), None)
    return named["kind"] == QuestionKind.TABLE and found is not None and found["kind"] in COUNTED_COLUMNS


def rule_flaws(content: Content, rule: Mapping[str, Any]) -> Flaws:
    """Faults of one rule across fields."""
    questions = {q["key"]: q for q in questions_of(content)}
    refs = [*rule["of"], *([rule["against"]] if rule.get("against") else [])]
    if rule["kind"] not in cross_rules.KINDS or not rule["of"]:
        yield _("it needs its kind and its fields."), "rule_wrong"
    has_number, has_field = rule.get("limit") is not None, bool(rule.get("against"))
    if rule["kind"] == "share_at_most" and not (has_number and has_field):
        yield _("a share needs the number (percent) and the field that it is a share of."), "rule_wrong"
    elif not (has_number or has_field):
        yield _("it needs a number or a field to be held against."), "rule_wrong"
    dates = [questions[ref]["kind"] == QuestionKind.DATE for ref in refs if ref in questions]
    compares_days = rule["kind"] == "at_most" and len(dates) == len(refs) == 2 and all(dates)
    for ref in refs:
        if table_of(ref) not in questions:
            yield _("it names «%(key)s», which is no question here.") % {"key": ref}, "unknown_key"
        elif not compares_days and not is_counted(ref, questions[table_of(ref)]):
            yield _("it names «%(key)s», which is no number.") % {"key": ref}, "not_a_number"
