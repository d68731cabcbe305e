"""The frozen rules in plain words, line by line, and what changed between two versions of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from core.canonical import canonical_json
from core.templatetags.words import moment, money
from core.text import LocalText, pick
from grants.models import Call, CallRules
from grants.statuses import RanksBy, RequirementStage
from questionnaires.statuses import Tier

Content = Mapping[str, Any]


@dataclass(frozen=True)
class RuleLine:
    """One rule: `key` finds the same rule in another version, `value` is what the line covers of the frozen JSON."""

    key: str
    section: str
    label: str | LocalText
    text: str | LocalText
    value: Any


@dataclass(frozen=True)
class RuleChange:
    """A rule that differs between two versions; an empty text: there was none, or there is none any more."""

    section: str
    label: str | LocalText
    before: str | LocalText
    after: str | LocalText


def rule_sections(content: Content) -> list[tuple[str, list[RuleLine]]]:
    """(heading, its lines), everything that the frozen JSON holds, in the reader's language."""
    return [(section, list(lines)) for section, lines in groupby(rule_lines(content), lambda line: line.section)]


def rule_changes(before: Content, after: Content) -> list[RuleChange]:
    """Every rule that differs, in the order of the page: what was changed, what is new, what fell away."""
    old, new = {line.key: line for line in rule_lines(before)}, {line.key: line for line in rule_lines(after)}
    kept = [key for key in new if key in old and _differ(old[key], new[key])]
    changes = [_change(old[key], new[key]) for key in kept]
    changes += [RuleChange(new[key].section, new[key].label, "", new[key].text) for key in new if key not in old]
    return changes + [RuleChange(old[key].section, old[key].label, old[key].text, "") for key in old if key not in new]


def versions_read(versions: list[CallRules]) -> list[tuple[CallRules, list[RuleChange]]]:
    """The newest first, each with what it changed in the one before it."""
    ordered = sorted(versions, key=lambda version: version.number)
    before = [None, *ordered[:-1]]
    pairs = zip(ordered, before, strict=True)
    return [(one, rule_changes(last.content, one.content) if last else []) for one, last in pairs][::-1]


def _differ(old: RuleLine, new: RuleLine) -> bool:
    return canonical_json(old.value) != canonical_json(new.value)


def _change(old: RuleLine, new: RuleLine) -> RuleChange:
    """Where the reader's language says the same in both, the texts of all languages stand side by side."""
    if old.text == new.text:
        return RuleChange(new.section, new.label, canonical_json(old.value), canonical_json(new.value))
    return RuleChange(new.section, new.label, old.text, new.text)


def rule_lines(content: Content) -> list[RuleLine]:
    """Line by line; what no line below covers comes last as it stands, so that nothing is left out."""
    lines = [
        RuleLine(key, section, label, text, value)
        for section, make in _sections()
        for key, label, text, value in make(content)
    ]
    covered = {"limits", "opens_at", "closes_at", "criteria", "score", "formulas", "tie_breaks", "pass_mark"}
    covered |= {"ranks_by", "adjusted_from", "reviews_needed", "experts", "line", "commission", "offer", "appeal"}
    covered |= {"documents", "questions", "tiers", "budget", "milestones", "statements"}
    covered |= {"contract", "tranches", "indicators"}
    rest = sorted(set(content) - covered)
    return lines + [RuleLine(key, _("Other"), key, canonical_json(content[key]), content[key]) for key in rest]


Made = Iterator[tuple[str, str | LocalText, str | LocalText, Any]]


def _sections() -> list[tuple[str, Callable[[Content], Made]]]:
    return [
        (_("Amounts and times"), _amounts),
        (_("Criteria"), _criteria),
        (_("Score and rank"), _ranking),
        (_("Experts"), _experts),
        (_("Money and the funding line"), _line),
        (_("Commission and appeals"), _commission),
        (_("Contract and payment"), _contract),
        (_("What is asked"), _asked),
    ]


