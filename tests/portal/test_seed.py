"""The demo season: the published figures, people, what waits behind each door."""

import hashlib
from collections import Counter as Tally
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import verify_password
from django.db.models import Count, F, Q, Sum
from django.test import override_settings
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from accounts.statuses import IDENTIFIED_BY_BIN, IDENTIFIED_BY_IIN
from core import clock, seals
from core.canonical import canonical_json, sha256_of
from core.identifiers import check_bin, check_iin
from core.models import AuditEvent, Counter
from funds.models import Fund, LedgerEntry, Project
from funds.queries.progress import progress_of
from grants.actions.decisions import departs
from grants.formulas.scoring import SCORES_WITH_WORDS
from grants.models import (
    Application,
    Assignment,
    Award,
    Call,
    CallRules,
    Conflict,
    Correction,
    Decision,
    Expert,
    IneligibilityProposal,
    ProgrammeYear,
    Review,
    ScoreEntry,
    Submission,
)
from grants.queries.completeness import gaps
from grants.queries.ranking import rank_call
from grants.queries.rules import compile_rules
from grants.queries.snapshot import snapshot
from grants.statuses import ApplicationStatus, CheckKind, CheckResult, Outcome
from notifications.models import Message
from portal.queries.doors import DOORS
from tests.portal.seeding import DAY, MIDNIGHT, NOON, call_named, load, replay
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

A = ApplicationStatus
PBKDF2 = "django.contrib.auth.hashers.PBKDF2PasswordHasher"


