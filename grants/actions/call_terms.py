"""What a call asks beside its questions: tiers, budget, plan. Refused while wrong, then frozen."""

from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.templatetags.words import money
from grants.formulas.tranches import WHOLE
from grants.models import Call
from grants.queries.tiers import tiers_of
from grants.statuses import ProgrammeKind
from questionnaires.statuses import Tier


def refuse_wrong_terms(call: Call) -> None:
    """Raises Refused where what the call asks cannot be answered, or its floors not be held: before rules freeze."""
    _refuse_without_commission(call)
    _refuse_wrong_tiers(call)
    _refuse_wrong_floors(call)
    _refuse_wrong_schemes(call)
    if call.asks_budget:
        _refuse_wrong_categories(call)
    if call.asks_milestones and not 0 < call.milestones_max >= call.milestones_min:
        raise Refused(
            _("The call asks for at least %(least)s milestones and takes at most %(most)s. Set them in order.")
            % {"least": call.milestones_min, "most": call.milestones_max},
            code="milestones",
        )


def _refuse_without_commission(call: Call) -> None:
    """Grants are decided by a commission that an order made; who decides is said before anybody applies."""
    if call.commission_id is None and call.programme_year.programme.kind == ProgrammeKind.GRANT:
        raise Refused(_("Name the commission that will decide: a grant call is published with it."), code="commission")


def _refuse_wrong_tiers(call: Call) -> None:
    """From the small tier to the large one each bound is higher, and the last one holds the largest amount."""
    tiers = tiers_of(call)
    codes = [Tier.values.index(tier.code) for tier in tiers]
    bounds = [tier.up_to for tier in tiers]
    is_rising = all(a is not None and (b is None or a < b) for a, b in pairwise(bounds))
    if codes != sorted(codes) or not is_rising:
        raise Refused(
            _("The size tiers are out of order: each must go up to more than the one before it."),
            code="tiers",
        )
    if bounds and bounds[-1] is not None and call.max_amount > bounds[-1]:
        raise Refused(
            _("The last size tier goes up to %(bound)s, the call gives up to %(largest)s. Leave its bound empty.")
            % {"bound": money(bounds[-1], call.currency), "largest": money(call.max_amount, call.currency)},
            code="tiers_too_low",
        )


def _refuse_wrong_floors(call: Call) -> None:
    """A floor is for a sector of the call; together they leave the budget of the year enough."""
    floors = list(call.sector_floors.select_related("sector"))
    if not floors:
        return
    of_call = set(call.sectors.values_list("pk", flat=True))
    foreign = [str(floor.sector) for floor in floors if floor.sector_id not in of_call]
    if foreign:
        raise Refused(
            _("Money is kept for sectors that the call is not for. Take these floors away, or add the sectors."),
            code="floors_foreign",
            items=foreign,
        )
    together, budget = sum((floor.amount for floor in floors), Decimal(0)), call.programme_year.budget
    if together > budget:
        raise Refused(
            _("The floors of the sectors sum to %(sum)s, the budget of the year is %(budget)s. Lower one.")
            % {"sum": money(together, call.currency), "budget": money(budget, call.currency)},
            code="floors_too_high",
        )


def _refuse_wrong_schemes(call: Call) -> None:
    """The parts of each scheme sum to 100 percent, and the largest award has its scheme."""
    schemes = list(call.tranche_schemes.all())
    if any(sum(scheme.percents) != WHOLE for scheme in schemes):
        raise Refused(
            _("The parts of each tranche scheme sum to 100 percent. Mend the one that does not."), code="parts"
        )
    bounds = [scheme.up_to for scheme in schemes]
    if bounds and None not in bounds and max(bound for bound in bounds if bound is not None) < call.max_amount:
        raise Refused(
            _("No tranche scheme holds the largest amount of the call. Leave the bound of the last one empty."),
            code="schemes_too_low",
        )


def _refuse_wrong_categories(call: Call) -> None:
    limits = list(call.budget_categories.values_list("max_percent", flat=True))
    if not limits:
        raise Refused(
            _("The call asks for a budget and has no categories for it. Add them, or fill with the usual ones."),
            code="no_categories",
        )
    together = sum(100 if limit is None else limit for limit in limits)
    if together < 100:
        raise Refused(
            _("The limits of the budget categories sum to %(sum)s percent: no budget could be filled. Raise one.")
            % {"sum": together},
            code="categories_too_low",
        )
