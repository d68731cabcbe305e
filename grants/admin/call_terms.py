"""What a call asks beside its questions: size tiers and the categories of the budget, on the page of the call."""

from core.admin import PolicyInline
from grants import policy
from grants.forms.call_admin import TierForm
from grants.models import BudgetCategory, SizeTier


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
