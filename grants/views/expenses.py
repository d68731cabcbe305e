"""A grantee's receipts: the inbox, one receipt, its paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.refusals import Refused
from documents.serve import serve
from grants import policy
from grants.actions import expenses
from grants.forms.expenses import ExpenseForm, LinkForm, PaperForm, PhotosForm
from grants.models import Award, Expense
from grants.queries.spending import receipts_of, spending_of
from grants.statuses import AWARDS_IN_FORCE
from grants.views.applications import refused_status


def _award_or_404(request: HttpRequest, public_id: str) -> Award:
    """The award with its application and organisation, where this person reads its receipts."""
    rows = Award.objects.with_expenses_for(request.user).select_related(
        "application__organisation", "application__call"
    )
    return get_object_or_404(rows, public_id=public_id)


def expense_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """The inbox of one grant: add by photo, by link or by hand; what waits for words; where each line stands."""
    award = _award_or_404(request, public_id)
    photos, link, refused = PhotosForm(), LinkForm(), None
    if request.method == "POST":
        photos, link, refused, done = _add(request, award)
        if done is not None:
            return done
    spending = spending_of(award)
    context = {
        "award": award,
        "photos": photos,
        "link": link,
        "refused": refused,
        "spending": spending,
        "receipts": receipts_of(award, spending),
        "may_add": policy.may_keep_expenses(request.user, award) and award.status in AWARDS_IN_FORCE,
    }
    return render(request, "grants/expense_list.html", context, status=refused_status(refused) if refused else 200)


def _add(request: HttpRequest, award: Award) -> tuple[PhotosForm, LinkForm, Refused | None, HttpResponse | None]:
    """What was pressed: (form of photos, form of the link, refusal, where to go when it was taken)."""
    way, refused = request.POST.get("way"), None
    photos = PhotosForm(request.POST, request.FILES) if way == "photos" else PhotosForm()
    link = LinkForm(request.POST) if way == "link" else LinkForm()
    try:
        if way == "photos" and photos.is_valid():
            made = expenses.add_expenses(award, files=photos.cleaned_data["receipts"], by=request.user)
            words = ngettext("%(count)s receipt is kept.", "%(count)s receipts are kept.", len(made))
            messages.success(request, words % {"count": len(made)})
            only = made[0] if len(made) == 1 else None
            return photos, link, None, _next(award, only)
        if way == "link" and link.is_valid():
            return (
                photos,
                link,
                None,
                _next(award, expenses.add_link(award, link.cleaned_data["link"], by=request.user)),
            )
        if way == "typed":
            return photos, link, None, _next(award, expenses.add_typed(award, by=request.user))
    except Refused as error:
        if error.code == "unknown_link":
            link.add_error("link", str(error.sentence))
        else:
            refused = error
    return photos, link, refused, None


def _next(award: Award, expense: Expense | None) -> HttpResponse:
    """One receipt is asked about at once, several wait in the inbox."""
    if expense is None:
        return redirect("grants:expense_list", award.public_id)
    return redirect("grants:expense_edit", expense.public_id)


def _expense_or_404(request: HttpRequest, public_id: str) -> Expense:
    rows = Expense.objects.visible_to(request.user).live()
    rows = rows.select_related("award__application__organisation", "award__application__call", "document", "line")
    return get_object_or_404(rows, public_id=public_id)


def expense_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The paper beside what the grantee says about it; a press confirms."""
    expense = _expense_or_404(request, public_id)
    spending = spending_of(expense.award)
    form = ExpenseForm(request.POST or None, expense=expense, lines=list(spending.lines))
    paper = PaperForm(request.POST or None, request.FILES or None)
    refused = None
    if request.method == "POST" and form.is_valid() and paper.is_valid():
        try:
            _confirm(request, expense, form.cleaned_data, paper.cleaned_data["file"])
        except Refused as error:
            refused = _beside(form, paper, error)
        else:
            messages.success(request, _("The receipt counts now."))
            return redirect("grants:expense_list", expense.award.public_id)
    may_edit = policy.may_keep_expenses(request.user, expense.award) and expense.award.status in AWARDS_IN_FORCE
    context = {"expense": expense, "form": form, "paper": paper, "refused": refused, "lines": spending.lines}
    status = refused_status(refused) if refused else 200
    return render(request, "grants/expense_edit.html", {**context, "may_edit": may_edit}, status=status)


def _confirm(request: HttpRequest, expense: Expense, values: dict[str, Any], file: Any) -> None:
    """The paper first: a receipt without one is not confirmed; what was kept stays where the words are refused."""
    if file:
        expenses.add_paper(expense, file, by=request.user)
    expenses.confirm_expense(expense, values, by=request.user)


def _beside(form: ExpenseForm, paper: PaperForm, error: Refused) -> Refused | None:
    """A refusal stands beside the field that it names; what belongs to no field is returned."""
    if error.code in form.fields:
        form.add_error(error.code, str(error.sentence))
    elif error.code == "document":
        paper.add_error("file", str(error.sentence))
    else:
        return error
    return None


@require_POST
def expense_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes a receipt back: it counts no more."""
    expense = expenses.withdraw_expense(_expense_or_404(request, public_id), by=request.user)
    messages.success(request, _("The receipt was taken back."))
    return redirect("grants:expense_list", expense.award.public_id)


@require_safe
def expense_paper(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The photo or the PDF, to the organisation's members and to staff who follow the money."""
    rows = Expense.objects.visible_to(request.user).select_related("document").exclude(document=None)
    expense = get_object_or_404(rows, public_id=public_id)
    assert expense.document is not None  # the query has just said so
    return serve(expense.document)
