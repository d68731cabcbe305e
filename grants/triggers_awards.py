"""The database's last word on what follows an award: plans and contracts; grants/triggers_money.py says it of money.

Listed in grants/triggers.py; apart from it because the files stay readable so.
"""

# ruff: noqa: S608 (every piece of SQL here is our own)

from core.triggers import kept, refusal
from grants.statuses import ERASED

AWARDED = "(SELECT amount FROM grants_award WHERE id = NEW.award_id)"


def frozen(table: str, name: str, columns: tuple[str, ...], message: str, *, once: tuple[str, ...] = ()) -> list:
    """Refuses changes of `columns` for ever, and of the nullable `once` columns after they were set."""
    changed = [f"NEW.{column} <> OLD.{column}" for column in columns]
    changed += [f"(OLD.{c} IS NOT NULL AND (NEW.{c} IS NULL OR NEW.{c} <> OLD.{c}))" for c in once]
    return [refusal(name, table, when="BEFORE UPDATE", message=message, condition=" OR ".join(changed))]


def parts_frozen(table: str, name: str, owner: str, message: str, *, unless: str = "") -> list:
    """Refuses to add, change or delete parts (`{row}` is NEW or OLD in `owner`) of what is agreed or published; a
    change that fits `unless` (an expression of SQL: its words are erased, nothing else) is let through.
    """
    looks = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}
    return [
        refusal(
            f"{name}_{verb.lower()}",
            table,
            when=f"BEFORE {verb}",
            message=message,
            condition=f"NOT ({unless})" if unless and verb == "UPDATE" else "",
            exists=" UNION ALL ".join(owner.format(row=row) for row in rows),
        )
        for verb, rows in looks.items()
    ]


AGREED = "SELECT 1 FROM grants_planversion WHERE id = {row}.plan_id AND agreed_at IS NOT NULL"
PUBLISHED = "SELECT 1 FROM grants_contracttemplate WHERE id = {row}.template_id AND published_at IS NOT NULL"

# Words of people go when their years are over; sums, days and what they belong to stay.
LINE_ERASED = (
    f"NEW.item = '{ERASED}' AND NEW.supplier_identifier = '' AND NEW.grant_amount = OLD.grant_amount "
    "AND NEW.own_amount = OLD.own_amount AND NEW.line_id = OLD.line_id AND NEW.plan_id = OLD.plan_id "
    "AND NEW.currency = OLD.currency"
)
MILESTONE_ERASED = (
    f"NEW.title = '{ERASED}' AND NEW.proof = '' AND NEW.due_on = OLD.due_on AND NEW.plan_id = OLD.plan_id "
    "AND NEW.milestone_id = OLD.milestone_id"
)
AGREED_STAYS = "an agreed plan never changes: an amendment is a new version"
PLANS = [
    *frozen(
        "grants_award",
        "award_frozen",
        ("application_id", "decision_id", "amount", "currency", "public_id"),
        "an award keeps its application, decision and amount",
    ),
    *kept("grants_planversion", unique=(("public_id",), ("award_id", "number"))),
    *frozen(
        "grants_planversion",
        "plan_frozen",
        ("award_id", "number", "kind"),
        AGREED_STAYS,
        once=("agreed_at", "dropped_at"),
    ),
    refusal(
        "plan_spends_the_award",
        "grants_planversion",
        when="BEFORE UPDATE",
        message="the lines of a plan sum to the award",
        condition="NEW.agreed_at IS NOT NULL AND OLD.agreed_at IS NULL",
        exists=(
            "SELECT 1 WHERE (SELECT COALESCE(SUM(grant_amount), 0) FROM grants_planline WHERE plan_id = NEW.id) "
            f"<> {AWARDED}"
        ),
    ),
    *parts_frozen("grants_planline", "plan_line", AGREED, AGREED_STAYS, unless=LINE_ERASED),
    *parts_frozen("grants_planmilestone", "plan_milestone", AGREED, AGREED_STAYS, unless=MILESTONE_ERASED),
    *frozen(
        "grants_awardindicator",
        "award_indicator_frozen",
        ("award_id", "indicator_id"),
        "baseline and promise are frozen with the contract's plan",
        once=("frozen_at",),
    ),
    refusal(
        "award_indicator_values_frozen",
        "grants_awardindicator",
        when="BEFORE UPDATE",
        message="baseline and promise are frozen with the contract's plan",
        condition="OLD.frozen_at IS NOT NULL AND (NEW.baseline <> OLD.baseline OR NEW.promised <> OLD.promised)",
    ),
]
CONTRACTS = [
    *kept("grants_contract", unique=(("public_id",), ("number",))),
    *frozen(
        "grants_contract",
        "contract_frozen",
        ("award_id", "kind", "number", "plan_id", "template_id", "signatory_id", "document_id", "sha256", "made_at"),
        "a contract never changes: a mistake is made void and another one is made",
        once=(
            "grantee_signed_at",
            "centre_signed_at",
            "signed_at",
            "voided_at",
            "inputs_id",
            "grantee_scan_id",
            "centre_scan_id",
        ),
    ),
    *frozen(
        "grants_contracttemplate",
        "template_frozen",
        ("kind",),
        "a published template never changes: publish another",
        once=("published_at",),
    ),
    *parts_frozen(
        "grants_contractparagraph", "paragraph", PUBLISHED, "a published template never changes: publish another"
    ),
    *kept("grants_awardpaper", unique=(("public_id",),)),
    *frozen(
        "grants_awardpaper",
        "award_paper_frozen",
        ("award_id", "requirement_id", "document_id"),
        "a paper is replaced by another one, never changed",
        once=("accepted_at", "replaced_at"),
    ),
]
TRIGGERS = [*PLANS, *CONTRACTS, *kept("grants_expense", unique=(("public_id",),))]
