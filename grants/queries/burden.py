"""What a call asks of each size tier, held against what it may ask; and all that keeps a call from being published."""

from django.utils.translation import gettext as _

from core import clock
from grants.formulas.burden import Burden, plan_fields, required_of
from grants.models import Call
from grants.queries.budget import is_short_form
from grants.queries.completeness import FACTS
from grants.queries.plan import milestones_needed
from grants.queries.tiers import tiers_of
from grants.statuses import RequirementStage
from questionnaires.formulas.shape import Content, questions_of
from questionnaires.queries.compiled import compile_content
from questionnaires.queries.lint import Flaw, lint_content
from questionnaires.statuses import Tier


def burden_of(call: Call, content: Content | None = None) -> list[Burden]:
    """One row for each tier of the call, from the smallest; a call without tiers asks everything of everybody.

    Counts what stands on the editor's desk now, unless the content of a version is given. Five queries.
    """
    questions = questions_of(content or compile_content(call.questionnaire))
    asked = [r for r in call.requirements.all() if r.is_required and r.stage == RequirementStage.APPLICATION]
    found = []
    for tier in [Tier(tier.code) for tier in tiers_of(call)] or [Tier.L]:
        fields, files = required_of(questions, tier)
        documents = [r for r in asked if Tier.values.index(r.from_tier) <= Tier.values.index(tier)]
        plan = plan_fields(
            milestones=milestones_needed(call, tier) if call.asks_milestones else 0,
            has_budget=call.asks_budget,
            is_short=is_short_form(tier),
        )
        found.append(Burden(str(tier), len(FACTS), fields, plan, len(documents) + files))
    return found


def burden_flaws(call: Call, content: Content | None = None) -> list[Flaw]:
    """A sentence for each tier that is asked for more than it may be."""
    sentence = _(
        "%(fields)s required fields and %(documents)s documents; there may be %(most_fields)s and %(most_documents)s. "
        "Make some not required, or ask them of larger sums only."
    )
    return [
        Flaw(
            str(Tier(row.tier).label),
            sentence
            % {
                "fields": row.fields,
                "documents": row.documents,
                "most_fields": row.most_fields,
                "most_documents": row.most_documents,
            },
            "burden",
        )
        for row in burden_of(call, content)
        if row.is_too_much
    ]


def question_flaws(call: Call) -> list[Flaw]:
    """What is wrong with the questions as they stand on the desk, and how much they ask together with the rest."""
    content = compile_content(call.questionnaire)
    return [*lint_content(content), *burden_flaws(call, content)]


def call_flaws(call: Call) -> list[Flaw]:
    """Faults of the call's own rows."""
    weights = sum(call.criteria.values_list("weight", flat=True))
    found = []
    if weights != 100:
        sentence = _("The weights of the criteria sum to %(sum)s. They must sum to 100.")
        found.append(Flaw("", sentence % {"sum": weights}, "weights"))
    if not call.sectors.exists():
        found.append(Flaw("", _("Choose at least one sector."), "no_sectors"))
    if call.closes_at <= clock.now():
        found.append(Flaw("", _("The closing time is in the past. Set a later one."), "closing_in_past"))
    return found
