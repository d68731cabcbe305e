"""The plan and the budget of an application: pages of cards, in a draft or while a correction names them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import parking
from core.money import to_minor
from core.refusals import Overtaken, Refused
from grants.actions import plan as acts
from grants.actions.applications import open_correction_of
from grants.forms.plan import Cards, line_cards, milestone_cards
from grants.models import Application, Correction
from grants.queries.budget import read_budget
from grants.queries.cards import BUDGET, PLAN, card_fields
from grants.queries.content import part_titles
from grants.queries.plan import milestones_needed, read_milestones
from grants.queries.tiers import tier_of
from grants.views.applications import posted, refused_status
from grants.views.sections import draft_head, draft_or_404, is_open_draft, section_url


@dataclass(frozen=True)
class _Page:
    """What differs between the two pages: the part, the template, what it reads, and the actions on one card."""

    key: str
    template: str
    read: Callable[[Application, Any], dict[str, Any]]
    save: Callable[..., Any]
    add: Callable[..., Any]
    remove: Callable[..., Any]
    move: Callable[..., Any]


def application_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """Milestones: what is done, by which day, what proves it."""
    return _cards_page(request, public_id, PLAN_PAGE)


def application_budget(request: HttpRequest, public_id: str) -> HttpResponse:
    """Budget lines with their sums and the limits of the call."""
    return _cards_page(request, public_id, BUDGET_PAGE)


def _cards_page(request: HttpRequest, public_id: str, page: _Page) -> HttpResponse:
    """What is right is kept even where another card is wrong, and nothing that was typed is lost."""
    application = draft_or_404(request, public_id)
    if page.key not in card_fields(application.call):
        raise Http404
    correction = _naming(application, page.key)
    in_correction = correction is not None
    if request.method == "GET" and not in_correction and not is_open_draft(application):
        return redirect("grants:application_detail", public_id)
    parked = parking.take(request) if request.method == "GET" else None
    read = page.read(application, parked[0] if parked else posted(request))
    refused = _save(request, application, page, read["cards"]) if request.method == "POST" else None
    if request.method == "POST" and not refused and read["cards"].is_valid():
        return redirect(_after(request, application, page, in_correction))
    context = {
        **(_read_again(application, page, read["cards"]) if request.method == "POST" else read),
        "parked": parked,
        "refused": refused,
        "in_correction": in_correction,
        "officer_words": correction.words_beside[page.key] if correction else "",
        **draft_head(application, page.key),
    }
    return render(request, page.template, context, status=refused_status(refused) if refused else 200)


def _read_again(application: Application, page: _Page, cards: Cards) -> dict[str, Any]:
    """After a save the sums are those of what was kept; the inputs stay as they were typed."""
    fresh = page.read(application, None)
    cards.show(fresh["reads"])
    return {**fresh, "cards": cards}


def _naming(application: Application, key: str) -> Correction | None:
    """The open correction that names this part, if there is one."""
    correction = open_correction_of(application) if application.submitted_at else None
    return correction if correction and key in correction.fields else None


def _read_plan(application: Application, data: Any) -> dict[str, Any]:
    rows = read_milestones(application)
    needed = milestones_needed(application.call, tier_of(application))
    return {
        "cards": milestone_cards(application, rows, data),
        "blank": milestone_cards(application, [], None),
        "needed": needed,
        "reads": {},
    }


def _read_budget(application: Application, data: Any) -> dict[str, Any]:
    budget = read_budget(application)
    reads = {row.line.public_id: row for row in budget.rows}
    cards = line_cards([row.line for row in budget.rows], budget.categories, data, budget.is_short)
    cards.show(reads)
    amounts = {"asked": application.amount_requested, "own": application.own_amount}
    return {
        "cards": cards,
        "blank": line_cards([], budget.categories, None, budget.is_short),
        "budget": budget,
        "reads": reads,
        "supplier_over": application.call.supplier_over,
        "tiyn": {name: to_minor(amount) for name, amount in amounts.items() if amount is not None}
        | {"supplier_over": to_minor(application.call.supplier_over)},
    }


def _save(request: HttpRequest, application: Application, page: _Page, cards: Cards) -> Refused | None:
    """Saves every card, then does what the pressed button says; what somebody else changed stays with its card."""
    cards.is_valid()
    verb, _sep, public_id = request.POST.get("then", "").partition(":")
    try:
        for card in cards.to_save():
            if verb == "remove" and card.public_id == public_id:
                continue
            try:
                card.rev = page.save(application, card.public_id, card.values(), rev=card.rev, by=request.user).rev
            except Overtaken as clash:
                card.overtaken, card.rev = clash, clash.rev
        if verb == "remove":
            page.remove(application, public_id, by=request.user)
        elif verb == "up":
            page.move(application, public_id, by=request.user)
        elif verb == "add" and cards.is_valid():
            page.add(application, by=request.user)
    except Refused as refused:
        return refused
    return None


def _after(request: HttpRequest, application: Application, page: _Page, in_correction: bool) -> str:
    """Back to the cards after a change of their number; else the next section, the list, or the correction."""
    then = request.POST.get("then", "")
    here = section_url(application, page.key)
    if then.partition(":")[0] in ("add", "remove", "up"):
        return f"{here}#cards-end" if then == "add" else here
    messages.success(request, _("Saved."))
    if in_correction:
        return reverse("grants:correction_edit", args=[application.public_id])
    if then == "list":
        return reverse("grants:application_edit", args=[application.public_id])
    keys = [key for key, _title in part_titles(application)]
    return section_url(application, keys[keys.index(page.key) + 1])


PLAN_PAGE = _Page(
    PLAN,
    "grants/application_plan.html",
    _read_plan,
    acts.save_milestone,
    acts.add_milestone,
    acts.remove_milestone,
    acts.move_milestone,
)
BUDGET_PAGE = _Page(
    BUDGET,
    "grants/application_budget.html",
    _read_budget,
    acts.save_line,
    acts.add_line,
    acts.remove_line,
    acts.move_line,
)
