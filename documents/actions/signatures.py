"""Signing a stored file: by a scan, by a ready file, through NCALayer. One row for each signature, never changed.

`sign_document` is called by the action of who owns the document (a contract, minutes), inside its own transaction or
alone. A refused signature leaves an audit event and nothing else. Inside a transaction that the refusal rolls back the
event would go too: such an action calls `check_container` before it begins, and hands on what that answers.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.policy import may_sign_for
from accounts.statuses import IDENTIFIED_BY_IIN, OrganisationKind
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from documents.actions.check import check_upload
from documents.actions.signature_words import refusal_of
from documents.actions.store import atomic_with_files, store_bytes, store_upload
from documents.formulas.cms import LARGEST, to_der
from documents.formulas.signatures import Facts, MustBe, verify
from documents.formulas.unsound import Flaw, Unsound
from documents.models import Document, Signature
from documents.queries import authorities, revocation_lists
from documents.statuses import SignatureResult, SignatureWay

# Streebog reads 150 kB in a second: what is signed here are papers of some pages.
MOST_SIGNED_BYTES = 2 * 1024 * 1024
CMS_MEDIA_TYPE = "application/pkcs7-signature"


@dataclass(frozen=True)
class CheckedContainer:
    """What `check_container` answers: these bytes are a sound signature of `must_be` under this document."""

    der: bytes
    document_id: int
    must_be: MustBe
    at: datetime
    facts: Facts


def expected_signer(by: Any, organisation: Organisation | None) -> MustBe:
    """Whose key it has to be: the organisation's BIN and, where the account has one, the person's own IIN; of a person,
    a self-employed person, a sole proprietor and a team the IIN alone.

    Raises Refused where the account has no IIN to compare with.
    """
    if organisation is None or organisation.kind == OrganisationKind.TEAM:
        must_be = MustBe(iin=by.iin)
    elif organisation.kind in IDENTIFIED_BY_IIN:
        must_be = MustBe(iin=organisation.identifier)
    else:
        must_be = MustBe(iin=by.iin, bin=organisation.identifier)
    if not must_be.iin and not must_be.bin:
        raise Refused(
            _("Your account has no IIN, so nobody can say whether the key is yours. Add it in your account first."),
            code="no_iin",
        )
    return must_be


def check_container(document: Document, container: File | bytes, *, must_be: MustBe, by: Any) -> CheckedContainer:
    """Reads and checks a signature under `document`. Raises Refused with the sentence of its first flaw, and leaves an
    audit event of it: what, by whom, why; nothing of the certificate.
    """
    content, now = _signed_bytes(document), clock.now()
    try:
        raw = _read(container)
        facts = verify(raw, content, must_be=must_be, at=now, authorities=authorities(), lists=revocation_lists())
    except Unsound as unsound:
        with transaction.atomic():
            record("signature.refuse", document, by=by, data={"flaw": unsound.flaw, "sha256": document.sha256})
        raise refusal_of(unsound.flaw) from unsound
    return CheckedContainer(to_der(raw), document.pk, must_be, now, facts)


def sign_document(
    document: Document,
    *,
    way: str,
    by: Any,
    organisation: Organisation | None = None,
    container: File | bytes | CheckedContainer | None = None,
    scan: File | None = None,
    must_be: MustBe | None = None,
) -> Signature:
    """One signature more under a stored file; the same container, or the same scan, twice is one.

    `must_be` names whose key it has to be where that is not `by` for `organisation` (`expected_signer`): staff with the
    BIN of the house. Raises NotAllowed for who may not sign for the organisation, Refused for a flaw, for a document
    that is erased or too long, and for a container that another person sent.
    """
    if organisation is not None and not may_sign_for(by, organisation):
        raise NotAllowed(_("Only an owner of the organisation may sign for it."), code="not_allowed")
    if way == SignatureWay.SCAN:
        return _keep_scan(document, _there(scan), organisation, by)
    given = _there(container)
    must_be = must_be or expected_signer(by, organisation)
    if not isinstance(given, CheckedContainer):
        given = check_container(document, given, must_be=must_be, by=by)
    if (given.document_id, given.must_be) != (document.pk, must_be):
        raise ValueError("checked was another signature")
    return _keep_container(document, given, way, organisation, by)


def _there(file: Any) -> Any:
    if not file:
        raise Refused(_("The signature did not arrive. Choose the file again, or sign again."), code="missing")
    return file


def _read(container: File | bytes) -> bytes:
    """At most so much as is looked at, whatever was sent."""
    if isinstance(container, bytes):
        return container
    container.seek(0)
    raw = container.read(2 * LARGEST + 1)
    if not isinstance(raw, bytes):
        raise Unsound(Flaw.UNREADABLE)
    return raw


def _signed_bytes(document: Document) -> bytes:
    """The stored bytes, which are those of the row."""
    if document.erased_at:
        raise Refused(_("This document was erased and can be signed no more."), code="erased")
    if document.size > MOST_SIGNED_BYTES:
        raise Refused(
            _("This document is too long to be signed here. Sign it on paper and send the scan."), code="long"
        )
    with document.file.open("rb") as stored:
        content = bytes(stored.read())
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise RuntimeError(f"the stored bytes of document {document.pk} are not those of its row")
    return content


@atomic_with_files()
def _keep_scan(document: Document, scan: File, organisation: Organisation | None, by: Any) -> Signature:
    checked = check_upload(scan)
    checked.seek(0)
    fingerprint = hashlib.sha256(checked.read()).hexdigest()
    document = _locked(document)
    there = _same(document, fingerprint, organisation, by)
    if there:
        return there
    stored = store_upload(checked, by=by)
    signature = Signature(way=SignatureWay.SCAN, result=SignatureResult.ATTACHED, scan=stored, signed_at=clock.now())
    return _keep(signature, document, fingerprint, organisation, by)


@atomic_with_files()
def _keep_container(
    document: Document, checked: CheckedContainer, way: str, organisation: Organisation | None, by: Any
) -> Signature:
    fingerprint = hashlib.sha256(checked.der).hexdigest()
    document = _locked(document)
    there = _same(document, fingerprint, organisation, by)
    if there:
        return there
    facts = checked.facts
    signature = Signature(
        way=way,
        result=result_of(facts),
        signed_at=checked.at,
        container=store_bytes(checked.der, name=f"{document.public_id}.p7s", media_type=CMS_MEDIA_TYPE, by=by),
        claimed_at=facts.claimed_at,
        algorithm=facts.algorithm,
        serial=facts.serial,
        issuer=facts.issuer,
        role=facts.role,
        valid_from=facts.valid_from,
        valid_until=facts.valid_until,
        is_test=facts.is_test,
        revocation_at=facts.revocation_at,
    )
    return _keep(signature, document, fingerprint, organisation, by)


def result_of(facts: Facts) -> str:
    """«Valid» only where an authority that is pinned vouches and nobody on the way to it was revoked; where revocation
    was not looked at the result says so; without a pinned authority the signature is attached and no more.
    """
    if not facts.is_chained:
        return SignatureResult.ATTACHED
    return SignatureResult.VALID if facts.revocation_at else SignatureResult.NOT_REVOKED_UNKNOWN


def _locked(document: Document) -> Document:
    document = lock(document)
    if document.erased_at:
        raise Refused(_("This document was erased and can be signed no more."), code="erased")
    return document


def _same(document: Document, fingerprint: str, organisation: Organisation | None, by: Any) -> Signature | None:
    """The row of this container, where the same press came twice. Raises Refused where another person sent it."""
    there = document.signatures.filter(fingerprint=fingerprint).first()
    if there and (there.signed_by_id, there.organisation_id) != (by.pk, organisation and organisation.pk):
        raise Refused(
            _("This signature was sent before, by another person. Sign with your own key. Nothing was changed."),
            code="sent_before",
        )
    return there


def _keep(
    signature: Signature, document: Document, fingerprint: str, organisation: Organisation | None, by: Any
) -> Signature:
    signature.document, signature.sha256, signature.fingerprint = document, document.sha256, fingerprint
    signature.signed_by, signature.organisation = by, organisation
    signature.save(force_insert=True)
    data = {"document": document.public_id, "sha256": document.sha256, "fingerprint": fingerprint}
    record("signature.add", signature, by=by, data={**data, "way": signature.way, "result": signature.result})
    return signature
