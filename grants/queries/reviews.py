"""What an expert reads: the list of what is due and done, the rubric, the papers of one application."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django.utils.translation import gettext as _

from core import clock
from core.templatetags.words import money
from core.text import LocalText, pick
from grants.formulas.amounts import own_share_percent
from grants.formulas.scoring import review_total
from grants.models import Application, Assignment, CallRules, ScoreEntry
from grants.statuses import ApplicationStatus, ScoreLevel
from questionnaires.queries.content import Answered, answered_sections

CALL_TEXTS = [f"application__call__{name}_{lang}" for name in ("rules", "summary") for lang in ("kk", "ru", "en")]


@dataclass(frozen=True)
class RubricRow:
    """One criterion of the frozen rules, in the reader's language; `levels` are (score, what it means)."""

    key: str
    title: LocalText
    weight: int
    levels: list[tuple[int, str]]


@dataclass(frozen=True)
class Asked:
    """One line of the expert's list; `total` is their own score of 100, once it is in."""

    assignment: Assignment
    total: Decimal | None
    is_begun: bool
    is_late: bool


@dataclass(frozen=True)
class Workload:
    """Everything an expert has been asked: to do (the earliest date first) and done."""

    to_do: list[Asked]
    done: list[Asked]

    @property
    def asked(self) -> int:
        """How many reviews in all."""
        return len(self.to_do) + len(self.done)


def rubric(content: dict[str, Any]) -> list[RubricRow]:
    """The criteria of frozen rules; a level without a text of its own has the common one."""
    return [
        RubricRow(row["key"], pick(row["title"]), row["weight"], _levels(row.get("levels") or {}))
        for row in content["criteria"]
    ]


def _levels(texts: dict[str, dict[str, str]]) -> list[tuple[int, str]]:
    own = {level.value: pick(texts.get(str(level.value)) or {}) for level in ScoreLevel}
    return [(level.value, own[level.value] or str(level.label)) for level in ScoreLevel]


def workload(user: Any) -> Workload:
    """Three queries, however many reviews."""
    rows = (
        Assignment.objects.visible_to(user)
        .select_related("application__call", "application__sector", "review")
        .defer(*CALL_TEXTS)
        .order_by("due_on", "pk")
    )
    totals, today = _own_totals(user), clock.today()
    to_do, done = [], []
    for row in rows:
        review = getattr(row, "review", None)
        if review and review.submitted_at:
            done.append(Asked(row, totals.get(row.pk), is_begun=True, is_late=False))
        elif row.application.status == ApplicationStatus.ELIGIBLE:
            is_begun = bool(review and review.draft)
            to_do.append(Asked(row, None, is_begun=is_begun, is_late=row.due_on < today))
    done.sort(key=lambda asked: cast(datetime, asked.assignment.review.submitted_at), reverse=True)
    return Workload(to_do, done)


def _own_totals(user: Any) -> dict[int, Decimal]:
    """assignment -> the expert's own total of 100."""
    entries = ScoreEntry.objects.current().filter(
        review__assignment__expert__user=user, review__submitted_at__isnull=False
    )
    scores: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for assignment, rules, key, score in entries.values_list(
        "review__assignment_id", "review__assignment__application__rules_id", "criterion__key", "score"
    ):
        scores[assignment, rules][key] = score
    weights = {
        rules.pk: {row["key"]: row["weight"] for row in rules.content["criteria"]}
        for rules in CallRules.objects.filter(pk__in={rules for _assignment, rules in scores})
    }
    return {assignment: review_total(given, weights[rules]) for (assignment, rules), given in scores.items()}


def neighbours(assignment: Assignment, user: Any) -> tuple[str | None, str | None]:
    """Addresses of the review before and after this one among those that are still to do."""
    keys = Assignment.objects.visible_to(user).to_do().order_by("due_on", "pk").values_list("due_on", "pk", "public_id")
    place = (assignment.due_on, assignment.pk)
    before = [public_id for due_on, pk, public_id in keys if (due_on, pk) < place]
    after = [public_id for due_on, pk, public_id in keys if (due_on, pk) > place]
    return (before[-1] if before else None), (after[0] if after else None)


def own_scores(assignment: Assignment) -> dict[str, ScoreEntry]:
    """criterion key -> the score that counts, of this assignment's review."""
    entries = ScoreEntry.objects.current().filter(review__assignment=assignment).select_related("criterion")
    return {entry.criterion.key: entry for entry in entries}


def facts(application: Application) -> list[tuple[str, Any]]:
    """What stands at the head of an application's papers."""
    asked, own = application.amount_requested or Decimal(0), application.own_amount or Decimal(0)
    return [
        (_("Applicant"), application.organisation.name),
        (_("Type"), application.organisation.get_kind_display()),
        (_("Sector"), application.sector.name if application.sector else "—"),
        (_("District"), application.district.name if application.district else "—"),
        (_("Amount asked"), money(asked, application.currency)),
        (_("Own money"), f"{money(own, application.currency)} ({own_share_percent(asked, own):.0f} %)"),
    ]


def papers(application: Application) -> dict[str, Any]:
    """The dossier that an expert scores: facts, answers by section, documents."""
    sections: list[tuple[LocalText, list[Answered]]] = answered_sections(
        application.answer_set.version.content, application.answer_set.values()
    )
    return {
        "facts": facts(application),
        "sections": sections,
        "documents": list(application.documents.select_related("requirement", "document")),
    }
