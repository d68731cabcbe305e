"""Where the programme year and the fund stand, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from funds.models import Fund
from funds.queries import charts as fund_charts
from funds.queries.progress import progress_of
from portal.queries import charts
from portal.queries.city import SOURCE
from portal.queries.funds import public_projects
from portal.queries.grants import award_list, grant_years, year_progress

AWARDS_ON_A_PAGE = 25


@login_not_required
@require_safe
def progress_grants(request: HttpRequest) -> HttpResponse:
    """The grant programme: `?year=2026` for another year than the latest, `?page=2` of the awards."""
    years = list(grant_years())
    wanted = request.GET.get("year") or (str(years[0].year) if years else "")
    year = next((one for one in years if str(one.year) == wanted), None)
    if year is None:
        if years:
            raise Http404
        return render(request, "portal/progress_grants.html", {"progress": None})
    progress = year_progress(year)
    awards = Paginator(award_list(year), AWARDS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "progress": progress,
        "years": years,
        "awards": awards,
        "all_examples": all(award.application.call.is_example for award in awards),
        "money_chart": charts.money_chart(progress),
        "projects_chart": charts.projects_chart(progress),
        "sectors_chart": charts.sectors_chart(progress),
        "districts_chart": charts.districts_chart(progress),
        "querystring": f"year={year.year}",
        "source": SOURCE,
    }
    return render(request, "portal/progress_grants.html", context)


@login_not_required
@require_safe
def progress_fund(request: HttpRequest) -> HttpResponse:
    """The fund: projects, money, pace, sectors, founders; never the sum of one project."""
    fund = Fund.objects.order_by("pk").first()
    if fund is None:
        return render(request, "portal/progress_fund.html", {"fund": None})
    progress = progress_of(fund, clock.today())
    projects = list(public_projects(progress))
    context = {
        "fund": fund,
        "progress": progress,
        "founders": fund.investors.filter(is_founder=True),
        "projects": projects,
        "all_examples": all(project.is_example for project in projects),
        "projects_chart": fund_charts.projects_chart(progress),
        "money_chart": fund_charts.money_chart(progress),
        "months_chart": fund_charts.months_chart(progress),
        "sectors_chart": fund_charts.sectors_chart(progress),
        "source": SOURCE,
    }
    return render(request, "portal/progress_fund.html", context)
