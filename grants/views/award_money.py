"""The grantee's page of a grant's money: tranches with their conditions, and what happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from grants.queries.money import awards_with_money, money_of


def award_money(request: HttpRequest, public_id: str) -> HttpResponse:
    """Members of the organisation, and staff who follow contracts."""
    award = get_object_or_404(awards_with_money(request.user), public_id=public_id)
    return render(request, "grants/award_money.html", {"award": award, "money": money_of(award)})
