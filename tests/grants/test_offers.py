"""Offers: accepted, refused, lapsed; the reserve list moves up by its rule; the held-back share; a court's act."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from committees.models import Annulment, Resolution
from core import clock
from core.refusals import NotAllowed, Refused
from grants import tasks
from grants.actions.annulments import return_annulled
from grants.actions.appeals import answer_appeal, make_appeal
from grants.actions.decisions import stage_decision
from grants.actions.holding import free_held_back
from grants.actions.offers import accept_award, lapse_award, late_offers, refuse_award
from grants.models import Application, Award, Call, Decision, ProgrammeYear
from grants.queries.holding import held_back
from grants.statuses import ApplicationStatus as A
from grants.statuses import Outcome
from notifications.models import Message
from tests import factories
from tests.grants.rows import insert_decision, make_eligible
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
MILLION = 1_000_000


def decided(call: Call, outcomes: list[tuple[str, int, int]]) -> list[Application]:
    """Applications by (outcome, amount, score), decided and released in one call."""
    rows = []
    for outcome, amount, score in outcomes:
        application = factories.application_at("eligible", call=call, amount=amount)
        factories.review(factories.assign(application), score=score)
        rows.append((application, outcome))
    for application, outcome in rows:
        factories.decide(application, outcome)
    factories.release(call)
    return [Application.objects.get(pk=application.pk) for application, _outcome in rows]


@shared
def four() -> list[Application]:
    """A winner of two million; on the reserve list by rank: one that asks three, one of one, one of one."""
    call = factories.make_call(factories.make_year(budget=2 * MILLION, kind="accelerator"), reviews_needed=1)
    rows = [("award", 2, 5), ("reserve", 3, 4), ("reserve", 1, 4), ("reserve", 1, 3)]
    return decided(call, [(outcome, amount * MILLION, score) for outcome, amount, score in rows])


def award_of(application: Application) -> Award:
    return application.awards.order_by("-pk").first()


def statuses(rows: list[Application]) -> list[str]:
    return [Application.objects.get(pk=row.pk).status for row in rows]


def past(award: Award) -> int:
    Award.objects.filter(pk=award.pk).update(answer_due_at=clock.now() - timedelta(minutes=1))
    return award.pk


def code_of(action, *what, **how) -> str:
    with pytest.raises(Refused) as caught:
        action(*what, **how)
    return caught.value.code


# --- the offer ------------------------------------------------------------------------------------


def test_an_owner_accepts_once_and_then_it_never_lapses(four):
    award = award_of(four[0])

    accept_award(award, by=four[0].created_by)
    again = accept_award(award, by=four[0].created_by)

    assert again.accepted_by == four[0].created_by
    assert lapse_award(past(award)) is False
    assert late_offers() == []
    assert code_of(refuse_award, award, by=four[0].created_by) == "accepted"


def test_only_an_owner_answers_and_only_in_time(four):
    award, editor = award_of(four[0]), factories.make_user()
    factories.add_member(four[0].organisation, editor, "editor")

    found = [code_of(act, award, by=editor) for act in (accept_award, refuse_award)]
    past(award)

    assert found == ["not_an_owner", "not_an_owner"]
    assert code_of(accept_award, award, by=four[0].created_by) == "late"


def test_a_refused_award_moves_the_reserve_list_up_by_rank_and_by_what_fits(four):
    refuse_award(award_of(four[0]), by=four[0].created_by)

    made = list(Decision.objects.filter(by_rule=True).order_by("pk"))
    assert statuses(four) == [A.WITHDRAWN, A.RESERVED, A.AWARDED, A.AWARDED]
    assert [(d.application, d.amount, d.staged_by, d.released_by) for d in made] == [
        (four[2], MILLION, None, None),
        (four[3], MILLION, None, None),
    ]
    assert all(d.reason_kk and d.reason_ru and d.released_at for d in made)
    assert ProgrammeYear.objects.get().committed == 2 * MILLION
    assert set(Message.objects.filter(event="moved_up").values_list("user", flat=True)) == {
        four[2].created_by_id,
        four[3].created_by_id,
    }
    assert Message.objects.filter(event="award_refused").count() == 1
    assert award_of(four[0]).status == "refused"


def test_an_unanswered_offer_lapses_once_and_the_clock_does_it(four):
    past(award_of(four[0]))

    done = [tasks.close_offers_and_holds() for _n in range(2)]

    assert done == [1, 0]
    assert statuses(four) == [A.WITHDRAWN, A.RESERVED, A.AWARDED, A.AWARDED]
    assert Decision.objects.get(application=four[0]).void_kind == "lapsed"
    assert Award.objects.counting().count() == 2
    assert Message.objects.filter(event="award_lapsed").count() == 1


def test_money_that_another_decision_took_meanwhile_is_not_spent_twice(four):
    other = make_eligible(factories.make_call(ProgrammeYear.objects.get(), reviews_needed=1), 1, amount=MILLION)[0]
    ProgrammeYear.objects.update(budget=Decimal(3 * MILLION))
    insert_decision(other, amount=MILLION, by=factories.make_user(roles=["secretary"]))

    refuse_award(award_of(four[0]), by=four[0].created_by)

    assert ProgrammeYear.objects.get().committed == 3 * MILLION
    assert statuses(four) == [A.WITHDRAWN, A.RESERVED, A.AWARDED, A.AWARDED]


def test_a_rule_of_nobody_awards_and_nothing_else(four):
    person = four[0].created_by
    wrong = [
        {"staged_by_id": None},
        {"staged_by_id": None, "by_rule": True, "outcome": "decline", "amount": 0},
        {"by_rule": True},
    ]
    refused = 0
    for values in wrong:
        try:
            with transaction.atomic():
                insert_decision(factories.make_draft(), **{"amount": 1, "by": person, **values})
        except DatabaseError:
            refused += 1

    assert refused == 3


def test_the_winner_answers_on_the_page(client, four):
    client.force_login(four[0].created_by)
    page = reverse("grants:application_offer", args=[four[0].public_id])
    detail = client.get(reverse("grants:application_detail", args=[four[0].public_id])).content.decode()
    read = client.get(page).content.decode()
    unsure = client.post(page, {"verb": "refuse"})
    before = award_of(four[0]).status
    client.post(page, {"verb": "accept"})

    assert page in detail
    assert "2 000 000" in read.replace("\xa0", " ")
    assert (unsure.status_code, before) == (200, "offered")
    assert award_of(four[0]).accepted_by == four[0].created_by


# --- the held-back share --------------------------------------------------------------------------


@shared
def held() -> Call:
    """Ten million, a fifth of which is kept until appeals are answered."""
    year = factories.make_year(budget=10 * MILLION, kind="accelerator")
    return factories.make_call(year, reviews_needed=1, held_back_percent=20)


def stage(application: Application, amount: int) -> Decision:
    return stage_decision(
        application,
        outcome=Outcome.AWARD,
        amount=Decimal(amount),
        reason_kk="Себеп",
        reason_ru="Причина",
        departure_motive="Мотив",
        by=factories.make_user(roles=["secretary"]),
    )


def test_what_is_held_back_is_not_staged(held):
    rows = make_eligible(held, 3, amount=4 * MILLION)
    stage(rows[0], 4 * MILLION)
    stage(rows[1], 4 * MILLION)

    with pytest.raises(Refused) as refusal:
        stage(rows[2], 1)

    assert held_back(ProgrammeYear.objects.get()) == 2 * MILLION
    assert refusal.value.code == "budget"
    assert "2 000 000" in str(refusal.value).replace("\xa0", " ")


def test_raw_sql_does_not_spend_what_is_held_back(held):
    rows, by = make_eligible(held, 3, amount=4 * MILLION), factories.make_user(roles=["secretary"])
    insert_decision(rows[0], amount=4 * MILLION, by=by)
    insert_decision(rows[1], amount=4 * MILLION, by=by)

    with pytest.raises(DatabaseError), transaction.atomic():
        insert_decision(rows[2], amount=1, by=by)

    assert ProgrammeYear.objects.get().committed == 8 * MILLION


def test_an_upheld_appeal_is_paid_from_what_was_held_back_and_the_rest_is_freed_at_the_end(held, at):
    winners = [("award", 4 * MILLION, 5), ("award", 4 * MILLION, 5), ("decline", 2 * MILLION, 4)]
    *_winners, declined = decided(held, winners)
    appeal = make_appeal(declined, text="Келіспеймін.", by=declined.created_by)
    early = free_held_back(held.pk)
    stranger = factories.make_user(roles=["officer"])
    answer_appeal(appeal, outcome="upheld", returns_to="vote", reason_kk="а", reason_ru="б", by=stranger)
    factories.decide(Application.objects.get(pk=declined.pk), Outcome.AWARD)
    factories.release(held)
    at(clock.now() + timedelta(days=15))

    late = free_held_back(held.pk)

    assert (early, late) == (False, True)
    assert ProgrammeYear.objects.get().committed == 10 * MILLION
    assert statuses([declined]) == [A.AWARDED]
    assert held_back(ProgrammeYear.objects.get()) == 0


# --- a court's act --------------------------------------------------------------------------------


@shared
def annulled() -> Application:
    """Awarded by a vote of the commission, which a court then annulled."""
    winner = factories.application_at("awarded", call=factories.make_call(reviews_needed=1))
    resolution = Resolution.objects.get(item__of_application__application=winner)
    Annulment.objects.create(
        resolution=resolution,
        meeting=resolution.item.meeting,
        court="Алматы қалалық соты",
        act_number="7599-26",
        act_date=clock.today(),
        reason_kk="Кворум болған жоқ.",
        reason_ru="Не было кворума.",
        annulled_by=factories.make_user(roles=["secretary"]),
    )
    return winner


def test_a_court_act_voids_the_decision_and_returns_it_to_the_commission_once(annulled):
    done = [tasks.close_offers_and_holds() for _n in range(2)]

    decision, award = Decision.objects.get(), Award.objects.get()
    letter = Message.objects.get(event="decision_annulled")
    assert done == [1, 0]
    assert (decision.void_kind, award.status, statuses([annulled])) == ("annulled", "terminated", [A.ELIGIBLE])
    assert ProgrammeYear.objects.get().committed == 0
    assert (letter.context["act"], letter.context["reason"]) == ("7599-26", "Не было кворума.")


def test_what_a_court_returned_is_voted_and_awarded_again(annulled):
    return_annulled(Annulment.objects.get(), by=factories.make_user(roles=["administrator"]))
    annulled.refresh_from_db()

    factories.decide(annulled, Outcome.AWARD)
    factories.release(annulled.call)

    assert statuses([annulled]) == [A.AWARDED]
    assert sorted(Award.objects.values_list("status", flat=True)) == ["offered", "terminated"]
    assert tasks.close_offers_and_holds() == 0


@pytest.mark.parametrize("role", ["officer", "commission", "auditor", "finance"])
def test_nobody_else_enters_a_courts_act(annulled, role):
    with pytest.raises(NotAllowed):
        return_annulled(Annulment.objects.get(), by=factories.make_user(roles=[role]))
