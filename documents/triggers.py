"""A stored document never changes and never goes; erasing it leaves a tombstone, once. Signatures are append-only."""

from core.triggers import append_only, kept, refusal

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
    *append_only("documents_signature", unique=(("public_id",), ("document_id", "fingerprint"))),
    refusal(
        "signature_of_these_bytes",
        "documents_signature",
        when="BEFORE INSERT",
        message="a signature names the hash of its own document, which is not erased",
        exists=(
            "SELECT 1 FROM documents_document d WHERE d.id = NEW.document_id "
            "AND (d.sha256 <> NEW.sha256 OR d.erased_at IS NOT NULL)"
        ),
    ),
]
