"""What a person reads before the form: statements, documents for a sum, how long it really takes; all questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.templatetags.words import money, number
from core.text import pick
from grants.formulas.effort import estimated_minutes, median_minutes
from grants.models import Application, Call, DocumentRequirement
from grants.queries.completeness import FACTS, fact_column
from grants.queries.tiers import tiers_of
from grants.statuses import RequirementStage
from questionnaires.statuses import QuestionKind, Tier

ORDER = [Tier.S.value, Tier.M.value, Tier.L.value]
FEWEST_MEASURED = 10
MEASURED_SECONDS = 600  # how old the measured median may be
LONGEST_COUNTED = 40 * 3600  # a page left open for days says nothing about the work


@dataclass(frozen=True)
class Statement:
    """One statement as the page shows it; `is_confirmed` is None before the person has answered."""

    key: str
    text: str
    otherwise: str
    is_confirmed: bool | None


@dataclass(frozen=True)
class TierShown:
    """A size tier that this call really has, in words."""

    code: str
    words: str
    above: str


@dataclass(frozen=True)
class TimeNeeded:
    """Minutes; `applicants` is how many were measured, zero where it is an estimate."""

    minutes: int
    applicants: int


def statements_of(call: Call, confirmed: Iterable[str] | None = None) -> list[Statement]:
    """The call's statements with what the person has answered. One query."""
    yes = None if confirmed is None else set(confirmed)
    return [
        Statement(row.key, row.text, row.otherwise, None if yes is None else row.key in yes)
        for row in call.statements.all()
    ]


def tiers_shown(call: Call) -> list[TierShown]:
    """The tiers within the call's largest amount, from the smallest; one query, or none where they are prefetched."""
    shown, below = [], Decimal(0)
    for tier in tiers_of(call):
        if below and below >= call.max_amount:
            break
        top = min(tier.up_to, call.max_amount) if tier.up_to is not None else call.max_amount
        shown.append(TierShown(tier.code, _tier_words(below, top, call), money(below, call.currency) if below else ""))
        below = top
    return shown


def most_asked(tiers: list[TierShown]) -> str:
    """The code of the largest tier that the call reaches: beyond it nothing is asked; none asks everything."""
    return tiers[-1].code if tiers else ""


def _tier_words(below: Decimal, top: Decimal, call: Call) -> str:
    if not below:
        return _("up to %(top)s") % {"top": money(top, call.currency)}
    return _("more than %(below)s, up to %(top)s") % {
        "below": money(below, call.currency),
        "top": money(top, call.currency),
    }


def is_asked(from_tier: str, tier: str) -> bool:
    """Whether what is asked from one tier on is asked of this tier; no tier chosen asks everything."""
    return not tier or ORDER.index(from_tier or Tier.S) <= ORDER.index(tier)


@dataclass(frozen=True)
class Papers:
    """Documents by the time they are asked for: with the application, and of winners alone."""

    now: list[DocumentRequirement]
    later: list[DocumentRequirement]


def papers_of(call: Call, tier: str = "") -> Papers:
    """Documents of a call for one tier. One query."""
    rows = [row for row in call.requirements.all() if is_asked(row.from_tier, tier)]
    return Papers(
        now=[row for row in rows if row.stage == RequirementStage.APPLICATION],
        later=[row for row in rows if row.stage == RequirementStage.AWARD],
    )


def time_needed(call: Call, content: dict[str, Any], tier: str, papers: Papers) -> TimeNeeded:
    """The measured median of the programme's earlier applicants, or an estimate that says so."""
    measured = _measured(call.programme_year.programme_id)
    if measured:
        return measured
    asked = [q for q in questions_in(content) if is_required_of(q, tier)]
    texts = sum(q["kind"] == QuestionKind.LONG_TEXT for q in asked)
    minutes = estimated_minutes(
        texts=texts,
        fields=len(asked) - texts,
        documents=sum(row.is_required for row in papers.now),
        has_budget=call.asks_budget,
        has_milestones=call.asks_milestones,
    )
    return TimeNeeded(minutes, 0)