def _yes(answer: Any) -> str:
    return _("yes") if answer else _("no")


def _percent(value: Any) -> str:
    return f"{value} %"


def _amounts(content: Content) -> Made:
    limits = content["limits"]
    currency = limits.get("currency", "KZT")
    for key, label in (("smallest", _("Smallest grant")), ("largest", _("Largest grant"))):
        yield f"limits.{key}", label, money(Decimal(limits[key]), currency), [limits[key], limits.get("currency")]
    own = limits["own_share_percent"]
    yield "limits.own", _("Own money, at least"), _percent(own), own
    for key, label in (("opens_at", _("Opens")), ("closes_at", _("Closes"))):
        yield key, label, moment(datetime.fromisoformat(str(content[key]))), str(content[key])


def _criteria(content: Content) -> Made:
    for place, row in enumerate(content["criteria"], start=1):
        title = pick(row["title"])
        yield f"criterion.{row['key']}", title, _percent(row["weight"]), [place, row["weight"], row["title"]]
        for score, texts in sorted((row.get("levels") or {}).items()):
            label = _("%(criterion)s: score %(score)s") % {"criterion": title, "score": score}
            yield f"criterion.{row['key']}.{score}", label, pick(texts), texts


def _ranking(content: Content) -> Made:
    words = _("each criterion's score of 0 to 5 by its weight, 100 at most; the mean of all reviews")
    yield "score", _("Score"), words, content["score"]
    by = content.get("ranks_by", RanksBy.RAW.value)
    yield "ranks_by", _("The score that ranks"), str(RanksBy(by).label), by
    adjusted_from = content.get("adjusted_from")
    yield (
        "adjusted_from",
        _("Adjusted for severity from so many reviews of the call"),
        str(adjusted_from),
        adjusted_from,
    )
    titles = {row["key"]: pick(row["title"]) for row in content["criteria"]}
    named = content["tie_breaks"][0]
    tie = _("the mean of «%(criterion)s», then the earlier sending") % {"criterion": titles.get(named, named)}
    yield "tie_breaks", _("Of the same score, first comes"), tie, content["tie_breaks"]
    yield "pass_mark", _("Pass mark: nobody under it is funded"), str(content["pass_mark"]), content["pass_mark"]
    for name, formula in sorted(content.get("formulas", {}).items()):
        yield f"formulas.{name}", _("Formula: %(name)s") % {"name": name}, _formula(formula), formula


def _formula(formula: Any) -> str:
    """«additive_severity, version 1»; a number or a list as it stands."""
    if isinstance(formula, dict):
        return ", ".join(f"{key} {value}" if key != "name" else str(value) for key, value in formula.items())
    return "; ".join(formula) if isinstance(formula, list) else str(formula)


def _experts(content: Content) -> Made:
    needed = content["reviews_needed"]
    yield "reviews_needed", _("Experts for each application"), str(needed), needed
    labels = {
        "load_min": _("Fewest applications for an expert"),
        "load_max": _("Most applications for an expert"),
        "extra_review_over": _("One more expert where reviews differ by more points than"),
        "review_working_days": _("Working days for a review"),
        "is_blind": _("The applicant is hidden until the expert has scored"),
        "seed": _("Seed of every draw"),
    }
    yield from _labelled("experts", content.get("experts", {}), labels)


def _labelled(prefix: str, part: Mapping[str, Any], labels: Mapping[str, str]) -> Made:
    """What has a label under it; what has none under its own key."""
    for key in [*(k for k in labels if k in part), *sorted(set(part) - set(labels))]:
        value = part[key]
        text = _yes(value) if isinstance(value, bool) else value if isinstance(value, str) else canonical_json(value)
        yield f"{prefix}.{key}", labels.get(key, key), text, value


