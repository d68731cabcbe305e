"""A signature container (CMS SignedData, RFC 5652) taken apart: what is signed, by which certificate, how.

Taken as DER, base64 with line breaks or under a PEM header. It comes from strangers: its size, its certificates and
its attributes are counted before anything is computed. Signed attributes are required: without them the bytes of one
kind of signature can be shown as those of another.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, core

from documents.formulas.certificates import Certificate, algorithm_of, read_certificate
from documents.formulas.keys import Algorithm
from documents.formulas.unsound import Flaw, Unsound

LARGEST = 256 * 1024  # with a chain and a time stamp a container has 10 to 60 kB
MOST_CERTIFICATES = 16
MOST_ATTRIBUTES = 32
SIGNED_DATA, DATA = "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1"
CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME = (f"1.2.840.113549.1.9.{n}" for n in (3, 4, 5))
PEM = re.compile(rb"-----BEGIN (?:CMS|PKCS7)-----(.*?)-----END (?:CMS|PKCS7)-----", re.DOTALL)
BASE64 = re.compile(rb"[A-Za-z0-9+/\s]+={0,2}\s*")
BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError)


@dataclass(frozen=True)
class Container:
    """One signer's detached signature. `attributes` is what was signed: the attributes, encoded as a SET."""

    algorithm: Algorithm
    attributes: bytes
    message_digest: bytes
    claimed_at: datetime | None
    signature: bytes
    certificate: Certificate
    others: tuple[Certificate, ...]


def to_der(raw: bytes) -> bytes:
    """The bytes of the container, whichever way they were written. Raises Unsound for anything else."""
    if len(raw) > 2 * LARGEST:
        raise Unsound(Flaw.UNREADABLE)
    stripped = raw.strip()
    if found := PEM.fullmatch(stripped):
        stripped = found[1]
    if not stripped.startswith(b"\x30"):
        if not BASE64.fullmatch(stripped):
            raise Unsound(Flaw.UNREADABLE)
        try:
            stripped = base64.b64decode(b"".join(stripped.split()), validate=True)
        except binascii.Error as error:
            raise Unsound(Flaw.UNREADABLE) from error
    else:
        stripped = raw  # a last byte of DER may look like white space
    if not stripped.startswith(b"\x30") or len(stripped) > LARGEST:
        raise Unsound(Flaw.UNREADABLE)
    return stripped


def open_container(raw: bytes) -> Container:
    """Raises Unsound: UNREADABLE, TWO_SIGNERS, ENCAPSULATED, and OLD_GOST or ALGORITHM where its words say so."""
    try:
        return _open(to_der(raw))
    except BROKEN as error:
        raise Unsound(Flaw.UNREADABLE) from error


def _open(der: bytes) -> Container:
    outer = cms.ContentInfo.load(der, strict=True)
    if outer["content_type"].dotted != SIGNED_DATA:
        raise Unsound(Flaw.UNREADABLE)
    signed = outer["content"]
    signers = signed["signer_infos"]
    if len(signers) != 1:
        raise Unsound(Flaw.TWO_SIGNERS if len(signers) else Flaw.UNREADABLE)
    inner = signed["encap_content_info"]
    if not isinstance(inner["content"], core.Void):
        raise Unsound(Flaw.ENCAPSULATED)
    if inner["content_type"].dotted != DATA:
        raise Unsound(Flaw.UNREADABLE)
    signer = signers[0]
    certificates = _certificates(signed)
    mine = _mine(certificates, signer["sid"])
    found = _attributes(signer["signed_attrs"])
    said = algorithm_of(signer["signature_algorithm"].dump())
    digest = signer["digest_algorithm"]["algorithm"].dotted
    return Container(
        algorithm=Algorithm(said.oid, said.parameters, digest),
        attributes=_as_set(signer["signed_attrs"].dump()),
        message_digest=bytes(_one(found, MESSAGE_DIGEST).native),
        claimed_at=_moment(found[SIGNING_TIME][0].native) if SIGNING_TIME in found else None,
        signature=bytes(signer["signature"].native),
        certificate=mine,
        others=tuple(one for one in certificates if one is not mine),
    )


def _certificates(signed: Any) -> list[Certificate]:
    choices = list(signed["certificates"] or ())
    if not 0 < len(choices) <= MOST_CERTIFICATES:
        raise Unsound(Flaw.UNREADABLE)
    return [read_certificate(choice.chosen.dump()) for choice in choices if choice.name == "certificate"]


def _mine(certificates: list[Certificate], sid: Any) -> Certificate:
    """The signer's, named by issuer and serial number, exactly once."""
    if sid.name != "issuer_and_serial_number":
        raise Unsound(Flaw.UNREADABLE)
    issuer, serial = sid.chosen["issuer"].dump(), sid.chosen["serial_number"].native
    found = {one.der: one for one in certificates if one.serial == serial and one.issuer == issuer}
    if len(found) != 1:
        raise Unsound(Flaw.UNREADABLE)
    return next(iter(found.values()))


def _attributes(attributes: Any) -> dict[str, Any]:
    """Values by OID; each attribute once, and what is signed is data, as the container says itself."""
    if isinstance(attributes, core.Void) or not 0 < len(attributes) <= MOST_ATTRIBUTES:
        raise Unsound(Flaw.UNREADABLE)
    found = {attribute["type"].dotted: attribute for attribute in attributes}
    if len(found) != len(attributes):
        raise Unsound(Flaw.UNREADABLE)
    wanted = {oid: found[oid]["values"] for oid in (CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME) if oid in found}
    if _one(wanted, CONTENT_TYPE).dotted != DATA or any(len(values) != 1 for values in wanted.values()):
        raise Unsound(Flaw.UNREADABLE)
    return wanted


def _one(found: dict[str, Any], oid: str) -> Any:
    if oid not in found or len(found[oid]) != 1:
        raise Unsound(Flaw.UNREADABLE)
    return found[oid][0]


def _moment(said: Any) -> datetime:
    """A time with its zone, in a year that there is."""
    if not isinstance(said, datetime) or said.tzinfo is None:
        raise Unsound(Flaw.UNREADABLE)
    return said


def _as_set(attributes: bytes) -> bytes:
    """RFC 5652, 5.4: signed is the SET OF, not the [0] IMPLICIT that stands in the container."""
    if attributes[0] != 0xA0 or attributes[1] == 0x80:
        raise Unsound(Flaw.UNREADABLE)
    return b"\x31" + attributes[1:]
