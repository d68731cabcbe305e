"""Staging and releasing: the right people, reasons, money, and everything at once."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.urls import reverse

from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from grants.actions.applications import withdraw_application
from grants.actions.decisions_bulk import stage_as_ranked
from grants.actions.releases import propose_release, release_decisions
from grants.models import Application, Award, Call, Decision, ProgrammeYear
from grants.statuses import Outcome
from notifications.models import Message
from tests import factories
from tests.grants.deciding import REASONS, close, scored, stage, statuses
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def call() -> Call:
    return factories.make_call(factories.make_year(budget=2_500_000, kind="hackathon"), reviews_needed=1)


@shared
def four(call) -> list[Application]:
    """By rank: two fit under the line, one passes the mark and finds no money, one fails."""
    return [scored(call, score) for score in (5, 4, 3, 1)]


@shared
def secretary():
    return factories.make_staff("secretary")


@shared
def member():
    return factories.make_staff("commission")


# --- staging one ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["officer", "commission", "finance", "auditor", "administrator", "expert"])
def test_only_the_secretary_stages(four, role):
    with pytest.raises(NotAllowed):
        stage(four[0], Outcome.AWARD, factories.make_staff(role))


REFUSED = [
    ("no_reason", 0, Outcome.AWARD, {"reason_kk": " "}),
    ("no_reason", 0, Outcome.AWARD, {"reason_ru": ""}),
    ("amount", 0, Outcome.AWARD, {"amount": Decimal(0)}),
    ("amount", 0, Outcome.AWARD, {"amount": Decimal(1_000_001)}),
    ("pass_mark", 3, Outcome.AWARD, {"departure_motive": "Очень просят"}),
    ("no_motive", 2, Outcome.AWARD, {}),
    ("no_motive", 0, Outcome.DECLINE, {}),
    ("no_motive", 1, Outcome.RESERVE, {}),
]


@pytest.mark.parametrize(("code", "rank", "outcome", "how"), REFUSED)
def test_a_decision_is_refused_in_words(four, secretary, code, rank, outcome, how):
    with pytest.raises(Refused) as refusal:
        stage(four[rank], outcome, secretary, **how)

    assert refusal.value.code == code
    assert Decision.objects.count() == 0


def test_a_decision_waits_for_the_reviews(secretary):
    application = factories.application_at(
        "eligible", call=factories.make_call(factories.make_year(kind="hackathon"), reviews_needed=2)
    )
    factories.review(factories.assign(application))

    with pytest.raises(Refused) as refusal:
        stage(application, Outcome.AWARD, secretary)

    assert refusal.value.code == "reviews_missing"


def test_a_departure_keeps_its_motive_and_money_counts_from_staging(four, secretary):
    decision = stage(four[2], Outcome.AWARD, secretary, departure_motive="Единственный проект района.")

    assert decision.departure_motive == "Единственный проект района."
    assert ProgrammeYear.objects.get().remaining == 1_500_000


def test_a_later_decision_replaces_the_earlier_one_and_its_money(four, secretary):
    stage(four[0], Outcome.AWARD, secretary)
    stage(four[0], Outcome.AWARD, secretary, amount=Decimal(400_000))

    assert [d.amount for d in Decision.objects.live()] == [400_000]
    assert ProgrammeYear.objects.get().committed == 400_000
    assert AuditEvent.objects.filter(verb="decision.void").count() == 1


def test_the_budget_refuses_in_words(four, secretary):
    stage(four[0], Outcome.AWARD, secretary)
    stage(four[1], Outcome.AWARD, secretary)

    with pytest.raises(Refused) as refusal:
        stage(four[2], Outcome.AWARD, secretary, departure_motive="Иначе")

    assert refusal.value.code == "budget"
    assert "500" in str(refusal.value)


def test_a_withdrawal_frees_the_money(four, secretary):
    stage(four[0], Outcome.AWARD, secretary)

    withdraw_application(four[0], by=four[0].created_by)

    assert ProgrammeYear.objects.get().committed == 0
    assert Decision.objects.live().count() == 0


# --- staging all -------------------------------------------------------------------------------------------


def test_everybody_is_staged_as_the_line_says(call, four, secretary):
    made = stage_as_ranked(call, reasons=REASONS, by=secretary)

    assert [(d.application, d.outcome, d.amount) for d in made] == [
        (four[0], "award", 1_000_000),
        (four[1], "award", 1_000_000),
        (four[2], "reserve", 0),
        (four[3], "decline", 0),
    ]
    assert ProgrammeYear.objects.get().committed == 2_000_000
    assert AuditEvent.objects.filter(verb="decision.stage").count() == 4
    assert {d.departure_motive for d in made} == {""}


def test_those_without_money_may_be_declined_at_once(call, four, secretary):
    made = stage_as_ranked(call, reasons=REASONS, below=Outcome.DECLINE, by=secretary)

    assert [d.outcome for d in made] == ["award", "award", "decline", "decline"]


def test_what_was_staged_by_hand_stays(call, four, secretary):
    kept = stage(four[0], Outcome.AWARD, secretary, amount=Decimal(700_000))

    made = stage_as_ranked(call, reasons=REASONS, by=secretary)

    assert len(made) == 3
    assert Decision.objects.live().get(application=four[0]) == kept


def test_a_rejection_without_reasons_cannot_be_staged_and_then_nothing_is(call, four, secretary):
    without = {**REASONS, Outcome.DECLINE.value: ("Себеп", "")}

    with pytest.raises(Refused) as refusal:
        stage_as_ranked(call, reasons=without, by=secretary)

    assert refusal.value.code == "no_reason"
    assert Decision.objects.count() == 0
    assert ProgrammeYear.objects.get().committed == 0


def test_staging_all_waits_for_the_last_review(call, four, secretary):
    factories.application_at("eligible", call=call)

    with pytest.raises(Refused) as refusal:
        stage_as_ranked(call, reasons=REASONS, by=secretary)

    assert refusal.value.code == "reviews_missing"


def test_only_the_secretary_stages_all(call, four, member):
    with pytest.raises(NotAllowed):
        stage_as_ranked(call, reasons=REASONS, by=member)


# --- releasing ----------------------------------------------------------------------------------------------


def test_nothing_is_visible_before_and_everything_at_once_after(client, call, four, secretary, member):
    owner = four[0].created_by
    detail = reverse("grants:application_detail", args=[four[0].public_id])
    stage_as_ranked(call, reasons=REASONS, by=secretary)
    client.force_login(owner)
    messages_before = Message.objects.count()
    page_before = client.get(detail).content.decode()

    assert statuses(four) == ["eligible"] * 4
    assert Award.objects.count() == 0
    assert "Себеп" not in page_before
    assert "Причина" not in page_before

    factories.release(close(call), by=member)

    assert statuses(four) == ["awarded", "awarded", "reserved", "declined"]
    assert Award.objects.count() == 2
    assert sum(award.amount for award in Award.objects.all()) == 2_000_000
    told = Message.objects.order_by("pk")[messages_before:]
    assert sorted(message.event for message in told) == [
        "decided_award", "decided_award", "decided_decline", "decided_reserve",
    ]  # fmt: skip
    assert {message.address for message in told} == {row.created_by.email for row in four}
    declined = next(message for message in told if message.event == "decided_decline")
    assert declined.context["reason"] == "Причина decline"
    assert Call.objects.get(pk=call.pk).status == "decided"


def refused_release(call: Call, by) -> str:
    with pytest.raises(Refused) as refusal:
        release_decisions(call, by=by)
    return refusal.value.code


def test_a_second_person_releases(call, four, secretary):
    both = factories.make_staff("secretary")
    both.groups.add(Group.objects.get(name="commission"))
    stage_as_ranked(close(call), reasons=REASONS, by=both)

    assert refused_release(call, both) == "same_person"
    assert refused_release(call, secretary) == "not_allowed"


def refused_proposal(call: Call, by) -> str:
    with pytest.raises(Refused) as refusal:
        propose_release(call, by=by)
    return refusal.value.code


def test_nobody_releases_what_nobody_has_proposed(call, four, secretary, member):
    stage_as_ranked(close(call), reasons=REASONS, by=secretary)

    assert refused_release(call, member) == "not_proposed"
    assert refused_proposal(call, member) == "not_a_secretary"
    assert statuses(four) == ["eligible"] * 4


def test_what_was_staged_after_the_proposal_is_not_released_by_it(call, four, secretary, member):
    stage_as_ranked(close(call), reasons=REASONS, by=secretary)
    propose_release(call, by=secretary)
    stage(four[0], Outcome.AWARD, secretary, amount=Decimal(400_000))

    assert refused_release(call, member) == "changed_since"
    assert Award.objects.count() == 0


def test_an_undecided_application_holds_the_release(call, four, secretary, member):
    stage(four[0], Outcome.AWARD, secretary)

    assert refused_release(close(call), member) == "undecided"
    assert statuses(four) == ["eligible"] * 4


def test_an_application_still_in_screening_holds_the_release_too(call, four, secretary, member):
    factories.application_at("submitted", call=call)
    stage_as_ranked(call, reasons=REASONS, by=secretary)

    assert refused_release(close(call), member) == "undecided"


def test_an_open_call_is_not_released(call, four, secretary, member):
    stage_as_ranked(call, reasons=REASONS, by=secretary)

    assert refused_release(call, member) == "still_open"


def test_a_release_happens_once(call, four, secretary, member):
    stage_as_ranked(call, reasons=REASONS, by=secretary)
    factories.release(close(call), by=member)

    assert refused_release(call, member) == "wrong_state"
    assert Award.objects.count() == 2


def test_a_released_decision_is_replaced_by_nothing(call, four, secretary, member):
    stage_as_ranked(call, reasons=REASONS, by=secretary)
    factories.release(close(call), by=member)

    with pytest.raises(Refused) as refusal:
        stage(four[0], Outcome.DECLINE, secretary, departure_motive="Передумали")

    assert refusal.value.code == "wrong_state"


@pytest.mark.parametrize("extra", [1, 3])
def test_a_release_wakes_the_worker_once(call, secretary, member, extra, django_capture_on_commit_callbacks):
    for _n in range(extra):
        scored(call, 4, amount=500_000)
    stage_as_ranked(call, reasons=REASONS, by=secretary)
    connection.run_on_commit.clear()  # what the fixtures have announced

    with django_capture_on_commit_callbacks() as callbacks:
        factories.release(close(call), by=member)

    assert len(callbacks) == 1
