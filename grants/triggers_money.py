"""The database's last word on money after an award: tranches, registers, payments, holds, the ledger.

Listed in grants/triggers.py; the plans and contracts stand in grants/triggers_awards.py.
"""

# ruff: noqa: S608 (every piece of SQL here is our own)

from accounts.statuses import ApprovalKind
from core.triggers import append_only, kept, refusal, rule
from grants.statuses import BatchStatus, ContractKind, EntryKind, TrancheStatus
from grants.triggers_awards import AWARDED, frozen

PAID, RETURNED, REVERSAL = EntryKind.PAID, EntryKind.RETURNED, EntryKind.REVERSAL
# What stands with the grantee: paid less returned, reversals taken off. With NEW counted in, inside of AFTER INSERT.
NET = (
    f"(SELECT COALESCE(SUM(CASE l.kind WHEN '{PAID}' THEN l.amount WHEN '{RETURNED}' THEN -l.amount "
    f"ELSE CASE r.kind WHEN '{PAID}' THEN -l.amount ELSE l.amount END END), 0) "
    "FROM grants_ledgerentry l LEFT JOIN grants_ledgerentry r ON r.id = l.reverses_id WHERE l.award_id = NEW.award_id)"
)
OFF = "the ledger never pays more than the award, and never takes back more than was paid"
IN_TRANCHES = (
    f"(SELECT COALESCE(SUM(t.amount), 0) FROM grants_tranche t WHERE t.status <> '{TrancheStatus.CANCELLED}' "
    "AND t.award_id = {award})"
)

