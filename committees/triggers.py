"""The database's last word on committees: who may cast a ballot, what a resolution counts, what never changes.

`i` is an item, `m` its meeting, `c` its committee; `p` a place (a seat of the chair or of a member) and `x` the seat of
who sits in it: the member, or the alternate of a substitution for the item, else for the whole meeting.
"""
# ruff: noqa: S608

from committees.statuses import VOTING, Choice, ConflictSource, Majority, MeetingStatus, QuorumBase, SeatRole, Verdict
from core.triggers import append_only, kept, refusal

VOTES = ", ".join(f"'{role}'" for role in sorted(VOTING))
ITEM = (
    "committees_agendaitem i JOIN committees_meeting m ON m.id = i.meeting_id "
    "JOIN committees_committee c ON c.id = m.committee_id"
)
APPOINTED = (
    "{s}.committee_id = m.committee_id AND {s}.since <= m.held_on AND ({s}.until IS NULL OR {s}.until >= m.held_on)"
)
SITTER = (
    "COALESCE((SELECT s.alternate_id FROM committees_substitution s WHERE s.item_id = i.id AND s.replaces_id = p.id), "
    "(SELECT s.alternate_id FROM committees_substitution s "
    "WHERE s.meeting_id = m.id AND s.item_id IS NULL AND s.replaces_id = p.id), p.id)"
)
PRESENT = (
    "EXISTS (SELECT 1 FROM committees_attendance a WHERE a.meeting_id = m.id AND a.seat_id = x.id AND a.is_present)"
)
STANDS = "NOT EXISTS (SELECT 1 FROM committees_conflictlifting f WHERE f.conflict_id = k.id)"
RECUSED = (
    f"EXISTS (SELECT 1 FROM committees_conflictdeclaration k WHERE k.item_id = i.id AND k.seat_id = x.id AND {STANDS})"
)
DECLARED = "EXISTS (SELECT 1 FROM committees_declaration d WHERE d.meeting_id = m.id AND d.seat_id = x.id)"
IS_PLACE = f"p.role IN ({VOTES}) AND {APPOINTED.format(s='p')} AND {APPOINTED.format(s='x')}"
PLACES = f"committees_seat p JOIN committees_seat x ON x.id = {SITTER} WHERE {IS_PLACE}"
COUNT_APPOINTED = f"(SELECT COUNT(*) FROM committees_seat p WHERE p.role IN ({VOTES}) AND {APPOINTED.format(s='p')})"
COUNT_FREE = f"(SELECT COUNT(*) FROM {PLACES} AND NOT {RECUSED})"
COUNT_PRESENT = f"(SELECT COUNT(DISTINCT x.id) FROM {PLACES} AND {PRESENT})"
COUNT_ABLE = f"(SELECT COUNT(DISTINCT x.id) FROM {PLACES} AND {PRESENT} AND NOT {RECUSED})"
BALLOTS = (
    "(SELECT COUNT(*) FROM committees_ballot b JOIN committees_seat x ON x.id = b.seat_id "
    f"WHERE b.item_id = i.id AND b.choice = '{{choice}}' AND NOT {RECUSED})"
)
CHAIR_FOR = (
    "EXISTS (SELECT 1 FROM committees_ballot b JOIN committees_seat x ON x.id = b.seat_id "
    f"WHERE b.item_id = i.id AND b.choice = '{Choice.FOR}' AND x.role = '{SeatRole.CHAIR}' AND NOT {RECUSED})"
)
MAJORITY_OF = f"(CASE c.majority WHEN '{Majority.APPOINTED}' THEN NEW.appointed ELSE NEW.able END)"
COUNTED = {
    "appointed": COUNT_APPOINTED,
    "base": f"(CASE c.quorum_base WHEN '{QuorumBase.ABLE}' THEN {COUNT_FREE} ELSE {COUNT_APPOINTED} END)",
    "present": COUNT_PRESENT,
    "able": COUNT_ABLE,
    "votes_for": BALLOTS.format(choice=Choice.FOR),
    "votes_against": BALLOTS.format(choice=Choice.AGAINST),
    "votes_abstain": BALLOTS.format(choice=Choice.ABSTAIN),
}
HAS_MAJORITY = (
    f"(2 * NEW.votes_for > {MAJORITY_OF} OR (c.has_casting_vote AND NEW.votes_for = NEW.votes_against "
    f"AND 2 * NEW.votes_for = {MAJORITY_OF} AND {CHAIR_FOR}))"
)
HAS_QUORUM = "(NEW.able > 0 AND NEW.able * c.quorum_whole >= c.quorum_parts * NEW.base)"


def of_closed_meeting(row: str) -> str:
    """Selects a row where the meeting of OLD or NEW is closed."""
    return f"SELECT 1 FROM committees_meeting WHERE id = {row}.meeting_id AND status = '{MeetingStatus.CLOSED}'"


