"""Append-only tables and sum rules of the grants app: the database's last word on money, scores and conflicts."""

# ruff: noqa: S608 (every piece of SQL here is our own)

from core.search import in_step
from core.triggers import append_only, kept, refusal, rule
from grants.statuses import ERASED, Outcome
from grants.triggers_awards import TRIGGERS as AWARDS
from grants.triggers_conflicts import TRIGGERS as CONFLICTS
from grants.triggers_experts import TRIGGERS as EXPERTS
from grants.triggers_money import TRIGGERS as MONEY
from grants.triggers_second import TRIGGERS as SECOND_PERSONS

LIVE_AWARDS = (
    "SELECT COALESCE(SUM(amount), 0) FROM grants_decision "
    f"WHERE programme_year_id = NEW.id AND outcome = '{Outcome.AWARD}' AND voided_at IS NULL"
)
ADD = "UPDATE grants_programmeyear SET committed = committed + NEW.amount WHERE id = NEW.programme_year_id;"
GIVE_BACK = "UPDATE grants_programmeyear SET committed = committed - OLD.amount WHERE id = OLD.programme_year_id;"
FROZEN_DECISION = (
    "id", "public_id", "application_id", "programme_year_id", "outcome", "amount", "currency", "reason_kk",
    "reason_ru", "departure_motive", "staged_at", "staged_by_id", "by_rule",
)  # fmt: skip
# What running calls hold back for appeals, and what appeals that were upheld have used of it (queries/holding.py).
HELD_BACK = (
    "COALESCE((SELECT SUM(CAST(NEW.budget * c.held_back_percent / 100 AS BIGINT) / 100 * 100) FROM grants_call c "
    "WHERE c.programme_year_id = NEW.id AND c.status IN ('published', 'decided') AND c.held_back_percent > 0 "
    "AND c.held_back_freed_at IS NULL), 0)"
)
BY_APPEAL = (
    "COALESCE((SELECT SUM(d.amount) FROM grants_decision d WHERE d.programme_year_id = NEW.id "
    f"AND d.outcome = '{Outcome.AWARD}' AND d.voided_at IS NULL AND EXISTS (SELECT 1 FROM grants_appeal p "
    "WHERE p.application_id = d.application_id AND p.outcome = 'upheld')), 0)"
)
# Who scored, screened, voted, staged or released: they do not answer the appeal.
TOOK_PART = (
    "SELECT 1 FROM grants_review r JOIN grants_assignment s ON s.id = r.assignment_id "
    "JOIN grants_expert e ON e.id = s.expert_id WHERE r.submitted_at IS NOT NULL "
    "AND s.application_id = NEW.application_id AND e.user_id = NEW.answered_by_id "
    "UNION ALL SELECT 1 FROM grants_application a WHERE a.id = NEW.application_id "
    "AND a.officer_id = NEW.answered_by_id "
    "UNION ALL SELECT 1 FROM grants_screeningcheck k WHERE k.application_id = NEW.application_id "
    "AND k.checked_by_id = NEW.answered_by_id "
    "UNION ALL SELECT 1 FROM grants_ineligibilityproposal i WHERE i.application_id = NEW.application_id "
    "AND NEW.answered_by_id IN (i.proposed_by_id, i.confirmed_by_id) "
    "UNION ALL SELECT 1 FROM grants_decision d WHERE d.application_id = NEW.application_id "
    "AND NEW.answered_by_id IN (d.staged_by_id, d.released_by_id) "
    "UNION ALL SELECT 1 FROM committees_ballot b JOIN committees_seat t ON t.id = b.seat_id "
    "JOIN grants_applicationitem n ON n.item_id = b.item_id "
    "WHERE n.application_id = NEW.application_id AND t.user_id = NEW.answered_by_id"
)

