"""Last words of the accounts app: consents and what people agreed to, and an account number, which never changes."""

from core.triggers import append_only, kept, refusal

TRIGGERS = [
    *append_only("accounts_consent"),
    *append_only("accounts_erasure"),
    refusal(
        "consenttext_frozen",
        "accounts_consenttext",
        when="BEFORE UPDATE",
        message="a consent text that somebody agreed to is frozen",
        exists="SELECT 1 FROM accounts_consent WHERE text_id = OLD.id",
    ),
    refusal(
        "consenttext_kept",
        "accounts_consenttext",
        when="BEFORE DELETE",
        message="a consent text that somebody agreed to is kept",
        exists="SELECT 1 FROM accounts_consent WHERE text_id = OLD.id",
    ),
    refusal(
        "bankaccount_frozen",
        "accounts_bankaccount",
        when="BEFORE UPDATE",
        message="a bank account is never changed: close it and add another",
        condition=(
            "NEW.iban <> OLD.iban OR NEW.bic <> OLD.bic OR NEW.organisation_id <> OLD.organisation_id"
            " OR (OLD.closed_at IS NOT NULL AND NEW.closed_at IS NULL)"
            " OR (OLD.checked_at IS NOT NULL AND (NEW.checked_at IS NULL OR NEW.checked_at <> OLD.checked_at))"
        ),
    ),
    # What two people agreed to stays as it was proposed, and is settled once.
    *kept("accounts_approval", unique=(("public_id",),)),
    refusal(
        "approval_frozen",
        "accounts_approval",
        when="BEFORE UPDATE",
        message="what was proposed never changes, and it is settled once",
        condition=(
            "NEW.kind <> OLD.kind OR NEW.object_type <> OLD.object_type OR NEW.object_id <> OLD.object_id"
            " OR NEW.reason <> OLD.reason OR NEW.proposed_at <> OLD.proposed_at"
            " OR NEW.proposed_by_id <> OLD.proposed_by_id"
            " OR CAST(NEW.payload AS TEXT) <> CAST(OLD.payload AS TEXT)"
            " OR OLD.confirmed_at IS NOT NULL OR OLD.turned_down_at IS NOT NULL"
        ),
    ),
]
