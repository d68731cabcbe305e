"""A stored document never changes and never goes; erasing it leaves a tombstone, once."""

from core.triggers import kept, refusal

# What a tombstone keeps as proof. The bytes, the name and the person may go: a name can be personal data.
PROOF = ("id", "public_id", "media_type", "size", "sha256", "uploaded_at")

TRIGGERS = [
    refusal(
        "document_frozen",
        "documents_document",
        when="BEFORE UPDATE",
        message="a stored document never changes",
        condition=" OR ".join(
            [*(f"OLD.{c} <> NEW.{c}" for c in PROOF), "OLD.erased_at IS NOT NULL", "NEW.erased_at IS NULL"]
        ),
    ),
    *kept("documents_document", unique=(("public_id",),)),
]
