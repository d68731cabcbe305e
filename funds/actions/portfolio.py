"""Projects of the portfolio and the investments approved in them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.models import Organisation, Sector
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from funds import policy
from funds.models import Fund, Investment, Project
from funds.statuses import Instrument


@transaction.atomic
def add_project(
    fund: Fund, *, organisation: Organisation, sector: Sector, texts: dict[str, str], by: Any, is_example: bool = False
) -> Project:
    """A new project of the portfolio; `texts` are its columns title_kk, title_ru, ... An organisation may have several.

    Raises NotAllowed for a person without the portfolio's pen, Refused for a sector that the fund does not invest in.
    """
    if not policy.may_edit_portfolio(by):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
    if not fund.sectors.filter(pk=sector.pk).exists():
        raise Refused(
            _("The fund does not invest in this sector. Choose one of its sectors, or add the sector to the fund."),
            code="foreign_sector",
        )
    project = Project.objects.create(
        fund=fund, organisation=organisation, sector=sector, is_example=is_example, **texts
    )
    record("project.add", project, by=by, data={"fund": fund.code, "sector": sector.code})
    return project


@transaction.atomic
def record_investment(
    project: Project, *, instrument: Instrument | str, amount: Decimal, approved_on: date, by: Any
) -> Investment:
    """An approved investment, in the fund's currency. Until the committee issue it is entered as a lawful past.

    Raises Refused where the approvals would pass the fund's capital, or the date lies outside the fund's life.
    """
    if not policy.may_edit_portfolio(by):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
    fund = lock(project.fund)
    if not fund.started_on <= approved_on <= clock.today():
        raise Refused(
            _("The date of approval lies outside the life of the fund. Correct the date; nothing was saved."),
            code="date_outside",
        )
    approved = Investment.objects.filter(project__fund=fund).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    if approved + amount > fund.capital:
        raise Refused(
            _("This is more than the fund has left to approve. Lower the amount; nothing was saved."),
            code="over_capital",
        )
    investment = Investment.objects.create(
        project=project, instrument=instrument, amount=amount, currency=fund.currency, approved_on=approved_on
    )
    data = {"project": project.public_id, "amount": amount, "currency": fund.currency, "instrument": str(instrument)}
    record("investment.record", investment, by=by, data=data)
    return investment
