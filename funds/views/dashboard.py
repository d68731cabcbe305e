"""The managers' first page: how the fund stands, any day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from funds import policy
from funds.models import Fund
from funds.queries import charts
from funds.queries.portfolio import portfolio_of
from funds.queries.progress import progress_of


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Projects against the target, money against the capital, pace, sectors, the portfolio; 404 for everybody else."""
    if not policy.may_see_portfolio(request.user):
        raise Http404
    fund = Fund.objects.visible_to(request.user).order_by("pk").first()
    if fund is None:
        return render(request, "funds/dashboard.html", {"fund": None})
    progress = progress_of(fund, clock.today())
    portfolio = portfolio_of(fund, progress.on)
    return render(
        request,
        "funds/dashboard.html",
        {
            "fund": fund,
            "progress": progress,
            "portfolio": portfolio,
            "all_examples": all(row.project.is_example for row in portfolio),
            "projects_chart": charts.projects_chart(progress),
            "money_chart": charts.money_chart(progress),
            "months_chart": charts.months_chart(progress),
            "sectors_chart": charts.sectors_chart(progress),
            "sectors_money_chart": charts.sectors_money_chart(progress),
            "may_edit": policy.may_edit_portfolio(request.user),
        },
    )