def _measured(programme_id: int) -> TimeNeeded | None:
    """Kept for ten minutes; an empty answer too (as zeros: the cache keeps no None)."""
    key = f"grants:minutes:{programme_id}"
    minutes, applicants = cache.get_or_set(key, lambda: _measure(programme_id), MEASURED_SECONDS) or (0, 0)
    return TimeNeeded(minutes, applicants) if applicants else None


def _measure(programme_id: int) -> tuple[int, int]:
    sent = Application.objects.filter(number__isnull=False, call__programme_year__programme=programme_id)
    counted = sent.filter(active_seconds__gt=0, active_seconds__lte=LONGEST_COUNTED).order_by("-pk")
    seconds = list(counted.values_list("active_seconds", flat=True)[:1000])
    return (median_minutes(seconds), len(seconds)) if len(seconds) >= FEWEST_MEASURED else (0, 0)


def questions_in(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Every question of a version, in order."""
    return [question for section in content["sections"] for question in section["questions"]]


def is_required_of(question: dict[str, Any], tier: str) -> bool:
    """Whether everybody of a tier must answer: neither optional, nor calculated, nor asked of some alone."""
    if question["kind"] == QuestionKind.CALCULATED or question.get("shown_if"):
        return False
    return bool(question["is_required"]) and is_asked(question.get("from_tier", Tier.S), tier)


@dataclass(frozen=True)
class QuestionShown:
    """One question on paper: what is asked, of whom, how much fits, and an example answer where there is one."""

    label: str
    help: str
    marks: tuple[str, ...]
    choices: tuple[str, ...]
    answer: Any = ""
    is_long: bool = False
    is_typed: bool = True


@dataclass(frozen=True)
class SectionShown:
    """One section of the questions on paper."""

    title: str
    questions: tuple[QuestionShown, ...]


def sections_on_paper(
    content: dict[str, Any], tiers: list[TierShown], sample: dict[str, Any] | None = None
) -> list[SectionShown]:
    """The questions that this call can ask, with their marks; `sample` holds answers by key."""
    above, top = {tier.code: tier.above for tier in tiers}, most_asked(tiers)
    asked = [
        (s["title"], [q for q in s["questions"] if is_asked(q.get("from_tier", Tier.S), top)])
        for s in content["sections"]
    ]
    return [
        SectionShown(pick(title), tuple(_on_paper(q, above, sample or {}) for q in questions))
        for title, questions in asked
    ]


def _on_paper(question: dict[str, Any], above: dict[str, str], sample: dict[str, Any]) -> QuestionShown:
    return QuestionShown(
        label=pick(question["label"]),
        help=pick(question["help"]),
        marks=tuple(_marks(question, above)),
        choices=tuple(pick({k: c.get(k, "") for k in ("kk", "ru", "en")}) for c in question["choices"]),
        answer=_as_text(sample.get(question["key"], "")),
        is_long=question["kind"] in (QuestionKind.LONG_TEXT, QuestionKind.TABLE),
        is_typed=question["kind"] != QuestionKind.CALCULATED,
    )


def _as_text(answer: Any) -> Any:
    """A table as a line for each row; everything else as it is."""
    if not isinstance(answer, list):
        return answer
    return "\n".join(" · ".join(row) if isinstance(row, list) else row for row in answer)


def _marks(question: dict[str, Any], above: dict[str, str]) -> Iterable[str]:
    if question["kind"] == QuestionKind.CALCULATED:
        yield _("counted by itself")
    elif not question["is_required"]:
        yield _("not required")
    if question["kind"] == QuestionKind.LONG_TEXT and question.get("limit"):
        yield _("up to %(limit)s characters") % {"limit": number(question["limit"])}
    if question.get("shown_if"):
        yield _("asked only where it applies")
    if above.get(question.get("from_tier", Tier.S)):
        yield _("asked for more than %(sum)s") % {"sum": above[question["from_tier"]]}


def fact_labels() -> list[str]:
    """The facts that the form begins with, as people read them."""
    return [capfirst(str(fact_column(name).verbose_name)) for name in FACTS]