@shared
def season() -> str:
    """The standard season, and what its command says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOON)
        return load(f"--today={DAY}")


@pytest.fixture
def printed(season, at) -> str:
    """What the command of the standard season says; it is that day."""
    at(NOON)
    return season


# --- figures --------------------------------------------------------------------------------------


def test_the_year_and_the_fund_carry_the_published_figures(printed):
    year, fund = ProgrammeYear.objects.get(), Fund.objects.get()

    assert (year.year, year.budget, year.target_projects) == (2026, Decimal(500_000_000), 100)
    assert (fund.capital, fund.currency, str(fund.started_on)) == (Decimal(39_000_000), "USD", "2025-10-01")
    assert (fund.term_years, fund.target_projects, fund.sectors.count()) == (10, 50, 7)
    assert [i.name for i in fund.investors.all()] == ["Almaty Creative", "Freedom Holding Corp.", "VPE Capital"]
    assert "14 декабря 2025" in year.source
    assert "14 декабря 2025" in fund.source


def test_the_season_has_the_counts_that_it_promises(printed):
    counted = dict(Application.objects.values_list("status").annotate(Count("pk")))

    assert sum(counted.values()) == 420
    assert counted[A.AWARDED] == Award.objects.count() == 118
    assert set(counted) == set(A.values)
    assert Expert.objects.count() == 30
    assert Review.objects.filter(submitted_at__isnull=False).count() == 1_100
    assert ScoreEntry.objects.current().count() == 7_700
    assert Project.objects.filter(is_example=True).count() == 12
    assert "420 applications, 118 awards, 30 experts, 1100 reviews" in printed


def test_awards_stay_within_the_year_and_leave_money_for_the_open_call(printed):
    year = ProgrammeYear.objects.get()
    awarded = Award.objects.aggregate(sum=Sum("amount"))["sum"]
    live = Decision.objects.live().filter(outcome=Outcome.AWARD).aggregate(sum=Sum("amount"))["sum"]

    assert year.committed == live == awarded <= year.budget
    assert year.remaining > Decimal(90_000_000)


def test_one_call_is_finished_one_before_the_commission_and_one_open(printed):
    finished, deciding, open_one = call_named("first call"), call_named("interim"), call_named("second call")

    assert (finished.status, finished.released_at < MIDNIGHT) == ("decided", True)
    assert list(Call.objects.open()) == [open_one]
    assert list(Call.objects.closed()) == [deciding]
    assert (open_one.opens_at - MIDNIGHT).days == -10
    assert timezone.localtime(open_one.closes_at).strftime("%d %H:%M") == "03 18:00"
    assert Call.objects.filter(is_example=False).count() == 0


def test_what_is_not_published_is_labelled_an_example(printed):
    for call in Call.objects.all():
        assert "шартты мысал" in call.rules_kk
        assert "условным примером" in call.rules_ru
        assert "invented example" in call.rules_en


# --- identifiers and people -----------------------------------------------------------------------


def test_every_identifier_is_right_by_checksum_and_without_a_warning(printed):
    today = clock.today()
    iins = [*User.objects.exclude(iin="").values_list("iin", flat=True)]
    iins += Organisation.objects.filter(kind__in=IDENTIFIED_BY_IIN).values_list("identifier", flat=True)
    iins += Organisation.objects.exclude(head_iin="").values_list("head_iin", flat=True)
    bins = Organisation.objects.filter(kind__in=IDENTIFIED_BY_BIN).values_list("identifier", flat=True)

    found = [check_iin(iin, today=today) for iin in iins] + [check_bin(bin_, today=today) for bin_ in bins]

    assert len(found) > 800
    assert [f for f in found if f.error or f.warnings] == []


def test_identifiers_can_belong_to_nobody(printed):
    """Born before 1900; a company with the unit digit of a joint farm."""
    people = Organisation.objects.filter(kind__in=IDENTIFIED_BY_IIN).values_list("identifier", flat=True)
    firms = Organisation.objects.filter(kind__in=IDENTIFIED_BY_BIN).values_list("identifier", flat=True)

    assert {iin[6] for iin in people} == {"1", "2"}
    assert {bin_[4:6] for bin_ in firms} == {"43"}


def test_only_the_doors_have_a_password_and_it_is_the_printed_one(printed):
    lines = [line.split() for line in printed.splitlines() if "@demo.test" in line]
    doors = {user.email: user for user in User.objects.filter(email__endswith="@demo.test")}

    with override_settings(PASSWORD_HASHERS=[PBKDF2]):
        right = [verify_password(password, doors[email].password)[0] for email, password, *_title in lines]

    assert [email for email, *_rest in lines] == [door.email for door in DOORS]
    assert right == [True] * 14
    assert len({password for _email, password, *_title in lines}) == 14
    assert User.objects.exclude(email__endswith="@demo.test").exclude(password__startswith="!").count() == 0
    assert EmailAddress.objects.filter(verified=True, primary=True, user__in=doors.values()).count() == 14


def test_each_door_has_its_role(printed):
    roles = {u.email.partition("@")[0]: sorted(u.roles) for u in User.objects.filter(email__endswith="@demo.test")}

    assert roles == {
        **{name: [] for name in ("applicant", "colleague", "investor")},
        **{name: [name] for name in ("expert", "officer", "commission", "secretary", "ic", "analyst", "manager")},
        "finance": ["finance"],
        "finance2": ["finance"],
        "auditor": ["auditor"],
        "admin": ["administrator"],
    }


# --- what waits behind the doors ------------------------------------------------------------------


def test_the_applicant_has_an_award_and_a_complete_draft_that_is_not_sent(printed):
    own = Application.objects.owned_by(User.objects.get(email="applicant@demo.test"))
    draft = own.get(status=A.DRAFT)

    assert sorted(own.values_list("status", flat=True)) == ["awarded", "draft"]
    assert (draft.number, draft.call.is_open, gaps(draft)) == (None, True, [])


def test_the_colleague_edits_with_the_applicant_and_has_an_open_correction(printed):
    colleague = User.objects.get(email="colleague@demo.test")
    correction = Correction.objects.get(answered_at=None, application__created_by=colleague)

    assert sorted(colleague.memberships.values_list("role", flat=True)) == ["editor", "owner"]
    assert (correction.expired_at, correction.due_at > NOON) == (None, True)


def test_the_expert_has_a_dozen_to_read_and_some_done(printed):
    own = Assignment.objects.visible_to(User.objects.get(email="expert@demo.test"))

    assert own.to_do().count() == 12
    assert own.filter(review__submitted_at__isnull=False).count() > 10
    assert own.to_do().filter(due_on__lte=clock.today()).count() == 0


def test_the_officer_has_applications_to_screen_and_a_proposal_to_confirm(printed):
    officer = User.objects.get(email="officer@demo.test")
    load = Tally(Application.objects.filter(status=A.SUBMITTED).values_list("officer__email", flat=True))
    proposals = IneligibilityProposal.objects.filter(confirmed_at=None, turned_down_at=None)

    assert Application.objects.awaiting_screening().filter(officer=officer).count() >= 3
    assert min(load, key=load.__getitem__) == officer.email
    assert proposals.exclude(proposed_by=officer).count() == proposals.count() == 2


def test_the_commission_has_a_scored_call_partly_staged(printed):
    ranked = rank_call(call_named("interim"))
    staged = [row for row in ranked.rows if row.decision]

    assert (len(ranked.rows), len(staged)) == (20, 11)
    assert {row.reviews for row in ranked.rows} == {3, 4}  # one more where the first three differed
    assert [row for row in staged if departs(row, row.decision.outcome)] == []
    assert {row.decision.released_at for row in staged} == {None}


# --- the rows could have been left by the actions -------------------------------------------------


def test_every_history_replays_through_the_workflow_tables(printed):
    assert replay() == []


def test_the_trail_is_in_the_order_of_time_and_ends_before_the_day_of_seeding(printed):
    moments = list(AuditEvent.objects.order_by("pk").values_list("at", flat=True))

    assert moments == sorted(moments)
    assert moments[-1] < MIDNIGHT


def test_the_trail_is_verified(printed):
    report = seals.verify()

    assert report.faults == ()
    assert report.checked == AuditEvent.objects.count()


def test_numbers_have_no_gap(printed):
    numbers = sorted(Application.objects.exclude(number=None).values_list("number", flat=True))

    assert numbers == [f"GR-2026-{n:05d}" for n in range(1, len(numbers) + 1)]
    assert Counter.objects.get(key="GR-2026").value == len(numbers)


def test_every_snapshot_has_the_hash_of_its_stored_bytes(printed):
    submissions = Submission.objects.select_related("snapshot")

    found = [s.pk for s in submissions if hashlib.sha256(s.snapshot.file.read()).hexdigest() != s.sha256]

    assert submissions.count() > 390
    assert found == []
    assert submissions.exclude(sha256=F("snapshot__sha256")).count() == 0


def test_the_last_snapshot_is_what_the_rows_say(printed):
    """The one made in memory equals the one that `grants.queries.snapshot` reads."""
    sent = (
        Application.objects.sent()
        .exclude(number=None)
        .exclude(corrections__answered_at=None, corrections__isnull=False)
    )
    wrong = []
    for application in sent.select_related("call", "rules", "organisation", "answer_set__version"):
        content = canonical_json(snapshot(application)).encode()
        if hashlib.sha256(content).hexdigest() != application.submissions.latest("number").sha256:
            wrong.append(application.number)

    assert wrong == []


def test_rules_carry_the_hash_of_what_the_call_says(printed):
    for rules in CallRules.objects.select_related("call__questionnaire_version"):
        is_last = rules.number == rules.call.rules_versions.count()
        assert rules.sha256 == sha256_of(rules.content)
        assert (rules.sha256 == sha256_of(compile_rules(rules.call))) == is_last
        assert sum(c["weight"] for c in rules.content["criteria"]) == 100


def test_the_ranking_carries_the_decisions_of_the_finished_call(printed):
    """The frozen one, before there was a decision: awards down to the line, the reserve below it."""
    call = call_named("first call")
    decisions = {
        d.application.number: d for d in Decision.objects.filter(application__call=call).select_related("application")
    }
    rows = call.ranking_runs.get().content["rows"]
    follows = {True: Outcome.AWARD, False: Outcome.RESERVE}
    kept = [follows[row["is_above_line"]] if row["has_passed"] else Outcome.DECLINE for row in rows]
    departures = [row for row, by_line in zip(rows, kept, strict=True) if decisions[row["number"]].outcome != by_line]
    cut = [d for d in decisions.values() if d.outcome == Outcome.AWARD and d.departure_motive]

    assert Tally(kept) == {Outcome.AWARD: 120, Outcome.RESERVE: 15, Outcome.DECLINE: 167}
    assert [decisions[row["number"]].outcome for row in departures] == [Outcome.DECLINE] * 2
    assert len(cut) == 4
    assert sum(1 for decision in decisions.values() if decision.departure_motive) == 6
    assert [row for row in rank_call(call).rows if row.decision.amount > row.application.amount_requested] == []
    assert min(row["reviews"] for row in rows) == 3


def test_every_award_has_its_released_decision_with_reasons(printed):
    awards = Award.objects.select_related("decision", "application")

    for award in awards:
        decision = award.decision
        assert (decision.outcome, decision.amount, decision.voided_at) == (Outcome.AWARD, award.amount, None)
        assert decision.released_at == award.offered_at
        assert decision.staged_by_id != decision.released_by_id
        assert (bool(decision.reason_kk), bool(decision.reason_ru)) == (True, True)
        assert award.application.status == A.AWARDED


def test_no_expert_judges_across_a_conflict(printed):
    live = Assignment.objects.live()
    connected = live.filter(application__organisation__memberships__user=F("expert__user"))
    same_iin = live.exclude(expert__user__iin="").filter(
        Q(application__organisation__identifier=F("expert__user__iin"))
        | Q(application__organisation__head_iin=F("expert__user__iin"))
    )
    declared = [c for c in Conflict.objects.live() if live.filter(expert__user=c.person, application=c.application)]

    assert (connected.count(), same_iin.count(), declared) == (0, 0, [])
    assert Tally(next(iter(c.person.roles)) for c in Conflict.objects.all()) == {"expert": 8, "commission": 2}


def test_scores_that_say_most_have_words_and_changed_ones_a_reason(printed):
    assert ScoreEntry.objects.filter(score__in=SCORES_WITH_WORDS, words="").count() == 0
    assert ScoreEntry.objects.filter(score__in=SCORES_WITH_WORDS, evidence="").count() == 0
    assert ScoreEntry.objects.filter(number=2).exclude(change_reason="").count() == 8
    assert Assignment.objects.filter(review__submitted_at__lt=F("assigned_at")).count() == 0
    assert Assignment.objects.filter(review__submitted_at__isnull=False, declared_at=None).count() == 0


def test_every_sent_application_was_checked_and_eligible_ones_are_in_order(printed):
    sent = Application.objects.sent().exclude(number=None)
    unchecked = [a.number for a in sent.annotate(n=Count("checks")) if a.n < 6]
    passed = Q(checks__result=CheckResult.PASSED)
    beyond = Application.objects.filter(status__in=[A.ELIGIBLE, A.AWARDED, A.RESERVED, A.DECLINED])
    not_in_order = beyond.annotate(n=Count("checks", filter=passed)).exclude(n=len(CheckKind))

    assert unchecked == []
    assert not_in_order.count() == 0
    assert IneligibilityProposal.objects.filter(application__status=A.INELIGIBLE, confirmed_at=None).count() == 0


def test_corrections_are_open_answered_and_expired_each_as_it_must_be(printed):
    corrections = Correction.objects.select_related("application")
    ends = Tally("answered" if c.answered_at else "expired" if c.expired_at else "open" for c in corrections)

    assert set(ends) == {"open", "answered", "expired"}
    assert Correction.objects.filter(answered_at__gt=F("due_at")).count() == 0
    assert Correction.objects.filter(expired_at__lte=F("due_at")).count() == 0
    assert Correction.objects.filter(answered_at=None, expired_at=None, due_at__lte=NOON).count() == 0
    for correction in corrections.filter(answered_at=None, expired_at=None):
        assert correction.application.status == A.SUBMITTED
    for correction in corrections.exclude(answered_at=None):
        assert correction.application.submissions.latest("number").submitted_at == correction.answered_at


def test_an_application_was_sent_while_its_call_was_open(printed):
    early = Submission.objects.filter(number=1, submitted_at__lt=F("application__call__opens_at"))
    late = Submission.objects.filter(number=1, submitted_at__gt=F("application__call__closes_at"))

    assert (early.count(), late.count()) == (0, 0)
    assert Application.objects.filter(created_at__lt=F("call__opens_at")).count() == 0


def test_one_person_owns_each_applicant(printed):
    applicants = Organisation.objects.filter(applications__isnull=False).distinct()
    owners = Membership.objects.filter(role="owner", organisation__in=applicants)

    assert owners.count() == applicants.count() > 300
    assert Application.objects.values("organisation", "call").annotate(n=Count("pk")).filter(n__gt=1).count() == 0


def test_nothing_is_announced(printed):
    """A few mails that the doors had in the past; none that a worker would send, none to anybody else."""
    mails = Message.objects.all()

    assert mails.pending().count() == 0
    assert mails.filter(sent_at__gte=MIDNIGHT).count() == 0
    assert Tally(mails.values_list("event", flat=True)) == {
        "submitted": 2, "decided_award": 1, "returned": 1, "assigned": 3, "meeting_notice": 2, "meeting_observed": 2,
    }  # fmt: skip
    assert {address.partition("@")[2] for address in mails.values_list("address", flat=True)} == {"demo.test"}


def test_every_project_of_the_fund_counts_and_the_ledger_ends_before_the_day(printed):
    progress = progress_of(Fund.objects.get(), clock.today())

    assert progress.pace.done == 12
    assert {row.projects > 0 for row in progress.sectors} == {True}
    assert Decimal(3_000_000) < progress.invested < Decimal(9_000_000)
    assert LedgerEntry.objects.filter(value_on__gte=clock.today()).count() == 0
    assert Project.objects.values("investments__instrument").distinct().count() == 8
