"""The book: read-only, with one page that corrects a row."""

from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import PolicyAdmin
from core.form_page import form_page
from core.templatetags.words import long_date, money
from funds import policy
from funds.actions import ledger
from funds.forms.portfolio import ReversalForm
from funds.models import LedgerEntry


@admin.register(LedgerEntry)
class LedgerEntryAdmin(PolicyAdmin):
    """Rows are never changed; a wrong one is repeated with the opposite sign."""

    may_see = staticmethod(policy.may_see_portfolio)
    list_display = ("value_on", "kind", "sum", "project", "correction", "posted_at")
    list_filter = ("kind", "investment__project__sector")
    search_fields = ("investment__project__title_kk", "investment__project__title_ru")
    date_hierarchy = "value_on"
    list_select_related = ("investment__project", "reversed_by")
    fields = ("fund", "project", "kind", "sum", "value_on", "correction", "posted_at", "posted_by")
    readonly_fields = fields
    change_form_template = "admin/funds/ledgerentry_change.html"

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def sum(self, row):
        """With its sign: minus is money out."""
        return money(row.amount, row.currency)

    @admin.display(description=gettext_lazy("project"))
    def project(self, row):
        """The project that was paid or that paid."""
        return row.investment.project if row.investment else "—"

    @admin.display(description=gettext_lazy("correction"))
    def correction(self, row):
        """Whether the row corrects another or was corrected."""
        if row.reverses_id:
            return _("Correction")
        return _("Corrected") if hasattr(row, "reversed_by") else "—"

    def get_urls(self):
        """The page that corrects a row."""
        view = self.admin_site.admin_view(self.reverse_entry)
        return [path("<int:pk>/reverse/", view, name="funds_ledgerentry_reverse"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Says whether this person may correct the row."""
        may_post = policy.may_post_ledger(request.user)
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "may_post": may_post})

    def reverse_entry(self, request, pk):
        """Corrects a row, by the action."""
        entry = get_object_or_404(self.get_queryset(request).select_related("investment__project", "fund"), pk=pk)
        return form_page(
            request,
            self,
            ReversalForm(request.POST if request.method == "POST" else None),
            title=_("Correct a row of the book"),
            button=_("Repeat it with the opposite sign"),
            back=reverse("admin:funds_ledgerentry_change", args=[pk]),
            act=lambda typed: ledger.reverse_entry(entry, by=request.user),
            done=_("The row was corrected. Book the right payment now if there was one."),
            facts=[
                (_("Project"), self.project(entry)),
                (_("Amount"), money(entry.amount, entry.currency)),
                (_("Value date"), long_date(entry.value_on)),
            ],
        )
