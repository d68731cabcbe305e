"""The database's last word on what experts are asked: the undertaking, computed assignments, acts of work done.

Listed in grants/triggers.py; apart from it because both files stay readable so.
"""

from core.triggers import append_only, kept, refusal

FROZEN_RUN = ("inputs", "inputs_sha256", "result", "result_sha256", "relaxed", "call_id", "finished_at")

TRIGGERS = [
    # No paper opens before the confidentiality undertaking, whatever code runs.
    refusal(
        "undertaking_before_papers",
        "grants_assignment",
        when="BEFORE UPDATE",
        message="an expert accepts the confidentiality undertaking before the first paper",
        condition="OLD.declared_at IS NULL AND NEW.declared_at IS NOT NULL",
        exists=(
            "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM grants_expert e JOIN accounts_consent c ON c.user_id = e.user_id "
            "JOIN accounts_consenttext t ON t.id = c.text_id "
            "WHERE e.id = NEW.expert_id AND t.kind = 'confidentiality' AND c.is_given)"
        ),
    ),
    # What a run was computed from and what came of it never changes; a run is applied once.
    *kept("grants_assignmentrun", unique=(("public_id",),)),
    refusal(
        "assignment_run_frozen",
        "grants_assignmentrun",
        when="BEFORE UPDATE",
        message="what was computed never changes: compute again",
        condition=(
            "OLD.finished_at IS NOT NULL AND (NEW.finished_at IS NULL OR "
            + " OR ".join(f"OLD.{column} <> NEW.{column}" for column in FROZEN_RUN)
            + " OR (OLD.applied_at IS NOT NULL AND (NEW.applied_at IS NULL OR OLD.applied_at <> NEW.applied_at)))"
        ),
    ),
    *append_only("grants_workact", unique=(("number",), ("expert_id", "call_id"))),
    # A word of the staff is taken away by a time, never erased by hand.
    *kept("grants_pin", unique=(("public_id",),)),
]
