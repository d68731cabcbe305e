"""A stored document never changes; erasing it (a tombstone) is the one exception."""

from core.triggers import refusal

COLUMNS = ("id", "public_id", "original_name", "media_type", "size", "sha256", "uploaded_by_id", "uploaded_at")

TRIGGERS = [
    refusal(
        "document_frozen",
        "documents_document",
        when="BEFORE UPDATE",
        message="a stored document never changes",
        condition=" OR ".join(
            [f"(OLD.{c} <> NEW.{c})" for c in COLUMNS if c != "uploaded_by_id"]
            + ["(OLD.erased_at IS NOT NULL)", "(NEW.erased_at IS NULL)"]
        ),
    ),
    refusal("document_kept", "documents_document", when="BEFORE DELETE", message="a stored document is kept"),
]
