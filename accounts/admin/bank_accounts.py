"""Where organisations are paid, read by finance alone; opening a page is kept in the audit trail."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.actions.bank_accounts import check_bank_account, note_reading
from accounts.admin.organisations import masked
from accounts.models import BankAccount
from accounts.policy import may_read_bank_accounts
from core.admin import PolicyAdmin, badge
from core.refusals import NotAllowed, Refused


class CheckFilter(admin.SimpleListFilter):
    """What finance has not compared with a certificate yet."""

    title = _("check")
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waits", _("to check")), ("done", _("checked"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "waits":
            return queryset.filter(checked_at=None, closed_at=None)
        return queryset.filter(checked_at__isnull=False) if self.value() == "done" else queryset


@admin.register(BankAccount)
class BankAccountAdmin(PolicyAdmin):
    """Read only: an owner writes on the public site. The list shows the last digits, the page the whole number."""

    may_see = staticmethod(may_read_bank_accounts)
    list_display = ("organisation", "number", "bank_name", "state", "added_at", "closed_at")
    list_filter = (CheckFilter, "bank_name", "added_at", "closed_at")
    change_form_template = "admin/accounts/bankaccount/change_form.html"
    list_select_related = ("organisation",)
    search_fields = ("organisation__name", "=iban", "=public_id")
    search_help_text = _("Name of the organisation, or the whole account number")
    fields = (
        "organisation", "iban", "bic", "bank_name", "is_holder_confirmed", "added_at", "checked_at", "checked_by",
        "closed_at",
    )  # fmt: skip
    readonly_fields = fields

    def get_urls(self) -> list[Any]:
        """With the step of finance."""
        check = self.admin_site.admin_view(require_POST(self.check_account))
        return [path("<int:pk>/check/", check, name="accounts_bankaccount_check"), *super().get_urls()]

    def check_account(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Finance has compared it with the bank's certificate."""
        account = get_object_or_404(BankAccount.objects.select_related("organisation"), pk=pk)
        try:
            check_bank_account(account, by=request.user)  # type: ignore[arg-type]
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal.sentence))
        else:
            messages.success(request, str(_("The account is checked. Money may go there.")))
        return HttpResponseRedirect(reverse("admin:accounts_bankaccount_change", args=[pk]))

    def changeform_view(self, request: HttpRequest, object_id: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page shows the number: who opened it is kept."""
        account = self.get_object(request, object_id) if object_id else None
        response = super().changeform_view(request, object_id, *args, **kwargs)
        if account and request.method == "GET":
            note_reading(account, by=request.user)
        return response

    @admin.display(description=_("account number (IBAN)"))
    def number(self, account: BankAccount) -> str:
        """Enough to compare, not enough to use."""
        return masked(account.iban)

    @admin.display(description=_("state"), ordering="closed_at")
    def state(self, account: BankAccount) -> Any:
        """A word and a shape."""
        if account.closed_at:
            return badge(_("closed"), "neutral", "dash")
        return badge(_("in use"), "good") if account.checked_at else badge(_("to check"), "wait", "clock")
