"""The database's last word on what follows an award: plans, contracts, tranches, payments, the ledger.

Listed in grants/triggers.py; apart from it because both files stay readable so.
"""

# ruff: noqa: S608 (every piece of SQL here is our own)

from core.triggers import append_only, kept, refusal, rule
from grants.statuses import ERASED, EntryKind, TrancheStatus

PAID, RETURNED, REVERSAL = EntryKind.PAID, EntryKind.RETURNED, EntryKind.REVERSAL
# What stands with the grantee: paid less returned, reversals taken off. With NEW counted in, inside of AFTER INSERT.
NET = (
    f"(SELECT COALESCE(SUM(CASE l.kind WHEN '{PAID}' THEN l.amount WHEN '{RETURNED}' THEN -l.amount "
    f"ELSE CASE r.kind WHEN '{PAID}' THEN -l.amount ELSE l.amount END END), 0) "
    "FROM grants_ledgerentry l LEFT JOIN grants_ledgerentry r ON r.id = l.reverses_id WHERE l.award_id = NEW.award_id)"
)
AWARDED = "(SELECT amount FROM grants_award WHERE id = NEW.award_id)"
OFF = "the ledger never pays more than the award, and never takes back more than was paid"
IN_TRANCHES = (
    f"(SELECT COALESCE(SUM(t.amount), 0) FROM grants_tranche t WHERE t.status <> '{TrancheStatus.CANCELLED}' "
    "AND t.award_id = {award})"
)


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
MONEY = [
    *kept("grants_tranche", unique=(("public_id",),)),
    *frozen(
        "grants_tranche",
        "tranche_frozen",
        ("award_id", "number", "percent", "amount", "currency"),
        "a tranche never changes its amount: it is cancelled and planned anew",
    ),
    *(
        refusal(
            f"tranches_within_award_{verb.lower()}",
            "grants_tranche",
            when=f"AFTER {verb}",
            message="the tranches of an award sum to it at most",
            exists=f"SELECT 1 WHERE {IN_TRANCHES.format(award='NEW.award_id')} > {AWARDED}",
        )
        for verb in ("INSERT", "UPDATE")
    ),
    *kept("grants_paymentbatch", unique=(("public_id",), ("number",))),
    *frozen(
        "grants_paymentbatch",
        "batch_frozen",
        ("number", "programme_year_id", "made_by_id", "made_at"),
        "a register keeps its number and its maker",
        once=("checked_by_id", "sent_by_id", "register_xlsx_id", "register_csv_id", "settled_at", "cancelled_at"),
    ),
    *kept("grants_payment", unique=(("public_id",),)),
    *frozen(
        "grants_payment",
        "payment_frozen",
        ("batch_id", "tranche_id", "bank_account_id", "amount", "currency"),
        "a payment never changes",
        once=("paid_at", "paid_on", "failed_at", "cancelled_at"),
    ),
    refusal(
        "payment_of_an_approved_tranche",
        "grants_payment",
        when="BEFORE INSERT",
        message="a payment is of an approved tranche, whole, to the open and checked account of its organisation",
        exists=(
            "SELECT 1 FROM grants_tranche t JOIN grants_award w ON w.id = t.award_id "
            "JOIN grants_application a ON a.id = w.application_id JOIN accounts_bankaccount b "
            f"ON b.id = NEW.bank_account_id WHERE t.id = NEW.tranche_id AND (t.status <> '{TrancheStatus.APPROVED}' "
            "OR t.amount <> NEW.amount OR b.organisation_id <> a.organisation_id OR b.closed_at IS NOT NULL "
            f"OR b.checked_at IS NULL OR {IN_TRANCHES.format(award='w.id')} <> w.amount)"
        ),
    ),
    refusal(
        "payment_while_held",
        "grants_payment",
        when="BEFORE INSERT",
        message="a hold keeps the money back",
        exists=(
            "SELECT 1 FROM grants_tranche t JOIN grants_hold h ON h.award_id = t.award_id "
            "WHERE t.id = NEW.tranche_id AND h.lifted_at IS NULL"
        ),
    ),
    *kept("grants_hold", unique=(("public_id",),)),
    *frozen(
        "grants_hold",
        "award_hold_frozen",
        ("award_id", "kind", "placed_at", "reason_kk", "reason_ru"),
        "a hold is lifted once, and never changed",
        once=("lifted_at",),
    ),
]
LEDGER = [
    *append_only("grants_ledgerentry", unique=(("payment_id",), ("reverses_id",))),
    # The award's row is locked first: a sum without a lock lets two rows through at the same moment.
    rule(
        "ledger_locks_award",
        "grants_ledgerentry",
        when="BEFORE INSERT",
        sqlite="SELECT 1;",
        postgresql="PERFORM 1 FROM grants_award WHERE id = NEW.award_id FOR UPDATE;",
    ),
    refusal(
        "ledger_never_off",
        "grants_ledgerentry",
        when="AFTER INSERT",
        message=OFF,
        exists=f"SELECT 1 WHERE {NET} < 0 OR {NET} > {AWARDED}",
    ),
    refusal(
        "ledger_pays_the_payment",
        "grants_ledgerentry",
        when="BEFORE INSERT",
        message="an entry says what its payment says, and a tranche is paid once",
        condition=f"NEW.kind = '{PAID}'",
        exists=(
            "SELECT 1 FROM grants_payment p JOIN grants_tranche t ON t.id = p.tranche_id WHERE p.id = NEW.payment_id "
            "AND (p.amount <> NEW.amount OR t.award_id <> NEW.award_id OR p.failed_at IS NOT NULL "
            "OR p.cancelled_at IS NOT NULL OR EXISTS (SELECT 1 FROM grants_ledgerentry e JOIN grants_payment q "
            "ON q.id = e.payment_id WHERE q.tranche_id = p.tranche_id AND NOT EXISTS "
            "(SELECT 1 FROM grants_ledgerentry x WHERE x.reverses_id = e.id)))"
        ),
    ),
    refusal(
        "ledger_reverses_whole",
        "grants_ledgerentry",
        when="BEFORE INSERT",
        message="a reversal takes back one whole entry of the same award",
        condition=f"NEW.kind = '{REVERSAL}'",
        exists=(
            "SELECT 1 FROM grants_ledgerentry e WHERE e.id = NEW.reverses_id AND (e.amount <> NEW.amount "
            f"OR e.award_id <> NEW.award_id OR e.kind = '{REVERSAL}')"
        ),
    ),
]
TRIGGERS = [*PLANS, *CONTRACTS, *MONEY, *LEDGER, *kept("grants_expense", unique=(("public_id",),))]
