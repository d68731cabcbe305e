"""Charts of the grant programme: numbers of `grants`, put into words and places."""

from django.utils.translation import gettext as _

from core.charts import BarChart, ProgressChart, bar_chart, progress_chart
from core.templatetags.words import money, number
from portal.queries.grants import Tally, YearProgress


def money_chart(progress: YearProgress) -> ProgressChart:
    """Money awarded against the budget of the year."""
    currency = progress.year.currency
    return progress_chart(
        (_("Sum awarded"), progress.total.amount),
        (_("Budget of the year"), progress.year.budget),
        title=_("Money awarded against the budget"),
        text=lambda amount: money(amount, currency),
    )


def projects_chart(progress: YearProgress) -> ProgressChart:
    """Projects awarded against the target."""
    return progress_chart(
        (_("Projects"), progress.total.awards),
        (_("Target, more than"), progress.year.target_projects),
        title=_("Projects against the target"),
        text=number,
    )


def sectors_chart(progress: YearProgress) -> BarChart:
    """Where the money goes, by sector."""
    return _amounts(progress.sectors, _("Awarded by sector"), progress.year.currency)


def districts_chart(progress: YearProgress) -> BarChart:
    """Where the money goes, by district."""
    return _amounts(progress.districts, _("Awarded by district"), progress.year.currency)


def _amounts(tallies: list[Tally], title: str, currency: str) -> BarChart:
    return bar_chart(
        [(str(tally.name), tally.amount) for tally in tallies],
        title=title,
        text=lambda amount: money(amount, currency),
    )