# The standing adopted resolution of the call's own commission behind a decision. The rule of the reserve list needs
# the one that put the application there.
RESOLVED = (
    "SELECT 1 FROM grants_applicationitem t JOIN committees_resolution r ON r.item_id = t.item_id "
    "JOIN committees_agendaitem i ON i.id = t.item_id JOIN committees_meeting m ON m.id = i.meeting_id "
    "JOIN grants_application a ON a.id = t.application_id JOIN grants_call c ON c.id = a.call_id "
    "WHERE t.application_id = NEW.application_id AND r.verdict = 'adopted' AND m.committee_id = c.commission_id "
    "AND NOT EXISTS (SELECT 1 FROM committees_annulment n WHERE n.resolution_id = r.id) "
    f"AND ((t.outcome = NEW.outcome AND t.amount = NEW.amount) OR (NEW.by_rule AND t.outcome = '{Outcome.RESERVE}'))"
)
NOT_RESOLVED = (
    "SELECT 1 FROM grants_application b JOIN grants_call d ON d.id = b.call_id "
    f"WHERE b.id = NEW.application_id AND d.commission_id IS NOT NULL AND NOT EXISTS ({RESOLVED})"
)
VOTED_ON = (
    "SELECT 1 FROM committees_agendaitem WHERE id = OLD.item_id AND (opened_at IS NOT NULL OR closed_at IS NOT NULL)"
)

