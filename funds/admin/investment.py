"""Approved investments: read-only; money moves by the page that books a payment."""

from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import PolicyAdmin, PolicyInline, nobody
from core.form_page import form_page
from core.templatetags.words import long_date, moment, money
from funds import policy
from funds.actions import ledger
from funds.forms.portfolio import DisbursementForm
from funds.models import Investment, LedgerEntry, Project


class LedgerInline(PolicyInline):
    """The rows of the book that name this investment."""

    model = LedgerEntry
    fields = ("kind", "sum", "on", "posted", "correction")
    readonly_fields = fields
    may_see = staticmethod(policy.may_see_portfolio)
    may_change = staticmethod(nobody)

    def get_queryset(self, request):
        """With what corrects each row."""
        return super().get_queryset(request).select_related("reversed_by", "reverses")

    @admin.display(description=gettext_lazy("amount"))
    def sum(self, row):
        """With its sign: minus is money out."""
        return money(row.amount, row.currency)

    @admin.display(description=gettext_lazy("value date"))
    def on(self, row):
        """The bank's date."""
        return long_date(row.value_on)

    @admin.display(description=gettext_lazy("posted"))
    def posted(self, row):
        """The instant of booking."""
        return moment(row.posted_at)

    @admin.display(description=gettext_lazy("correction"))
    def correction(self, row):
        """A correction, a corrected row, or the way to correct it."""
        if row.reverses_id:
            return _("Correction")
        if hasattr(row, "reversed_by"):
            return _("Corrected")
        page = reverse("admin:funds_ledgerentry_reverse", args=[row.pk])
        return format_html('<a href="{}">{}</a>', page, _("Correct this row"))


@admin.register(Investment)
class InvestmentAdmin(PolicyAdmin):
    """Status, amount and money are never typed here."""

    may_see = staticmethod(policy.may_see_portfolio)
    list_display = ("project", "instrument", "approved_amount", "approved_on", "status")
    list_filter = ("status", "instrument", "project__sector")
    search_fields = ("project__title_kk", "project__title_ru", "project__title_en", "project__organisation__name")
    list_select_related = ("project",)
    fields = ("project", "instrument", "approved_amount", "approved_on", "status")
    readonly_fields = fields
    inlines = (LedgerInline,)
    change_form_template = "admin/funds/investment_change.html"

    @admin.display(description=gettext_lazy("approved amount"), ordering="amount")
    def approved_amount(self, row):
        """In the fund's currency."""
        return money(row.amount, row.currency)

    def get_urls(self):
        """The page that books a payment."""
        view = self.admin_site.admin_view(self.post_disbursement)
        return [path("<int:pk>/pay/", view, name="funds_investment_pay"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Says whether this person may book a payment."""
        may_post = policy.may_post_ledger(request.user)
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "may_post": may_post})

    def post_disbursement(self, request, pk):
        """Books a payment, by the action."""
        projects = Project.objects.visible_to(request.user)
        rows = Investment.objects.filter(project__in=projects).select_related("project__fund")
        investment = get_object_or_404(rows, pk=pk)
        paid = ledger.paid_of(investment)
        left = investment.amount - paid
        return form_page(
            request,
            self,
            DisbursementForm(request.POST or None, initial={"seen_paid": paid, "amount": left}),
            title=_("Book a payment to the project"),
            button=_("Book the payment"),
            back=reverse("admin:funds_investment_change", args=[pk]),
            act=lambda typed: ledger.post_disbursement(investment, **typed, by=request.user),
            done=_("The payment is in the book."),
            facts=[
                (_("Project"), investment.project.title),
                (_("Approved"), money(investment.amount, investment.currency)),
                (_("Paid so far"), money(paid, investment.currency)),
                (_("Left to pay"), money(left, investment.currency)),
            ],
        )