TRIGGERS = [
    *append_only("committees_ballot", unique=(("item_id", "seat_id"),)),
    *append_only("committees_declaration", unique=(("meeting_id", "seat_id"),)),
    *append_only("committees_conflictdeclaration"),
    *append_only("committees_conflictlifting", unique=(("conflict_id",),)),
    refusal(
        "only_a_found_match_is_lifted",
        "committees_conflictlifting",
        when="BEFORE INSERT",
        message="what was declared stays, and nothing is lifted once the vote has begun",
        exists=(
            "SELECT 1 FROM committees_conflictdeclaration k JOIN committees_agendaitem i ON i.id = k.item_id "
            f"WHERE k.id = NEW.conflict_id AND (k.source <> '{ConflictSource.COMPUTED}' "
            "OR i.opened_at IS NOT NULL OR i.closed_at IS NOT NULL)"
        ),
    ),
    *append_only("committees_dissent", unique=(("item_id", "seat_id"),)),
    *append_only("committees_resolution", unique=(("item_id",), ("public_id",))),
    *append_only("committees_annulment", unique=(("resolution_id",),)),
    *append_only("committees_minutes", unique=(("meeting_id", "number", "language"), ("public_id",))),
    *append_only("committees_minutessignature", unique=(("minutes_id", "seat_id"),)),
    *kept("committees_agendaitem", unique=(("public_id",),)),
    *kept("committees_meeting", unique=(("public_id",),)),
    refusal(
        "ballot_of_open_item",
        "committees_ballot",
        when="BEFORE INSERT",
        message="the vote on this item is not open",
        exists=(
            f"SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM {ITEM} WHERE i.id = NEW.item_id "
            f"AND i.opened_at IS NOT NULL AND i.closed_at IS NULL AND '{MeetingStatus.OPEN}' = m.status)"
        ),
    ),
    refusal(
        "ballot_across_conflict",
        "committees_ballot",
        when="BEFORE INSERT",
        message="the member has a conflict of interest with this item",
        exists=(
            "SELECT 1 FROM committees_conflictdeclaration k "
            f"WHERE k.item_id = NEW.item_id AND k.seat_id = NEW.seat_id AND {STANDS}"
        ),
    ),
    # By the person whose seat it is, who sits for this item, is here, and has said what conflicts there are.
    refusal(
        "ballot_by_who_sits",
        "committees_ballot",
        when="BEFORE INSERT",
        message="only a present member, or the alternate in a member's place, votes, by himself and after declaring",
        exists=(
            f"SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM {ITEM} "
            f"JOIN committees_seat p ON p.committee_id = m.committee_id JOIN committees_seat x ON x.id = {SITTER} "
            f"WHERE {IS_PLACE} AND i.id = NEW.item_id AND x.id = NEW.seat_id "
            f"AND x.user_id = NEW.cast_by_id AND {PRESENT} AND {DECLARED})"
        ),
    ),
    # Whatever a program writes, the counts are those of the rows.
    refusal(
        "resolution_counts_are_true",
        "committees_resolution",
        when="BEFORE INSERT",
        message="a resolution counts the ballots and the places as they are, of a closed item",
        exists=(
            f"SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM {ITEM} WHERE i.id = NEW.item_id AND i.closed_at IS NOT NULL AND "
            + " AND ".join(f"NEW.{name} = {counted}" for name, counted in COUNTED.items())
            + ")"
        ),
    ),
    refusal(
        "resolution_has_quorum",
        "committees_resolution",
        when="BEFORE INSERT",
        message="nothing is resolved below the quorum",
        condition=f"NEW.verdict <> '{Verdict.DEFERRED}'",
        exists=(f"SELECT 1 FROM {ITEM} WHERE i.id = NEW.item_id AND (i.opened_at IS NULL OR NOT {HAS_QUORUM})"),
    ),
    refusal(
        "resolution_has_majority",
        "committees_resolution",
        when="BEFORE INSERT",
        message="adopted needs the majority, and rejected the lack of it",
        condition=f"NEW.verdict <> '{Verdict.DEFERRED}'",
        exists=(
            f"SELECT 1 FROM {ITEM} WHERE i.id = NEW.item_id AND {HAS_MAJORITY} <> (NEW.verdict = '{Verdict.ADOPTED}')"
        ),
    ),
    refusal(
        "item_frozen",
        "committees_agendaitem",
        when="BEFORE UPDATE",
        message="what was voted on never changes",
        condition=(
            "OLD.closed_at IS NOT NULL OR OLD.meeting_id <> NEW.meeting_id OR OLD.public_id <> NEW.public_id OR "
            "(OLD.opened_at IS NOT NULL AND (NEW.opened_at IS NULL OR NEW.opened_at <> OLD.opened_at "
            "OR NEW.proposal_kk <> OLD.proposal_kk OR NEW.proposal_ru <> OLD.proposal_ru OR NEW.bloc <> OLD.bloc "
            "OR NEW.subject <> OLD.subject OR NEW.motive_kk <> OLD.motive_kk OR NEW.motive_ru <> OLD.motive_ru))"
        ),
    ),
    refusal(
        "meeting_frozen",
        "committees_meeting",
        when="BEFORE UPDATE",
        message="a closed meeting never changes, and an open one keeps its day and number",
        condition=(
            f"OLD.status IN ('{MeetingStatus.CLOSED}', '{MeetingStatus.CANCELLED}') "
            "OR OLD.committee_id <> NEW.committee_id "
            "OR (OLD.held_on IS NOT NULL AND (NEW.held_on IS NULL OR OLD.held_on <> NEW.held_on)) "
            "OR (OLD.number IS NOT NULL AND (NEW.number IS NULL OR OLD.number <> NEW.number))"
        ),
    ),
    *(
        refusal(
            f"{table}_of_closed_meeting_{verb.lower()}",
            f"committees_{table}",
            when=f"BEFORE {verb}",
            message="the meeting is closed",
            exists=of_closed_meeting("OLD" if verb == "DELETE" else "NEW"),
        )
        for table in ("attendance", "substitution")
        for verb in ("INSERT", "UPDATE", "DELETE")
    ),
]
