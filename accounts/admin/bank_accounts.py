"""Where organisations are paid, read by finance alone; opening a page is kept in the audit trail."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.actions.bank_accounts import note_reading
from accounts.admin.organisations import masked
from accounts.models import BankAccount
from accounts.policy import may_read_bank_accounts
from core.admin import PolicyAdmin, badge


@admin.register(BankAccount)
class BankAccountAdmin(PolicyAdmin):
    """Read only: an owner writes on the public site. The list shows the last digits, the page the whole number."""

    may_see = staticmethod(may_read_bank_accounts)
    list_display = ("organisation", "number", "bank_name", "state", "added_at", "closed_at")
    list_filter = ("bank_name", "added_at", "closed_at")
    list_select_related = ("organisation",)
    search_fields = ("organisation__name", "=iban", "=public_id")
    search_help_text = _("Name of the organisation, or the whole account number")
    fields = ("organisation", "iban", "bic", "bank_name", "is_holder_confirmed", "added_at", "closed_at")
    readonly_fields = fields

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
        return badge(_("closed"), "neutral", "dash") if account.closed_at else badge(_("in use"), "good")
