"""Tranche schemes, indicators and the term to sign as settings of a call: usual rows, refusals, rules, cloning."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from core import clock
from core.refusals import Refused
from grants.actions.call_defaults import fill_with_usual
from grants.actions.calls import propose_publishing
from grants.actions.cloning import clone_call
from grants.forms.call_admin import SchemeForm
from grants.models import Call, TrancheScheme
from grants.queries.rules import compile_rules
from grants.queries.rules_words import rule_lines
from tests import factories
from tests.shared import shared

pytestmark = pytest.mark.django_db


@shared
def call() -> Call:
    """A draft with the usual rows."""
    return fill_with_usual(factories.make_draft_call(), by=factories.make_user(roles=["officer"]))


def code_of(call: Call) -> str:
    with pytest.raises(Refused) as caught:
        propose_publishing(call, by=factories.make_user(roles=["officer"]))
    return caught.value.code


def test_the_usual_rows_pay_as_the_programme_does_and_ask_six_indicators(call):
    schemes = [(row.up_to, row.shares) for row in call.tranche_schemes.all()]

    assert schemes == [(Decimal(2_000_000), "70/30"), (None, "50/40/10")]
    assert call.indicators.count() == 6


def test_parts_that_do_not_sum_are_refused_by_the_form_and_before_publishing(call):
    typed = {"up_to": "", "currency": "KZT"}
    found = {
        shares: SchemeForm({**typed, "shares": shares}).is_valid() for shares in ("50/40", "0/100", "60/40", "100")
    }

    TrancheScheme.objects.filter(call=call, up_to=None).update(shares="50/40/20")

    assert found == {"50/40": False, "0/100": False, "60/40": True, "100": True}
    assert code_of(call) == "parts"


def test_the_largest_award_has_its_scheme(call):
    TrancheScheme.objects.filter(call=call, up_to=None).update(up_to=Decimal(3_000_000))

    assert code_of(call) == "schemes_too_low"


def test_the_frozen_rules_say_it_in_words(call):
    content = compile_rules(call)

    with translation.override("en"):
        said = {line.key: (line.label, line.text) for line in rule_lines(content)}

    assert said["tranches.2000000.00"][1] == "70 % / 30 %"
    assert said["tranches.None"][1] == "50 % / 40 % / 10 %"
    assert said["contract.sign_working_days"][1] == "10"
    assert "indicator.jobs_opened" in said


def test_a_clone_has_them_too(call):
    year = factories.make_year(year=2027)
    Call.objects.filter(pk=call.pk).update(sign_working_days=7)
    call.refresh_from_db()
    opens = clock.now() + timedelta(days=300)

    made = clone_call(
        call, year, opens_at=opens, closes_at=opens + timedelta(days=9), by=factories.make_user(roles=["officer"])
    )

    assert (made.tranche_schemes.count(), made.indicators.count(), made.sign_working_days) == (2, 6, 7)
