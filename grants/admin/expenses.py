"""Receipts of grants as staff read them; nothing here is typed over."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import PolicyAdmin
from core.templatetags.words import money
from grants import policy
from grants.models import Expense
from grants.queries.spending import item_of, twins_of


@admin.register(Expense)
class ExpenseAdmin(PolicyAdmin):
    """By day; what was seen before in any grant is a filter, and its page names the other grants."""

    may_see = staticmethod(policy.may_see_expenses)
    list_display = ("title", "grant", "spent_on", "sum", "is_repeated", "confirmed_at", "withdrawn_at")
    list_filter = ("is_repeated", "proof", "source", "award__application__call")
    search_fields = ("seller", "seller_identifier", "number", "award__application__number")
    date_hierarchy = "spent_on"
    list_select_related = ("award__application",)
    fields = (
        "grant", "item", "note", "spent_on", "sum", "proof", "source", "seller", "seller_identifier", "number", "link",
        "paper", "is_repeated", "twins", "added_at", "added_by", "confirmed_at", "confirmed_by", "withdrawn_at",
    )  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request):
        """Those that the person may see."""
        return Expense.objects.visible_to(request.user)

    @admin.display(description=gettext_lazy("what was bought"))
    def title(self, expense):
        """The words of the grantee, the seller, or its address."""
        return str(expense)

    @admin.display(description=gettext_lazy("grant"), ordering="award__application__number")
    def grant(self, expense):
        """The application's number."""
        return expense.award.application.number

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def sum(self, expense):
        """As people write it."""
        return money(expense.amount, expense.currency) if expense.amount is not None else "—"

    @admin.display(description=gettext_lazy("line"))
    def item(self, expense):
        """What the line pays for in the plan that holds."""
        return item_of(expense) or "—"

    @admin.display(description=gettext_lazy("file"))
    def paper(self, expense):
        """The photo or the PDF."""
        if expense.document_id is None:
            return "—"
        address = reverse("grants:expense_paper", args=[expense.public_id])
        return format_html('<a href="{}">{}</a>', address, _("Open the paper"))

    @admin.display(description=gettext_lazy("the same receipt stands in"))
    def twins(self, expense):
        """Numbers of the grants, once each."""
        return ", ".join(twins_of(expense)) or "—"
