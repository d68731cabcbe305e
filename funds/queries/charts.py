"""The fund's charts: numbers of `progress`, put into words and places."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from core.charts import BarChart, LineChart, ProgressChart, Series, bar_chart, line_chart, progress_chart
from core.templatetags.words import money, number
from funds.queries.progress import Progress

TENTH = Decimal("0.1")


def tenth(value: int | Decimal) -> Decimal:
    """A rate with one decimal place, as it is read."""
    return Decimal(value).quantize(TENTH, ROUND_HALF_UP)


def month_words(day: date) -> str:
    """«10.2025» in every language."""
    return f"{day:%m.%Y}"


def projects_chart(progress: Progress) -> ProgressChart:
    """Projects against the target, with the mark of the even pace."""
    pace = progress.pace
    return progress_chart(
        (_("Projects"), pace.done),
        (_("Target, at least"), pace.target),
        expected=(_("An even pace by today"), tenth(pace.expected)),
        title=_("Projects against the target"),
        description=_("A project counts from its first payment."),
        text=number,
    )


def money_chart(progress: Progress) -> ProgressChart:
    """Money that went to projects against the capital."""
    currency = progress.fund.currency
    return progress_chart(
        (_("Invested"), progress.invested),
        (_("Capital"), progress.fund.capital),
        title=_("Invested against the capital"),
        text=lambda amount: money(amount, currency),
    )


def months_chart(progress: Progress) -> LineChart:
    """Projects by month beside the even pace."""
    rows = progress.months
    return line_chart(
        [month_words(row.on) for row in rows],
        [
            Series(_("Projects"), [row.projects for row in rows]),
            Series(_("An even pace"), [tenth(row.even_pace) for row in rows], kind="plan"),
        ],
        title=_("Projects by month, from the start"),
        description=_("The full line is the fund, the dotted one an even pace to the target."),
        text=number,
        most_labels=4,
    )


def sectors_chart(progress: Progress) -> BarChart:
    """How many projects each sector has."""
    return bar_chart(
        [(str(row.sector.name), row.projects) for row in progress.sectors],
        title=_("Projects by sector"),
        text=number,
    )


def sectors_money_chart(progress: Progress) -> BarChart:
    """How much money went to each sector: for those who work with the portfolio."""
    currency = progress.fund.currency
    rows = sorted(progress.sectors, key=lambda row: -row.amount)
    return bar_chart(
        [(str(row.sector.name), row.amount) for row in rows],
        title=_("Invested by sector"),
        text=lambda amount: money(amount, currency),
    )