def _line(content: Content) -> Made:
    line = content.get("line", {})
    labels = {
        "allows_partial": _("Less than asked may be awarded at the funding line"),
        "partial_percent": _("Smallest part of what was asked, percent"),
        "held_back_percent": _("Held back until appeals are answered, percent"),
    }
    yield from _labelled("line", {key: value for key, value in line.items() if key != "floors"}, labels)
    for floor in line.get("floors", []):
        label = _("At least for the sector «%(sector)s»") % {"sector": pick(floor["title"])}
        yield f"line.floor.{floor['sector']}", label, money(Decimal(floor["amount"])), floor


def _commission(content: Content) -> Made:
    labels = {"observers_needed": _("Observers needed at a meeting")}
    yield from _labelled("commission", content.get("commission", {}), labels)
    yield from _labelled("offer", content.get("offer", {}), {"working_days": _("Working days to accept an award")})
    labels = {
        "working_days": _("Working days to appeal"),
        "answer_working_days": _("Working days to answer an appeal"),
    }
    yield from _labelled("appeal", content.get("appeal", {}), labels)


def _contract(content: Content) -> Made:
    labels = {"sign_working_days": _("Working days to sign the contract")}
    yield from _labelled("contract", content.get("contract", {}), labels)
    for row in content.get("tranches", []):
        bound = money(Decimal(row["up_to"])) if row["up_to"] is not None else _("no bound")
        label = _("Paid in parts, up to %(bound)s") % {"bound": bound}
        yield f"tranches.{row['up_to']}", label, " / ".join(f"{percent} %" for percent in row["percents"]), row
    for row in content.get("indicators", []):
        yield f"indicator.{row['key']}", pick(row["title"]), _("promised in the contract, then reported"), row


def _asked(content: Content) -> Made:
    yield "questions", _("Questions, SHA-256"), content["questions"], content["questions"]
    for row in content["documents"]:
        stage = RequirementStage(row["stage"]).label
        needed = _("required") if row["is_required"] else _("not required")
        size = _("from size %(size)s") % {"size": str(row["from_tier"]).upper()}
        text = ", ".join([str(stage), needed, *([size] if row["from_tier"] != Tier.S else [])])
        yield f"document.{row['key']}", pick(row["title"]), text, row
    for tier in content.get("tiers", []):
        bound = money(Decimal(tier["up_to"])) if tier["up_to"] is not None else _("no bound")
        yield f"tier.{tier['code']}", _("Size %(code)s, up to") % {"code": str(tier["code"]).upper()}, bound, tier
    budget = content.get("budget", {})
    if "supplier_over" in budget:
        over = budget["supplier_over"]
        yield "budget.over", _("The supplier's BIN is asked for lines over"), money(Decimal(over)), over
    rest = {key: value for key, value in budget.items() if key not in ("categories", "supplier_over")}
    yield from _labelled(
        "budget", rest, {"is_asked": _("A budget by lines is asked for"), "vat_percent": _("VAT, percent")}
    )
    for row in budget.get("categories", []):
        most = row["max_percent"]
        text = _("no limit") if most is None else _percent(most)
        label = _("Budget: «%(category)s», at most") % {"category": pick(row["title"])}
        yield f"category.{row['key']}", label, text, row
    labels = {
        "are_asked": _("Milestones are asked for"),
        "fewest": _("Fewest milestones"),
        "most": _("Most milestones"),
    }
    yield from _labelled("milestones", content.get("milestones", {}), labels)
    for row in content.get("statements", []):
        yield f"statement.{row['key']}", _("May apply: statement"), pick(row["text"]), row


def proposed_words(changes: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(term, new value) of a change that waits for a second person: the columns of the call by their names."""
    found = []
    for name, value in sorted(changes.items()):
        if name in ("criteria", "floors"):
            label = _("Weights") if name == "criteria" else _("Floors of sectors")
            found.append((label, ", ".join(f"{key}: {one}" for key, one in sorted(value.items())) or "—"))
        else:
            text = _yes(value) if isinstance(value, bool) else str(value)
            named = {field.name: field.verbose_name for field in Call._meta.fields}
            found.append((str(named[name]), text))
    return found
