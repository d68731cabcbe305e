"""The ledger is append-only; a reversal is exact."""

from core.triggers import append_only, refusal

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
            "OR o.reverses_id IS NOT NULL)"
        ),
    ),
]
