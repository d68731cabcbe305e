"""A certificate of Kazakhstan's authority: whose it is, what for, until when, and who may issue others.

The number of a person stands in serialNumber as «IIN» and twelve digits, the organisation's in OU as «BIN» and twelve
digits. They are compared with what the account holds and their check digits never looked at: the authority's own test
certificates carry numbers that fail it. Names are not read: GN is the patronymic there.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, NameOID

from documents.formulas.der import dotted, elements
from documents.formulas.keys import Algorithm, check_signature
from documents.formulas.unsound import Flaw, Unsound

LARGEST = 32 * 1024
MOST_SERIAL = 1 << 8 * 32  # twenty bytes are allowed
IIN = re.compile(r"IIN([0-9]{12})")
BIN = re.compile(r"BIN([0-9]{12})")

# 1.2.398.3.3.4.1.* in extended key usage: who the holder is.
PERSON, ORGANISATION = "1.2.398.3.3.4.1.1", "1.2.398.3.3.4.1.2"
ROLES = {
    f"{ORGANISATION}.1": "head",
    f"{ORGANISATION}.2": "right_to_sign",
    f"{ORGANISATION}.3": "finance",
    f"{ORGANISATION}.4": "staff",
    f"{ORGANISATION}.5": "employee",
}
MAY_SIGN = ("head", "right_to_sign")
# Critical extensions that are looked at. Who does not know another one may not trust the certificate (RFC 5280, 4.2).
KNOWN = frozenset(
    {
        ExtensionOID.BASIC_CONSTRAINTS,
        ExtensionOID.KEY_USAGE,
        ExtensionOID.EXTENDED_KEY_USAGE,
        ExtensionOID.CERTIFICATE_POLICIES,
    }
)


BROKEN = (
    ValueError, TypeError, KeyError, IndexError, UnsupportedAlgorithm,
    x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType,
)  # fmt: skip


@dataclass(frozen=True)
class Certificate:
    """What is needed of one. `der` is the whole, `key` its SubjectPublicKeyInfo; names are DER, to be compared."""

    der: bytes
    tbs: bytes
    key: bytes
    algorithm: Algorithm
    signature: bytes
    serial: int
    subject: bytes
    issuer: bytes
    issuer_name: str
    valid_from: datetime
    valid_until: datetime
    iin: str
    bin: str
    usages: frozenset[str]  # extended key usage, dotted
    is_authority: bool
    path_length: int | None
    signs_certificates: bool
    signs_lists: bool
    is_binding: bool  # nonRepudiation
    has_unknown: bool  # a critical extension that is not looked at here

    @property
    def is_for_signing(self) -> bool:
        """Documents, not signing in: emailProtection and nonRepudiation."""
        return self.is_binding and ExtendedKeyUsageOID.EMAIL_PROTECTION.dotted_string in self.usages

    @property
    def role(self) -> str:
        """In its organisation, the strongest one; «person» outside of any, nothing where the certificate says none."""
        found = [role for oid, role in ROLES.items() if oid in self.usages]
        if found:
            return found[0]
        return "person" if PERSON in self.usages and not self.bin else ""

    def is_signed_by(self, issuer: "Certificate") -> bool:
        """Whether the issuer's key made its signature. Raises Unsound for the old GOST, which has words of its own."""
        try:
            check_signature(issuer.key, self.algorithm, self.signature, self.tbs)
        except Unsound as unsound:
            if unsound.flaw == Flaw.OLD_GOST:
                raise
            return False
        return True


def read_certificate(der: bytes) -> Certificate:
    """Raises Unsound where it is none, is too large, or says two different numbers of its holder."""
    if len(der) > LARGEST:
        raise Unsound(Flaw.UNREADABLE)
    try:
        return _read(der, x509.load_der_x509_certificate(der), asn1_x509.Certificate.load(der, strict=True))
    except BROKEN as error:
        raise Unsound(Flaw.UNREADABLE) from error


def _read(der: bytes, found: x509.Certificate, parts: asn1_x509.Certificate) -> Certificate:
    """Key and names are taken as they stand there: never parsed, because asn1crypto does not know these keys."""
    inner = parts["tbs_certificate"]
    if not 0 < found.serial_number < MOST_SERIAL:
        raise ValueError("a serial number beyond RFC 5280")
    extensions = {extension.oid: extension for extension in found.extensions}
    limits = _value(extensions, ExtensionOID.BASIC_CONSTRAINTS)
    usage = _value(extensions, ExtensionOID.KEY_USAGE)
    extended = _value(extensions, ExtensionOID.EXTENDED_KEY_USAGE)
    return Certificate(
        der=der,
        tbs=found.tbs_certificate_bytes,
        key=inner["subject_public_key_info"].dump(),
        algorithm=_algorithm_of(parts),
        signature=found.signature,
        serial=found.serial_number,
        subject=inner["subject"].dump(),
        issuer=inner["issuer"].dump(),
        issuer_name=_common_name(found.issuer),
        valid_from=found.not_valid_before_utc,
        valid_until=found.not_valid_after_utc,
        iin=_number(found.subject, IIN, NameOID.SERIAL_NUMBER),
        bin=_number(found.subject, BIN, NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.SERIAL_NUMBER),
        usages=frozenset(usage.dotted_string for usage in extended or ()),
        is_authority=bool(limits and limits.ca),
        path_length=limits.path_length if limits and limits.ca else None,
        signs_certificates=bool(usage and usage.key_cert_sign),
        signs_lists=bool(usage and usage.crl_sign),
        is_binding=bool(usage and usage.content_commitment),
        has_unknown=any(extension.critical and oid not in KNOWN for oid, extension in extensions.items()),
    )


def _value(extensions: dict[x509.ObjectIdentifier, x509.Extension], oid: x509.ObjectIdentifier):  # type: ignore[no-untyped-def]
    return extensions[oid].value if oid in extensions else None


def _algorithm_of(parts: asn1_x509.Certificate) -> Algorithm:
    """The outer algorithm, which must be the one that is signed inside (RFC 5280, 4.1.1.2)."""
    outer, inner = parts["signature_algorithm"], parts["tbs_certificate"]["signature"]
    if outer.dump() != inner.dump():
        raise ValueError("two algorithms")
    return algorithm_of(outer.dump())


def algorithm_of(der: bytes) -> Algorithm:
    """An AlgorithmIdentifier: its OID, and its parameters as they are."""
    oid, *parameters = elements(der)
    return Algorithm(dotted(oid), b"".join(parameters))


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return "".join(c for c in str(found[0].value) if c.isprintable())[:200] if found else ""


def _number(name: x509.Name, pattern: re.Pattern[str], *places: x509.ObjectIdentifier) -> str:
    """The number in one of these places. Two different ones make it nobody's: ValueError."""
    texts = [str(one.value) for place in places for one in name.get_attributes_for_oid(place)]
    found = {match[1] for text in texts if (match := pattern.fullmatch(text))}
    if len(found) > 1:
        raise ValueError("two numbers")
    return found.pop() if found else ""
