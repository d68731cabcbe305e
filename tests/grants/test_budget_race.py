"""Twenty at the same moment against a budget that fits seven: real threads, real connections, PostgreSQL."""

from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError

from core.refusals import Refused
from grants.actions import applications
from grants.actions.decisions import stage_decision
from grants.models import Application, Decision, ProgrammeYear
from grants.statuses import Outcome
from tests import factories
from tests.grants.rows import insert_decision, make_eligible
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

AT_ONCE = 20
FITS = 7
AMOUNT = 1_000_000


@pytest.fixture
def twenty() -> list[Application]:
    """Eligible and reviewed, in a year whose budget is enough for seven of them (and a bit, but not for eight)."""
    year = factories.make_year(budget=FITS * AMOUNT + AMOUNT // 2, kind="hackathon")
    return make_eligible(factories.make_call(year, reviews_needed=1), AT_ONCE, amount=AMOUNT)


@pytest.fixture
def one() -> Application:
    """A single application of that kind, with money for it."""
    year = factories.make_year(budget=AMOUNT, kind="hackathon")
    return make_eligible(factories.make_call(year, reviews_needed=1), 1, amount=AMOUNT)[0]


def committed() -> Decimal:
    return ProgrammeYear.objects.get().committed


def test_twenty_award_at_once_and_seven_succeed(twenty):
    secretary = factories.make_user(roles=["secretary"])

    def award(application):
        return stage_decision(
            application,
            outcome=Outcome.AWARD,
            amount=Decimal(AMOUNT),
            reason_kk="Себеп",
            reason_ru="Причина",
            departure_motive="Комиссия решила иначе.",
            by=secretary,
        )

    results = at_once(*[partial(award, application) for application in twenty])

    refused = [result for result in results if isinstance(result, Refused)]
    assert [type(result) for result in results].count(Decision) == FITS
    assert [refusal.code for refusal in refused] == ["budget"] * (AT_ONCE - FITS)
    assert all("500" in str(refusal) for refusal in refused)
    assert committed() == FITS * AMOUNT
    assert Decision.objects.live().count() == FITS


def test_twenty_raw_inserts_at_once_and_seven_go_in(twenty):
    secretary = factories.make_user(roles=["secretary"])

    results = at_once(*[partial(insert_decision, application, amount=AMOUNT, by=secretary) for application in twenty])

    assert results.count(None) == FITS
    assert sum(isinstance(result, IntegrityError) for result in results) == AT_ONCE - FITS
    assert committed() == FITS * AMOUNT


def test_two_secretaries_at_one_application_leave_one_live_decision(one):
    secretary = factories.make_user(roles=["secretary"])

    def award(amount):
        return stage_decision(
            one,
            outcome=Outcome.AWARD,
            amount=Decimal(amount),
            reason_kk="Себеп",
            reason_ru="Причина",
            departure_motive="Комиссия решила иначе.",
            by=secretary,
        )

    results = at_once(*[partial(award, amount) for amount in (500_000, 600_000, 700_000)])

    live = Decision.objects.live().get()
    assert [type(result) for result in results] == [Decision] * 3
    assert committed() == live.amount


def test_a_withdrawal_and_an_award_at_once_never_leave_money_with_a_withdrawn_application(one):
    application = one
    secretary = factories.make_user(roles=["secretary"])

    def act(who):
        if who == "owner":
            return applications.withdraw_application(application, by=application.created_by)
        return stage_decision(
            application,
            outcome=Outcome.AWARD,
            amount=Decimal(AMOUNT),
            reason_kk="Себеп",
            reason_ru="Причина",
            departure_motive="Комиссия решила иначе.",
            by=secretary,
        )

    at_once(partial(act, "secretary"), partial(act, "owner"))

    application.refresh_from_db()
    assert application.status == "withdrawn"
    assert Decision.objects.live().count() == 0
    assert committed() == 0
