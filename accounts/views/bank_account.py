"""Where the grant should be paid: asked of winners, open to every applicant before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import parking
from accounts.actions.bank_accounts import add_bank_account, close_bank_account
from accounts.forms.bank_account import BankAccountForm
from accounts.models import BankAccount, Organisation
from accounts.policy import may_change_bank_account
from accounts.queries.banks import bic_differs
from accounts.views.members import organisation_or_404
from core.refusals import NotAllowed


def bank_account(request: HttpRequest, public_id: str) -> HttpResponse:
    """Members see the account; an owner adds, replaces, closes it."""
    organisation = organisation_or_404(request, public_id)
    account = BankAccount.objects.visible_to(request.user).open().filter(organisation=organisation).first()
    is_owner = may_change_bank_account(request.user, organisation)
    if request.method == "POST" and not is_owner:
        raise NotAllowed(_("Only an owner of the organisation may do this."), code="not_an_owner")
    if request.method == "POST" and request.POST.get("then") == "close":
        return _closed(request, organisation, account)
    parked = parking.take(request) if request.method == "GET" else None
    form = BankAccountForm(parked[0] if parked else request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_bank_account(organisation, by=request.user, **form.cleaned_data)
        messages.success(request, _("The account was saved. Every owner gets a letter about it."))
        return redirect("accounts:bank_account", public_id)
    context = {"organisation": organisation, "account": account, "is_owner": is_owner, "form": form, "parked": parked}
    context["is_odd"] = account is not None and bic_differs(account)
    return render(request, "accounts/bank_account.html", context)


def _closed(request: HttpRequest, organisation: Organisation, account: BankAccount | None) -> HttpResponse:
    """Without an open account there is nothing to close: the same press twice."""
    if account:
        close_bank_account(account, by=request.user)
        messages.success(request, _("The account was taken off. Nothing will be paid there."))
    return redirect("accounts:bank_account", organisation.public_id)
