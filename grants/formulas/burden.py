"""How much a call may ask of an applicant, by size tier: a reviewed constant, and counting against it."""

from collections.abc import Iterable
from dataclasses import dataclass

from questionnaires.formulas.shape import TIERS, Question, whole

# Most required fields (facts, questions, plan, budget) and most documents. A sum of up to 2 million tenge is a month's
# work of one person without an accountant: what they can type on a phone in an evening, and photograph once. Larger
# sums bear more questions, because more of the city's money stands behind each answer; above 60 nobody finishes on a
# phone. Reviewed 2026-11; change it with a decision record, not for one call.
MOST: dict[str, tuple[int, int]] = {"s": (25, 4), "m": (40, 6), "l": (60, 8)}
MILESTONE_FIELDS = 3  # what, by when, what proves it
LINE_FIELDS = 6  # category, item, quantity, price, grant part, supplier on a large line
SHORT_LINE_FIELDS = 3  # category, item, grant part


@dataclass(frozen=True)
class Burden:
    """What one tier has to fill in at least, and how much it may be."""

    tier: str
    facts: int
    questions: int
    plan: int
    documents: int

    @property
    def fields(self) -> int:
        """Required fields of the whole form."""
        return self.facts + self.questions + self.plan

    @property
    def most_fields(self) -> int:
        """How many there may be."""
        return MOST[self.tier][0]

    @property
    def most_documents(self) -> int:
        """How many there may be."""
        return MOST[self.tier][1]

    @property
    def is_too_much(self) -> bool:
        """Whether the tier is asked for more than it may be."""
        return self.fields > self.most_fields or self.documents > self.most_documents


def required_of(questions: Iterable[Question], tier: str) -> tuple[int, int]:
    """(fields, files) that are required at a tier; a question that is shown on a condition counts as if it were shown.

    A table counts its required columns in each of the fewest rows.
    """
    fields = files = 0
    for question in map(whole, questions):
        if not question["is_required"] or TIERS.index(question["from_tier"]) > TIERS.index(tier):
            continue
        if question["kind"] == "file":
            files += max(1, question["minimum"] or 1)
        elif question["kind"] == "table":
            columns = sum(whole(column)["is_required"] for column in question["columns"])
            fields += max(1, columns) * max(1, question["minimum"] or 1)
        elif question["kind"] != "calculated":
            fields += 1
    return fields, files


def plan_fields(*, milestones: int, has_budget: bool, is_short: bool) -> int:
    """Required fields of the milestones and of one budget line."""
    line = (SHORT_LINE_FIELDS if is_short else LINE_FIELDS) if has_budget else 0
    return milestones * MILESTONE_FIELDS + line
