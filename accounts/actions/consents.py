"""Giving a consent."""

from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from accounts.models import Consent, ConsentText, Organisation
from accounts.queries.consents import text_in_force
from core.audit import record


@transaction.atomic(savepoint=False)
def give_consent(
    kind: str, *, by: Any, text: ConsentText | None = None, organisation: Organisation | None = None, about: str = ""
) -> Consent:
    """Keeps that `by` agreed to the text that was shown: its version, its SHA-256, the language it was read in.

    `text` is the version that stood on the page (the one in force by default); `about` is the public id of what the
    consent belongs to, an application for example.
    """
    shown = text or text_in_force(kind)
    consent = Consent.objects.create(
        user=by,
        organisation=organisation,
        text=shown,
        text_sha256=shown.sha256(),
        language=(get_language() or "kk")[:2],
        about=about,
    )
    record("consent.give", consent, by=by, data={"kind": kind, "version": shown.version, "sha256": consent.text_sha256})
    return consent
