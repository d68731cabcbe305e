"""The appeal commission votes: who took part sits out, the answer follows the vote, the minutes name the outcome."""

import pytest

from committees.actions.meetings import close_meeting
from committees.actions.minutes import make_minutes
from committees.models import ConflictDeclaration, Minutes
from committees.statuses import Choice
from core.refusals import Refused
from grants.actions.appeals import answer_appeal, make_appeal, put_on_agenda
from grants.models import Call
from grants.queries.appeal_items import facts_of, papers_of
from grants.statuses import ApplicationStatus
from tests import factories
from tests.commission import convene, plan_meeting, resolve

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
REASONS = {"reason_kk": "Дәлел жеткілікті.", "reason_ru": "Доводы достаточны."}


def appeal_before(members: int = 3):
    """A declined application whose owner appeals, and the commission that answers."""
    call = factories.make_call(factories.make_year(kind="accelerator"), reviews_needed=1)
    application = factories.application_at(ApplicationStatus.DECLINED, call=call)
    committee = factories.make_committee(members, code="appeals", kind="appeal")
    Call.objects.filter(pk=call.pk).update(appeal_commission=committee)
    application.refresh_from_db()
    return make_appeal(application, text="Мен келіспеймін.", by=application.created_by), committee


def answer(appeal, outcome, by):
    return answer_appeal(appeal, outcome=outcome, returns_to="vote" if outcome == "upheld" else "", by=by, **REASONS)


@pytest.mark.parametrize(("choice", "outcome"), [(Choice.FOR, "upheld"), (Choice.AGAINST, "dismissed")])
def test_the_answer_follows_the_vote_and_the_minutes_name_it(choice, outcome):
    appeal, committee = appeal_before()
    secretary, officer = factories.make_staff("secretary"), factories.make_staff("officer")
    meeting = plan_meeting(committee, by=secretary)
    item = put_on_agenda(appeal, meeting, by=secretary).item
    meeting = convene(meeting, by=secretary)

    with pytest.raises(Refused) as early:
        answer(appeal, outcome, officer)
    resolve(item, choice, by=secretary)
    other = {"upheld": "dismissed", "dismissed": "upheld"}[outcome]
    with pytest.raises(Refused) as against:
        answer(appeal, other, officer)
    answer(appeal, outcome, officer)
    close_meeting(meeting, by=secretary)
    make_minutes(meeting, by=secretary)

    appeal.refresh_from_db()
    content = Minutes.objects.filter(meeting=meeting).first().content
    assert (early.value.code, against.value.code) == ("no_resolution", "other_resolution")
    assert appeal.outcome == outcome
    assert appeal.public_id in str(content)
    assert outcome in str(content)
    assert appeal.text not in str(content)


def test_a_member_who_took_part_in_the_decision_sits_out():
    appeal, committee = appeal_before()
    secretary = factories.make_staff("secretary")
    seat = committee.seats.exclude(role="secretary").first()
    expert = appeal.application.assignments.get().expert
    type(seat).objects.filter(pk=seat.pk).update(user=expert.user)

    item = put_on_agenda(appeal, plan_meeting(committee, by=secretary), by=secretary).item

    assert list(ConflictDeclaration.objects.values_list("item", "seat", "kind")) == [(item.pk, seat.pk, "took_part")]


def test_the_agenda_leads_to_the_appeal_and_keeps_its_words_out_of_the_minutes():
    appeal, committee = appeal_before()
    secretary = factories.make_staff("secretary")
    item = put_on_agenda(appeal, plan_meeting(committee, by=secretary), by=secretary).item

    assert papers_of([item]) == {item.pk: f"/admin/grants/appeal/{appeal.pk}/change/"}
    assert facts_of([item])[item.pk]["appeal"] == appeal.public_id
    assert appeal.text not in str(facts_of([item]))