# What stands in the ledger of a payment and is not reversed; {payment} is an expression of SQL.
STANDING = (
    "SELECT 1 FROM grants_ledgerentry e WHERE e.payment_id = {payment} AND NOT EXISTS "
    "(SELECT 1 FROM grants_ledgerentry x WHERE x.reverses_id = e.id)"
)
STANDING_OF_TRANCHE = STANDING.format(payment="p.id")
PAYMENT_OF_TRANCHE = f"SELECT 1 FROM grants_payment p WHERE p.tranche_id = NEW.id AND EXISTS ({STANDING_OF_TRANCHE})"
BATCH = "SELECT 1 FROM grants_paymentbatch b WHERE b.id = NEW.batch_id AND "
# Nothing is paid before the contract is signed, and no later tranche before the earlier ones.
EARLY = (
    "NOT EXISTS (SELECT 1 FROM grants_contract c WHERE c.award_id = w.id AND c.voided_at IS NULL "
    f"AND c.signed_at IS NOT NULL AND c.kind = '{ContractKind.CONTRACT}') OR EXISTS (SELECT 1 FROM grants_tranche e "
    "WHERE e.award_id = w.id AND e.number < t.number "
    f"AND e.status NOT IN ('{TrancheStatus.PAID}', '{TrancheStatus.CANCELLED}'))"
)

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
    refusal(
        "tranche_paid_by_its_entry",
        "grants_tranche",
        when="BEFORE UPDATE",
        message="a tranche is paid when the ledger says so",
        condition=f"NEW.status IN ('{TrancheStatus.PAID}') AND OLD.status <> '{TrancheStatus.PAID}'",
        exists=f"SELECT 1 WHERE NOT EXISTS ({PAYMENT_OF_TRANCHE})",
    ),
    refusal(
        "tranche_reopened_by_a_reversal",
        "grants_tranche",
        when="BEFORE UPDATE",
        message="a paid tranche is planned anew when its entry of the ledger is reversed",
        condition=f"NEW.status <> '{TrancheStatus.PAID}' AND OLD.status IN ('{TrancheStatus.PAID}')",
        exists=PAYMENT_OF_TRANCHE,
    ),
    *append_only("grants_taxcheck"),
    *append_only("grants_bankanswer"),
    *kept("grants_paymentbatch", unique=(("public_id",), ("number",))),
    *frozen(
        "grants_paymentbatch",
        "batch_frozen",
        ("number", "programme_year_id", "made_by_id", "made_at"),
        "a register keeps its number and its maker",
        once=(
            "checked_at",
            "checked_by_id",
            "sent_at",
            "sent_by_id",
            "register_xlsx_id",
            "register_csv_id",
            "settled_at",
            "cancelled_at",
        ),
    ),
    refusal(
        "batch_not_by_who_approved",
        "grants_paymentbatch",
        when="BEFORE UPDATE",
        message="who approved a tranche neither checks nor pays it",
        condition=(
            "(OLD.checked_by_id IS NULL AND NEW.checked_by_id IS NOT NULL) "
            "OR (OLD.sent_by_id IS NULL AND NEW.sent_by_id IS NOT NULL)"
        ),
        exists=(
            "SELECT 1 FROM grants_payment p JOIN grants_tranche t ON t.id = p.tranche_id WHERE p.batch_id = NEW.id "
            "AND p.cancelled_at IS NULL AND t.approved_by_id IN (NEW.checked_by_id, NEW.sent_by_id)"
        ),
    ),
    refusal(
        "batch_sent_with_its_register",
        "grants_paymentbatch",
        when="BEFORE UPDATE",
        message="a register goes to the bank checked, with its files, and with what may be paid today",
        condition="OLD.sent_at IS NULL AND NEW.sent_at IS NOT NULL",
        exists=(
            "SELECT 1 WHERE NEW.register_xlsx_id IS NULL OR NEW.register_csv_id IS NULL OR EXISTS "
            "(SELECT 1 FROM grants_payment p JOIN grants_tranche t ON t.id = p.tranche_id JOIN accounts_bankaccount b "
            "ON b.id = p.bank_account_id WHERE p.batch_id = NEW.id AND p.cancelled_at IS NULL "
            f"AND (t.status <> '{TrancheStatus.APPROVED}' OR b.closed_at IS NOT NULL OR b.checked_at IS NULL "
            "OR EXISTS (SELECT 1 FROM grants_hold h WHERE h.award_id = t.award_id AND h.lifted_at IS NULL)))"
        ),
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
        "payment_never_early",
        "grants_payment",
        when="BEFORE INSERT",
        message="nothing is paid before the contract is signed, and no tranche before the one ahead of it",
        exists=(
            "SELECT 1 FROM grants_tranche t JOIN grants_award w ON w.id = t.award_id "
            f"WHERE t.id = NEW.tranche_id AND ({EARLY})"
        ),
    ),
    refusal(
        "payment_into_a_new_register",
        "grants_payment",
        when="BEFORE INSERT",
        message="a register that was checked takes no more payments",
        exists=BATCH + f"b.status <> '{BatchStatus.MADE}'",
    ),
    refusal(
        "payment_paid_by_the_bank",
        "grants_payment",
        when="BEFORE UPDATE",
        message="a payment is paid, or not, after its register went to the bank",
        condition=(
            "(OLD.paid_at IS NULL AND NEW.paid_at IS NOT NULL) OR (OLD.failed_at IS NULL AND NEW.failed_at IS NOT NULL)"
        ),
        exists=BATCH + "b.sent_at IS NULL",
    ),
    refusal(
        "payment_cancelled_before_the_bank",
        "grants_payment",
        when="BEFORE UPDATE",
        message="what went to the bank is no longer taken out",
        condition="OLD.cancelled_at IS NULL AND NEW.cancelled_at IS NOT NULL",
        exists=BATCH + "b.sent_at IS NOT NULL",
    ),
    refusal(
        "payment_keeps_its_order",
        "grants_payment",
        when="BEFORE UPDATE",
        message="a payment keeps its order number",
        condition="OLD.paid_at IS NOT NULL AND NEW.order_number <> OLD.order_number",
    ),
    refusal(
        "payment_comes_back_reversed",
        "grants_payment",
        when="BEFORE UPDATE",
        message="a paid payment comes back with the reversal of its entry",
        condition="OLD.failed_at IS NULL AND NEW.failed_at IS NOT NULL",
        exists=STANDING.format(payment="NEW.id"),
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
    refusal(
        "award_hold_lifted_by_two",
        "grants_hold",
        when="BEFORE UPDATE",
        message="a hold that a person placed is lifted by two: one proposes, another one confirms",
        condition="OLD.lifted_at IS NULL AND NEW.lifted_at IS NOT NULL AND NEW.placed_by_id IS NOT NULL",
        exists=(
            "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM accounts_approval a WHERE a.object_type = 'grants.hold' "
            f"AND a.object_id = NEW.id AND a.kind = '{ApprovalKind.LIFT_HOLD}' AND a.confirmed_at IS NOT NULL "
            "AND a.confirmed_by_id = NEW.lifted_by_id)"
        ),
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
            "OR p.cancelled_at IS NOT NULL OR p.paid_at IS NULL OR EXISTS "
            "(SELECT 1 FROM grants_ledgerentry e JOIN grants_payment q ON q.id = e.payment_id "
            "WHERE q.tranche_id = p.tranche_id AND NOT EXISTS "
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
TRIGGERS = [*MONEY, *LEDGER]
