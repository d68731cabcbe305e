"""Rules across fields: {"kind", "of", "against", "limit"}; the same numbers on the server and in the browser.

sum_is         the fields of `of` add up to the field `against`, or to the number `limit`
sum_at_most    they add up to not more than that
share_at_most  they are at most `limit` percent of the field `against`
at_most        the first of `of` is not more (or not later) than `against` or `limit`
"""

from collections.abc import Mapping
from typing import Any

from questionnaires.formulas.calculated import amount
from questionnaires.formulas.shape import DAY, Answers, plain_number

Rule = Mapping[str, Any]
KINDS = ("sum_is", "sum_at_most", "share_at_most", "at_most")
OPEN, KEPT, BROKEN = "open", "kept", "broken"


def state(rule: Rule, answers: Answers) -> str:
    """Open while a side of it is not answered, else kept or broken."""
    if rule["kind"] == "at_most" and (days := _days(rule, answers)):
        return KEPT if days[0] <= days[1] else BROKEN
    found, bound = added_up(rule, answers), held_against(rule, answers)
    if found is None or bound is None:
        return OPEN
    if rule["kind"] == "share_at_most":
        return KEPT if found * 100 <= rule["limit"] * bound else BROKEN
    is_kept = found == bound if rule["kind"] == "sum_is" else found <= bound
    return KEPT if is_kept else BROKEN


def added_up(rule: Rule, answers: Answers) -> int | None:
    """Hundredths of what is held against the bound; what is not answered counts as nothing."""
    of = rule["of"][:1] if rule["kind"] == "at_most" else rule["of"]
    there = [value for ref in of if (value := amount(ref, answers)) is not None]
    return sum(there) if there else None


def held_against(rule: Rule, answers: Answers) -> int | None:
    """Hundredths of the bound: a field, or the number of the rule."""
    if rule.get("against"):
        return amount(rule["against"], answers)
    limit = rule.get("limit")
    return None if limit is None else limit * 100


def figures(rule: Rule, answers: Answers) -> tuple[str, str]:
    """What was found and what it is held against, as plain numbers; empty where there are none."""
    found, bound = added_up(rule, answers), held_against(rule, answers)
    return tuple("" if value is None else plain_number(value) for value in (found, bound))  # type: ignore[return-value]


def _days(rule: Rule, answers: Answers) -> tuple[str, str] | None:
    first, second = answers.get(rule["of"][0]) if rule["of"] else None, answers.get(rule.get("against") or "")
    if isinstance(first, str) and isinstance(second, str) and DAY.fullmatch(first) and DAY.fullmatch(second):
        return first, second
    return None
