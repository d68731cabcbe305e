"""What a call asks beside its questions, and how it is judged: the terms of its rules, on the page of the call."""

from django.utils.translation import gettext as _

from core.admin import PolicyInline
from grants import policy
from grants.forms.call_admin import FloorForm, SchemeForm, TierForm
from grants.models import BudgetCategory, Indicator, SectorFloor, SizeTier, TrancheScheme


class TierInline(PolicyInline):
    """Up to which amount an application is a small, a medium, a large one: less is asked for less money."""

    model = SizeTier
    form = TierForm
    max_num = 3
    may_see = staticmethod(policy.may_see_call_drafts)
    may_change = staticmethod(policy.may_edit_calls)
    fields = ("code", "up_to", "currency")


class CategoryInline(PolicyInline):
    """Categories of the budget, each with the largest share of the grant that it may take."""

    model = BudgetCategory
    may_see = staticmethod(policy.may_see_call_drafts)
    may_change = staticmethod(policy.may_edit_calls)
    fields = ("position", "key", "title_kk", "title_ru", "title_en", "max_percent", "has_supplier")


class FloorInline(PolicyInline):
    """Money that goes to a sector first, as far as its applications pass the mark."""

    model = SectorFloor
    form = FloorForm
    may_see = staticmethod(policy.may_see_call_drafts)
    may_change = staticmethod(policy.may_edit_calls)
    fields = ("sector", "amount", "currency")


class SchemeInline(PolicyInline):
    """In which parts awards of a size are paid."""

    model = TrancheScheme
    form = SchemeForm
    may_see = staticmethod(policy.may_see_call_drafts)
    may_change = staticmethod(policy.may_edit_calls)
    fields = ("up_to", "currency", "shares")


class IndicatorInline(PolicyInline):
    """What grantees promise in the contract and report afterwards."""

    model = Indicator
    may_see = staticmethod(policy.may_see_call_drafts)
    may_change = staticmethod(policy.may_edit_calls)
    fields = ("position", "key", "unit", "title_kk", "title_ru", "title_en")


def judging_rows(days):
    """Fieldsets of everything that the frozen rules say about experts, ranking, money, commission and appeals."""
    experts = (("reviews_needed", *days), ("load_min", "load_max", "extra_review_over"), "is_blind")
    line = (("pass_mark", "ranks_by", "adjusted_from"), ("allows_partial", "partial_percent", "held_back_percent"))
    commission = (
        ("commission", "appeal_commission", "observers_needed"),
        ("order", "experts_order"),
        ("offer_working_days", "appeal_working_days", "appeal_answer_working_days"),
        "sign_working_days",
    )
    named = ((_("Experts"), experts), (_("Ranking and money"), line), (_("Commission and appeals"), commission))
    return [(title, {"fields": rows, "classes": ("three",)}) for title, rows in named]
