"""Giving a consent, and withdrawing it."""

from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, ConsentText, Organisation
from accounts.queries.consents import WITHDRAWABLE, in_force, text_in_force
from accounts.statuses import ConsentKind
from core.audit import record
from core.refusals import NotAllowed, Refused


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


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: Any) -> Consent:
    """A row of its own that ends this consent; the same press twice is one row.

    Raises NotAllowed for somebody else's, Refused for a declaration (a statement of fact is no permission) and for
    the consent without which there is no account.
    """
    if consent.user_id != by.pk:
        raise NotAllowed(_("Only the person who gave a consent withdraws it."), code="not_yours")
    if consent.text.kind == ConsentKind.PERSONAL_DATA:
        raise Refused(
            _("Without this consent there is no account. To withdraw it, erase your account. Nothing was changed."),
            code="account_needs_it",
        )
    if consent.text.kind not in WITHDRAWABLE:
        raise Refused(
            _("A declaration cannot be withdrawn. You may withdraw the application instead. Nothing was changed."),
            code="declaration",
        )
    given = next((row for row in in_force(by) if _same(row, consent)), None)
    return _end(given, by) if given else consent


def withdraw_all(*, by: Any) -> int:
    """Everything that may be withdrawn, and the consent to process data: the end of an account. Returns how many."""
    ended = [row for row in in_force(by) if row.text.kind in {*WITHDRAWABLE, ConsentKind.PERSONAL_DATA}]
    return len([_end(row, by) for row in ended])


def _same(one: Consent, other: Consent) -> bool:
    return (one.text.kind, one.about) == (other.text.kind, other.about)


def _end(given: Consent, by: Any) -> Consent:
    row = Consent.objects.create(
        user=given.user,
        organisation=given.organisation,
        text=given.text,
        text_sha256=given.text_sha256,
        is_given=False,
        language=(get_language() or "kk")[:2],
        about=given.about,
    )
    record("consent.withdraw", row, by=by, data={"kind": given.text.kind, "version": given.text.version})
    return row
