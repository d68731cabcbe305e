"""The fund and its founders."""

from django.contrib import admin

from core.admin import PolicyAdmin, PolicyInline
from funds import policy
from funds.models import Fund, Investor, LedgerEntry

MONEY = ("capital", "currency", "started_on")


class InvestorInline(PolicyInline):
    """Founders and investors."""

    model = Investor
    fields = ("name", "role_kk", "role_ru", "role_en", "is_founder", "position")
    may_see = staticmethod(policy.may_see_portfolio)
    may_change = staticmethod(policy.may_edit_fund)


@admin.register(Fund)
class FundAdmin(PolicyAdmin):
    """Texts, target, sectors. Capital and start stand still once the book has its first row."""

    may_see = staticmethod(policy.may_see_portfolio)
    may_add = staticmethod(policy.may_edit_fund)
    may_change = staticmethod(policy.may_edit_fund)
    list_display = ("name", "capital", "currency", "started_on", "term_years", "target_projects")
    inlines = (InvestorInline,)

    def get_fieldsets(self, request, obj=None):
        """Figures first, then what is said about them."""
        return [
            (None, {"fields": ("code", *MONEY, "term_years", "target_projects", "sectors")}),
            (None, {"fields": ("name_kk", "name_ru", "name_en")}),
            (None, {"fields": ("counting_rule_kk", "counting_rule_ru", "counting_rule_en")}),
            (None, {"fields": ("source", "source_url")}),
        ]

    def get_readonly_fields(self, request, obj=None):
        """Money is not edited by hand once posted."""
        return MONEY if obj and LedgerEntry.objects.filter(fund=obj).exists() else ()
