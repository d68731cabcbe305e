"""What a sceptic would ask of the demo season: where each decision comes from, and whether it can be made again."""

import hashlib
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import Approval, Consent, User
from accounts.statuses import ApprovalKind, ConsentKind
from committees.actions import meetings, minutes, results, votes
from committees.actions.minutes import paper_of
from committees.actions.results import content_of as content_of_resolution
from committees.models import Ballot, ConflictDeclaration, Meeting, Minutes, Resolution
from committees.queries.minutes import content_of
from committees.queries.session import session_of
from committees.queries.validity import checks
from committees.statuses import Verdict
from core import clock, seals
from core.canonical import plain, sha256_of
from core.models import AuditEvent
from grants.actions.releases import propose_release, release_decisions
from grants.formulas.assigning import from_plain
from grants.models import (
    Appeal,
    Application,
    Assignment,
    AssignmentRun,
    Call,
    Conflict,
    Decision,
    ExtraReview,
    RankingRun,
    WorkAct,
)
from grants.queries.appeals import took_part
from grants.queries.assigning_result import compute
from grants.queries.exceptions import departures
from grants.queries.experts import reviews_in
from grants.queries.rules import newest_rules, seed_for
from grants.queries.what_if import replay
from grants.statuses import ApplicationStatus, Outcome
from notifications.models import Message
from tests.portal.seeding import DAY, NOON, call_named, load
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def loaded() -> str:
    """A season of 120 applications; it is its day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOON)
        return load(f"--today={DAY}", "--applications=120")


@pytest.fixture
def season(loaded, at) -> None:
    at(NOON)


@pytest.fixture
def member_page(season, client, settings):
    """What the member of the door reads about a meeting; the demo asks for no second factor."""
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(person("commission"))
    return lambda meeting: client.get(reverse("committees:meeting", args=[meeting.public_id])).content.decode()


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.test")


def held(number: int) -> Meeting:
    return Meeting.objects.select_related("committee__order").get(number=number)


# --- decisions ------------------------------------------------------------------------------------


def test_each_decision_is_what_the_commission_resolved_with_a_quorum(season):
    for decision in Decision.objects.select_related("application__call"):
        proposal = decision.application.agenda_items.select_related("item__meeting", "item__resolution").get()
        resolution, meeting = proposal.item.resolution, proposal.item.meeting

        assert (resolution.verdict, proposal.outcome, proposal.amount) == (
            Verdict.ADOPTED, decision.outcome, decision.amount,
        )  # fmt: skip
        assert resolution.able >= resolution.needed
        assert 2 * resolution.votes_for > resolution.able
        assert meeting.committee == decision.application.call.commission
        assert decision.staged_at == resolution.resolved_at
    assert (
        Decision.objects.filter(released_at__isnull=False).count()
        == Application.objects.filter(status__in=["awarded", "reserved", "declined"]).count()
    )


def test_each_resolution_has_the_hash_and_the_counts_of_its_ballots(season):
    rows = list(Resolution.objects.select_related("item__meeting__committee"))
    sessions = {meeting.pk: session_of(meeting) for meeting in Meeting.objects.select_related("committee")}
    for row in rows:
        ballots = list(Ballot.objects.filter(item=row.item))
        found = sessions[row.item.meeting_id].quorum(row.item)

        assert row.sha256 == sha256_of(content_of_resolution(row, ballots))
        assert (row.present, row.able, row.needed) == (found.present, found.able, found.needed)
        assert len(ballots) == row.able == row.votes_for + row.votes_against + row.votes_abstain
    assert len(rows) > 80


def test_nobody_voted_across_a_conflict_of_interest(season):
    recused = ConflictDeclaration.objects.select_related("item", "seat")

    assert recused.count() == 2
    for row in recused:
        application = row.item.of_application.application
        assert Ballot.objects.filter(item=row.item, seat=row.seat).count() == 0
        assert Conflict.objects.live().filter(person=row.seat.user, application=application).count() == 1


def test_what_departs_from_the_ranking_has_a_motive_in_two_languages_and_a_vote_of_its_own(season):
    found = departures()

    for decision in found:
        item = decision.application.agenda_items.get().item
        assert (item.bloc, bool(item.motive_kk), bool(item.motive_ru)) == ("", True, True)
        assert decision.departure_motive == f"{item.motive_kk}\n\n{item.motive_ru}"
        assert Ballot.objects.filter(item=item, is_bloc=True).count() == 0
    assert sorted(found.values_list("outcome", flat=True)) == [Outcome.AWARD] * 4 + [Outcome.DECLINE] * 2


def test_the_release_was_proposed_and_confirmed_by_two(season):
    call = call_named("first call")
    approval = Approval.objects.get(kind=ApprovalKind.RELEASE, object_id=call.pk)
    names = sorted(Decision.objects.filter(application__call=call).values_list("public_id", flat=True))

    assert (approval.proposed_by, approval.confirmed_by) == (person("secretary"), person("commission"))
    assert approval.payload == {"decisions": len(names), "sha256": sha256_of(names)}
    assert Decision.objects.filter(staged_by=approval.confirmed_by).count() == 0


# --- what a court would look at --------------------------------------------------------------------


def test_nothing_would_void_the_finished_meeting(season):
    meeting = held(1)

    found = checks(meeting, session_of(meeting), list(meeting.items.all()))

    assert [(check.key, check.words) for check in found if not check.is_met] == []
    assert meeting.observers.filter(is_present=True).count() == meeting.observers_needed == 2


def test_the_minutes_are_made_again_to_the_byte(season):
    meeting = held(1)
    content = content_of(meeting)

    made = list(Minutes.objects.filter(meeting=meeting).select_related("document"))

    assert [one.language for one in made] == ["kk", "ru"]
    for one in made:
        with translation.override(one.language):
            paper = paper_of(meeting, content)
        assert one.content_sha256 == sha256_of(content) == sha256_of(one.content)
        assert hashlib.sha256(paper).hexdigest() == one.document.sha256


def test_the_minutes_name_the_orders_and_the_appeal_that_was_granted(season):
    upheld = Appeal.objects.get(outcome="upheld")

    annexes = Minutes.objects.filter(language="ru").get().content["annexes"]

    assert {row["kind"] for row in annexes} == {"order_call", "order_experts", "appeal"}
    assert [row["number"] for row in annexes if row["kind"] == "appeal"] == [upheld.application.number]


def test_every_order_is_marked_as_invented_and_has_a_file(season):
    call = call_named("first call")

    orders = {call.order, call.experts_order, call.commission.order}

    assert {(order.is_example, order.document.media_type) for order in orders} == {(True, "application/pdf")}
    assert all("условный пример" in order.title_ru.lower() for order in orders)


def test_the_audit_trail_verifies_and_knows_each_vote(season):
    report = seals.verify()
    cast = AuditEvent.objects.filter(verb="meeting.ballot").values_list("data", flat=True)

    assert (report.faults, report.checked) == ((), AuditEvent.objects.count())
    assert sum(len(data["items"]) for data in cast) == Ballot.objects.count()


# --- made again -----------------------------------------------------------------------------------


def test_each_ranking_is_made_again_from_its_inputs(season):
    runs = RankingRun.objects.select_related("rules", "call")

    for run in runs:
        assert replay(run).holds
        assert run.rules == newest_rules(run.call)
        assert (
            run.made_at < run.call.commission.meetings.get(items__of_application__run=run, items__position=1).starts_at
        )
    assert runs.count() == 2


def test_each_assignment_is_computed_again_from_its_inputs_and_the_seed_of_the_rules(season):
    runs = AssignmentRun.objects.select_related("call")

    for run in runs:
        again = compute(from_plain(run.inputs))
        assert (again.inputs_sha256, again.result_sha256) == (run.inputs_sha256, run.result_sha256)
        assert plain(again.result) == run.result
        assert run.seed == str(seed_for(newest_rules(run.call), "assignment"))
    assert runs.count() == 2


def test_who_reads_is_who_was_computed_and_by_hand_only_those_who_came_instead(season):
    for run in AssignmentRun.objects.all():
        rows = Assignment.objects.filter(application__call=run.call).select_related("application", "expert__user")
        pairs = {(row["application"], row["expert"]) for row in run.result["pairs"]}

        assert {(row.application.public_id, row.expert.user.public_id) for row in rows if row.run_id} == pairs
        by_hand = rows.filter(run=None)
        instead = rows.filter(run=run, returned_at__isnull=False).count()
        more = ExtraReview.objects.filter(assignment__in=by_hand).count()
        assert by_hand.filter(assigned_at__lt=run.applied_at).count() == 0
        assert by_hand.count() >= instead + more


def test_a_wide_spread_in_a_voted_call_got_its_extra_expert(season):
    waiting = ExtraReview.objects.filter(assignment=None, application__call=call_named("interim"))

    assert waiting.count() == 0


# --- experts and appeals --------------------------------------------------------------------------


def test_experts_accepted_the_undertaking_before_their_first_paper(season):
    accepted = dict(
        Consent.objects.filter(text__kind=ConsentKind.CONFIDENTIALITY, is_given=True).values_list("user", "at")
    )

    for row in Assignment.objects.filter(declared_at__isnull=False).select_related("expert"):
        assert accepted[row.expert.user_id] < row.declared_at


def test_each_expert_of_the_finished_call_has_an_act_with_the_right_count(season):
    call = call_named("first call")

    acts = list(WorkAct.objects.filter(call=call).select_related("expert"))

    assert len(acts) == 30
    assert [act.number for act in acts if act.reviews != reviews_in(act.expert, call)] == []
    assert sum(act.reviews for act in acts) == Assignment.objects.live().filter(application__call=call).count()


def test_appeals_are_granted_dismissed_and_waiting_and_answered_by_others(season):
    found = {appeal.outcome: appeal for appeal in Appeal.objects.select_related("application")}

    assert set(found) == {"upheld", "dismissed", ""}
    assert found["upheld"].application.status in ("awarded", "reserved", "declined")
    assert found[""].due_at > NOON
    for appeal in (found["upheld"], found["dismissed"]):
        assert appeal.answered_by_id not in took_part(appeal.application)
        assert appeal.made_at < appeal.answered_at <= appeal.due_at


def test_what_was_held_back_was_freed_after_the_appeals_were_over(season):
    call = call_named("first call")
    year = call.programme_year
    answered = Appeal.objects.get(outcome="dismissed").answered_at
    money = RankingRun.objects.get(call=call).inputs["money"]

    assert call.held_back_freed_at > answered > call.released_at
    assert Decimal(money) == year.budget - year.budget * call.held_back_percent / 100


# --- what waits for the doors ---------------------------------------------------------------------


def test_the_demo_can_finish_the_open_session(season):
    """The member of the door votes, the secretary counts and closes, and the decisions are released by two."""
    meeting, member, secretary = held(2), person("commission"), person("secretary")
    call = Call.objects.get(pk=call_named("interim").pk)

    votes.cast_bloc(meeting, Outcome.AWARD, "for", by=member)
    results.close_bloc(meeting, Outcome.AWARD, by=secretary)
    closed = meetings.close_meeting(meeting, by=secretary)
    made = minutes.make_minutes(closed, by=secretary)
    propose_release(call, by=secretary)
    release_decisions(call, by=member)

    assert [one.language for one in made] == ["kk", "ru"]
    assert call.applications.filter(status=ApplicationStatus.ELIGIBLE).count() == 0
    assert Decision.objects.filter(application__call=call, released_at=None).count() == 0


def test_the_member_of_the_door_reads_that_a_vote_is_asked(member_page):
    meeting = held(2)
    voted = Ballot.objects.filter(item__meeting=meeting, seat__user=person("commission"))

    page = member_page(meeting)

    assert reverse("committees:vote", args=[meeting.public_id]) in page
    assert voted.filter(item__bloc=Outcome.AWARD).count() == 0


def test_a_closed_bloc_is_told_once_and_each_of_its_items_is_listed(member_page):
    meeting = held(1)

    page = member_page(meeting)

    assert [item.reference for item in meeting.items.all() if item.reference not in page] == []
    assert page.count("<article") < 25 < meeting.items.count()


def test_the_observers_link_in_the_demos_mail_opens_the_live_page_without_names(season, client):
    mail = Message.objects.filter(event="meeting_observed").first()

    page = client.get(mail.context["path"])
    text = page.content.decode()

    assert page.status_code == 200
    assert [seat for seat in held(2).committee.seats.all() if seat.user.display_name in text] == []


def test_a_meeting_for_the_open_call_is_planned_for_after_its_experts(season):
    planned = Meeting.objects.get(status="planned")

    assert (planned.number, planned.items.count(), planned.notice_sent_at) == (None, 0, None)
    assert planned.starts_at > call_named("second call").closes_at
