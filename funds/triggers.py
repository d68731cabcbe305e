"""The ledger is append-only, a reversal is exact, and no more is paid than was approved and than the fund has."""

from core.triggers import append_only, refusal, rule
from funds.statuses import EntryKind

# A sum without a lock lets two concurrent payments through, so PostgreSQL locks the fund's row first (as the action
# has already done). SQLite has one writer.
OVERPAID = (
    "SELECT 1 FROM funds_investment i JOIN funds_project p ON p.id = i.project_id "
    "JOIN funds_fund f ON f.id = p.fund_id WHERE i.id = NEW.investment_id AND ("
    "f.id <> NEW.fund_id OR i.currency <> NEW.currency "
    "OR i.amount + NEW.amount + (SELECT COALESCE(SUM(amount), 0) FROM funds_ledgerentry "
    "WHERE investment_id = i.id AND kind = 'disbursement') < 0 "
    "OR f.capital + NEW.amount + (SELECT COALESCE(SUM(amount), 0) FROM funds_ledgerentry "
    "WHERE fund_id = f.id AND kind = 'disbursement') < 0)"
)
OVERPAID_MESSAGE = "a payment stays within its approved investment and the capital of the fund"

TRIGGERS = [
    *append_only("funds_ledgerentry", unique=(("reverses_id",),)),
    refusal(
        "reversal_is_exact",
        "funds_ledgerentry",
        when="BEFORE INSERT",
        message="a reversal repeats its row with the opposite sign",
        exists=(
            "SELECT 1 FROM funds_ledgerentry o WHERE o.id = NEW.reverses_id AND (o.amount <> -NEW.amount "
            "OR o.kind <> NEW.kind OR o.currency <> NEW.currency OR o.fund_id <> NEW.fund_id "
            "OR COALESCE(o.investment_id, 0) <> COALESCE(NEW.investment_id, 0) OR o.value_on <> NEW.value_on "
            "OR o.reverses_id IS NOT NULL)"
        ),
    ),
    refusal(
        "disbursement_names_its_investment",
        "funds_ledgerentry",
        when="BEFORE INSERT",
        message="a payment to a project names its investment",
        condition=f"NEW.kind = '{EntryKind.DISBURSEMENT}' AND NEW.investment_id IS NULL",
    ),
    rule(
        "disbursement_within_approval",
        "funds_ledgerentry",
        when="BEFORE INSERT",
        condition=f"NEW.kind = '{EntryKind.DISBURSEMENT}'",
        sqlite=f"SELECT RAISE(ABORT, '{OVERPAID_MESSAGE}') WHERE EXISTS ({OVERPAID});",
        postgresql=(
            "PERFORM 1 FROM funds_fund WHERE id = NEW.fund_id FOR UPDATE; "
            f"IF EXISTS ({OVERPAID}) THEN RAISE EXCEPTION '{OVERPAID_MESSAGE}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        ),
    ),
    # What was approved is never typed over once money has moved.
    refusal(
        "investment_frozen",
        "funds_investment",
        when="BEFORE UPDATE",
        message="an investment from which money has moved keeps its project, amount and currency",
        condition="OLD.amount <> NEW.amount OR OLD.currency <> NEW.currency OR OLD.project_id <> NEW.project_id",
        exists="SELECT 1 FROM funds_ledgerentry WHERE investment_id = OLD.id",
    ),
]
