"""An award is refused and a decision staged at the same moment: real threads, real connections, PostgreSQL."""

from decimal import Decimal

import pytest

from core.refusals import Refused
from grants.actions.decisions import stage_decision
from grants.actions.offers import lapse_award, refuse_award
from grants.models import Application, Award, Decision, ProgrammeYear
from grants.statuses import Outcome
from tests import factories
from tests.grants.rows import make_eligible
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
MILLION = 1_000_000


@pytest.fixture
def season() -> tuple[Application, Application, Application]:
    """A year with money for its one winner; one on the reserve list; an application of another call that wants it."""
    year = factories.make_year(budget=MILLION, kind="accelerator")
    call = factories.make_call(year, reviews_needed=1)
    winner, reserve = make_eligible(call, 2, amount=MILLION)
    factories.decide(winner, Outcome.AWARD)
    factories.decide(reserve, Outcome.RESERVE)
    factories.release(call)
    other = make_eligible(factories.make_call(year, reviews_needed=1), 1, amount=MILLION)[0]
    return winner, reserve, other


@pytest.mark.parametrize("how", ["refused", "lapsed"])
def test_what_a_winner_gives_back_is_spent_once(season, how):
    winner, reserve, other = season
    award, secretary = winner.awards.get(), factories.make_user(roles=["secretary"])
    if how == "lapsed":
        Award.objects.update(answer_due_at=award.offered_at)

    def fall_out():
        return refuse_award(award, by=winner.created_by) if how == "refused" else lapse_award(award.pk)

    def stage():
        return stage_decision(
            other,
            outcome=Outcome.AWARD,
            amount=Decimal(MILLION),
            reason_kk="Себеп",
            reason_ru="Причина",
            departure_motive="Комиссия решила иначе.",
            by=secretary,
        )

    fallen, staged = at_once(fall_out, stage)

    live = Decision.objects.live().filter(outcome=Outcome.AWARD)
    moved_up = Application.objects.get(pk=reserve.pk).status == "awarded"
    assert not isinstance(fallen, Refused)
    assert ProgrammeYear.objects.get().committed == MILLION
    assert live.count() == 1
    assert moved_up == isinstance(staged, Refused)


def test_two_workers_lapse_one_offer_once(season):
    winner, reserve, _other = season
    award = winner.awards.get()
    Award.objects.update(answer_due_at=award.offered_at)

    done = at_once(*[lambda: lapse_award(award.pk)] * 3)

    assert sorted(done) == [False, False, True]
    assert Application.objects.get(pk=reserve.pk).status == "awarded"
    assert ProgrammeYear.objects.get().committed == MILLION
