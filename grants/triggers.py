"""Append-only tables and sum rules of the grants app: the database's last word on money, scores and conflicts."""

from core.triggers import append_only, kept, refusal, rule
from grants.statuses import Outcome

LIVE_AWARDS = (
    "SELECT COALESCE(SUM(amount), 0) FROM grants_decision "  # noqa: S608 (names of our own)
    f"WHERE programme_year_id = NEW.id AND outcome = '{Outcome.AWARD}' AND voided_at IS NULL"
)
ADD = "UPDATE grants_programmeyear SET committed = committed + NEW.amount WHERE id = NEW.programme_year_id;"
GIVE_BACK = "UPDATE grants_programmeyear SET committed = committed - OLD.amount WHERE id = OLD.programme_year_id;"
FROZEN_DECISION = (
    "id", "public_id", "application_id", "programme_year_id", "outcome", "amount", "currency", "reason_kk",
    "reason_ru", "departure_motive", "staged_at", "staged_by_id",
)  # fmt: skip
# Declared, recorded, and what the data show: membership of the organisation, the same IIN.
CONFLICT_OF_ASSIGNMENT = (
    "SELECT 1 FROM grants_conflict WHERE expert_id = NEW.expert_id AND application_id = NEW.application_id "
    "AND lifted_at IS NULL "
    "UNION ALL SELECT 1 FROM grants_expert e JOIN accounts_membership m ON m.user_id = e.user_id "
    "JOIN grants_application a ON a.organisation_id = m.organisation_id "
    "WHERE e.id = NEW.expert_id AND a.id = NEW.application_id "
    "UNION ALL SELECT 1 FROM grants_expert e JOIN accounts_user u ON u.id = e.user_id AND u.iin <> '' "
    "JOIN grants_application a ON a.id = NEW.application_id "
    "JOIN accounts_organisation o ON o.id = a.organisation_id AND u.iin IN (o.identifier, o.head_iin) "
    "WHERE e.id = NEW.expert_id"
)
CONFLICT_OF_SCORE = (
    "SELECT 1 FROM grants_review r JOIN grants_assignment a ON a.id = r.assignment_id "
    "JOIN grants_conflict c ON c.expert_id = a.expert_id AND c.application_id = a.application_id "
    "WHERE r.id = NEW.review_id AND c.lifted_at IS NULL"
)

TRIGGERS = [
    *append_only("grants_submission", unique=(("application_id", "number"),)),
    *append_only("grants_callrules", unique=(("call_id", "number"),)),
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
    # A conflict of interest blocks every path.
    refusal(
        "assignment_across_conflict",
        "grants_assignment",
        when="BEFORE INSERT",
        message="the expert has a conflict of interest with this application",
        exists=CONFLICT_OF_ASSIGNMENT,
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
    refusal(
        "score_across_conflict",
        "grants_scoreentry",
        when="BEFORE INSERT",
        message="the expert has a conflict of interest with this application",
        exists=CONFLICT_OF_SCORE,
    ),
]