TRIGGERS = [
    *in_step("grants_application", "search_text"),
    refusal(
        "year_keeps_what_is_held_back",
        "grants_programmeyear",
        when="BEFORE UPDATE",
        message="a share of the budget is held back until appeals are answered",
        condition="NEW.committed > OLD.committed",
        exists=f"SELECT 1 WHERE {HELD_BACK} > 0 AND NEW.committed - {BY_APPEAL} > NEW.budget - {HELD_BACK}",
    ),
    *kept("grants_appeal", unique=(("public_id",),)),
    refusal(
        "appeal_frozen",
        "grants_appeal",
        when="BEFORE UPDATE",
        message="what was written in an appeal never changes, and it is answered once",
        condition=(
            "NEW.application_id <> OLD.application_id OR NEW.against <> OLD.against "
            f"OR (NEW.text <> OLD.text AND NEW.text <> '{ERASED}') "
            "OR NEW.made_at <> OLD.made_at OR NEW.made_by_id <> OLD.made_by_id OR NEW.due_at <> OLD.due_at "
            "OR (OLD.answered_at IS NOT NULL AND (NEW.answered_at IS NULL OR NEW.answered_at <> OLD.answered_at "
            "OR NEW.answered_by_id <> OLD.answered_by_id OR NEW.outcome <> OLD.outcome "
            "OR NEW.returns_to <> OLD.returns_to OR NEW.reason_kk <> OLD.reason_kk OR NEW.reason_ru <> OLD.reason_ru))"
        ),
    ),
    *(
        refusal(
            f"appeal_answered_by_others_{when}",
            "grants_appeal",
            when=f"BEFORE {when.upper()}",
            message="who scored, screened, voted, staged or released does not answer the appeal",
            condition="NEW.answered_by_id IS NOT NULL",
            exists=TOOK_PART,
        )
        for when in ("insert", "update")
    ),
    *AWARDS,
    *MONEY,
    *CONFLICTS,
    *EXPERTS,
    *SECOND_PERSONS,
    *append_only("grants_submission", unique=(("application_id", "number"),)),
    *append_only("grants_callrules", unique=(("call_id", "number"),)),
    *append_only("grants_rankingrun", unique=(("call_id", "number"),)),
    *append_only("grants_extension"),
    # A closing time of its own is never typed: it is what a single Extension row says.
    refusal(
        "extended_until_is_true",
        "grants_application",
        when="BEFORE UPDATE",
        message="an application's own closing time is what its extension says",
        condition=(
            "NEW.extended_until IS NOT NULL "
            "AND (OLD.extended_until IS NULL OR OLD.extended_until <> NEW.extended_until)"
        ),
        exists=(
            "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM grants_extension "
            "WHERE application_id = NEW.id AND closes_at = NEW.extended_until)"
        ),
    ),
    *append_only("grants_scoreentry", unique=(("review_id", "criterion_id", "number"),)),
    # A score that says most says what it rests on; rows from before this rule stay as they are.
    refusal(
        "score_has_evidence",
        "grants_scoreentry",
        when="BEFORE INSERT",
        message="a score of 0, 1 or 5 has words and a place in the application",
        condition="NEW.score IN (0, 1, 5) AND (NEW.words = '' OR NEW.evidence = '')",
    ),
    *append_only("grants_calibrationscore", unique=(("sample_id", "expert_id", "criterion_id"),)),
    refusal(
        "calibration_sample_frozen",
        "grants_calibrationsample",
        when="BEFORE UPDATE",
        message="a sample that somebody has scored never changes",
        exists="SELECT 1 FROM grants_calibrationscore WHERE sample_id = OLD.id",
    ),
    # A live award decision adds to the year; a CHECK there refuses what does not fit.
    rule(
        "decision_commits",
        "grants_decision",
        when="AFTER INSERT",
        sqlite=ADD,
        postgresql=ADD,
        condition=f"NEW.outcome = '{Outcome.AWARD}' AND NEW.voided_at IS NULL",
    ),
    rule(
        "decision_gives_back",
        "grants_decision",
        when="AFTER UPDATE",
        sqlite=GIVE_BACK,
        postgresql=GIVE_BACK,
        condition=f"OLD.outcome = '{Outcome.AWARD}' AND OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL",
    ),
    # `committed` is never typed: it equals the live awards or the change is refused.
    refusal(
        "year_committed_is_true",
        "grants_programmeyear",
        when="BEFORE UPDATE",
        message="committed is the sum of live awards and is never typed",
        exists=f"SELECT 1 WHERE NEW.committed <> ({LIVE_AWARDS})",
    ),
    refusal(
        "year_begins_empty",
        "grants_programmeyear",
        when="BEFORE INSERT",
        message="a new year has nothing committed",
        condition="NEW.committed <> 0",
    ),
    refusal(
        "decision_frozen",
        "grants_decision",
        when="BEFORE UPDATE",
        message="a decision never changes; a new one replaces it",
        condition=" OR ".join(
            [
                *(f"OLD.{c} <> NEW.{c}" for c in FROZEN_DECISION),
                "OLD.voided_at IS NOT NULL",
                "(OLD.released_at IS NOT NULL AND (NEW.released_at IS NULL OR OLD.released_at <> NEW.released_at))",
            ]
        ),
    ),
    refusal(
        "decision_of_own_year",
        "grants_decision",
        when="BEFORE INSERT",
        message="the money comes from the year of the application's call",
        exists=(
            "SELECT 1 FROM grants_application a JOIN grants_call c ON c.id = a.call_id "
            "WHERE a.id = NEW.application_id AND c.programme_year_id <> NEW.programme_year_id"
        ),
    ),
    *kept("grants_decision", unique=(("public_id",),)),
    *kept("grants_programmeyear", unique=(("programme_id", "year"),)),
    refusal(
        "decision_not_doubled",
        "grants_decision",
        when="BEFORE INSERT",
        message="the application has a live decision: void it first",
        condition="NEW.voided_at IS NULL",
        exists="SELECT 1 FROM grants_decision WHERE application_id = NEW.application_id AND voided_at IS NULL",
    ),
    refusal(
        "assignment_frozen",
        "grants_assignment",
        when="BEFORE UPDATE",
        message="an assignment keeps its expert and application, and what was handed back stays so",
        condition=(
            "OLD.expert_id <> NEW.expert_id OR OLD.application_id <> NEW.application_id "
            "OR (OLD.returned_at IS NOT NULL AND NEW.returned_at IS NULL)"
        ),
    ),
    # What is released is what the commission resolved.
    refusal(
        "release_needs_resolution",
        "grants_decision",
        when="BEFORE UPDATE",
        message="a decision is released as the commission resolved it",
        condition="NEW.released_at IS NOT NULL AND OLD.released_at IS NULL",
        exists=NOT_RESOLVED,
    ),
    refusal(
        "release_needs_resolution_at_once",
        "grants_decision",
        when="BEFORE INSERT",
        message="a decision is released as the commission resolved it",
        condition="NEW.released_at IS NOT NULL",
        exists=NOT_RESOLVED,
    ),
    *(
        refusal(
            f"proposal_voted_on_{verb.lower()}",
            "grants_applicationitem",
            when=f"BEFORE {verb}",
            message="what was voted on never changes",
            exists=VOTED_ON,
        )
        for verb in ("UPDATE", "DELETE")
    ),
]
