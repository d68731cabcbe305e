"""Append-only tables of the accounts app: consents, and the texts that people agreed to."""

from core.triggers import append_only, refusal

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
]
