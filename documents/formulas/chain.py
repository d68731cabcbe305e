"""From a certificate to an authority that the deployer pinned, and the lists of what was revoked.

`cryptography` has a verifier of chains, but it knows neither Kazakhstan's algorithms nor certificates of people. Ours
is the plain part of RFC 5280: names, signatures, validity, basic constraints, key usage, path length, no critical
extension that is not looked at. No cross-certificates, no name constraints, no policies.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from asn1crypto import crl as asn1_crl
from cryptography import x509

from documents.formulas import gost
from documents.formulas.certificates import Certificate, algorithm_of
from documents.formulas.keys import Algorithm, check_signature
from documents.formulas.unsound import Flaw, Unsound

LONGEST = 4  # issuers between a certificate and its anchor, the anchor among them
SKEW = timedelta(minutes=5)
LARGEST_GOST_LIST = 1024 * 1024  # Streebog needs 7 s for it; a larger one does not answer, and the result says so
GOST_SIGNATURES = (gost.SIGNATURE_256, gost.SIGNATURE_512)


@dataclass(frozen=True)
class Authority:
    """A pinned certificate; a test authority is marked wherever its signatures are shown."""

    certificate: Certificate
    is_test: bool = False


@dataclass(frozen=True)
class Chain:
    """The certificates from the signer's up to the one below the anchor, and the anchor."""

    links: tuple[Certificate, ...]
    anchor: Authority

    def pairs(self) -> Iterable[tuple[Certificate, Certificate]]:
        """Each certificate with its issuer."""
        return zip(self.links, (*self.links[1:], self.anchor.certificate), strict=True)


@dataclass(frozen=True)
class RevocationList:
    """A CRL as its issuer published it."""

    issuer: bytes
    tbs: bytes
    signature: bytes
    algorithm: Algorithm
    made_at: datetime
    next_at: datetime
    parsed: x509.CertificateRevocationList


def check_validity(certificate: Certificate, at: datetime) -> None:
    """Raises Unsound before the first and after the last moment of a certificate."""
    if at < certificate.valid_from:
        raise Unsound(Flaw.NOT_YET_VALID)
    if at > certificate.valid_until:
        raise Unsound(Flaw.EXPIRED)


def find_chain(
    certificate: Certificate, others: Iterable[Certificate], authorities: Iterable[Authority], at: datetime
) -> Chain:
    """The way to a pinned authority. Raises Unsound: UNKNOWN_AUTHORITY, or UNFIT_AUTHORITY where one on the way
    signed, but may not issue certificates or could not at that time.
    """
    links, pinned, helpers, flaw = [certificate], list(authorities), list(others), Flaw.UNKNOWN_AUTHORITY
    while len(links) <= LONGEST:
        last, below = links[-1], len(links) - 1
        anchors = [one for one in pinned if _issued(one.certificate, last)]
        issuers = [one for one in helpers if one not in links and _issued(one, last)]
        for anchor in anchors:
            if may_issue(anchor.certificate, at, below=below):
                return Chain(tuple(links), anchor)
        fit = next((one for one in issuers if may_issue(one, at, below=below)), None)
        if fit is None:
            flaw = Flaw.UNFIT_AUTHORITY if anchors or issuers else flaw
            break
        links.append(fit)
    raise Unsound(flaw)


def _issued(issuer: Certificate, certificate: Certificate) -> bool:
    return issuer.subject == certificate.issuer and certificate.is_signed_by(issuer)


def may_issue(issuer: Certificate, at: datetime, *, below: int) -> bool:
    """Whether this is an authority that could issue certificates at that moment, with `below` others under it."""
    return (
        issuer.is_authority
        and issuer.signs_certificates
        and not issuer.has_unknown
        and (issuer.path_length is None or issuer.path_length >= below)
        and issuer.valid_from <= at <= issuer.valid_until
    )


def read_list(der: bytes) -> RevocationList:
    """A CRL in DER. Raises ValueError where it is none; a delta list is not taken."""
    parsed = x509.load_der_x509_crl(der)
    if any(e.critical and e.oid != x509.CRLNumber.oid for e in parsed.extensions) or not parsed.next_update_utc:
        raise ValueError("a revocation list of a part, or without an end")
    outer = asn1_crl.CertificateList.load(der, strict=True)
    return RevocationList(
        issuer=outer["tbs_cert_list"]["issuer"].dump(),
        tbs=parsed.tbs_certlist_bytes,
        signature=parsed.signature,
        algorithm=algorithm_of(outer["signature_algorithm"].dump()),
        made_at=parsed.last_update_utc,
        next_at=parsed.next_update_utc,
        parsed=parsed,
    )


def check_revocation(chain: Chain, lists: Iterable[RevocationList], at: datetime) -> datetime | None:
    """When the oldest of the lists was made that answered for every certificate below the anchor.

    None where one of them has no list that is signed by its issuer and holds at that moment: then nobody knows. Raises
    Unsound for a revoked one.
    """
    lists, made = list(lists), []
    for certificate, issuer in chain.pairs():
        fresh = [one for one in lists if one.issuer == issuer.subject and one.made_at - SKEW <= at <= one.next_at]
        answering = [one for one in fresh if _is_signed_by(one, issuer)]
        if any(one.parsed.get_revoked_certificate_by_serial_number(certificate.serial) for one in answering):
            raise Unsound(Flaw.REVOKED)
        made.append(max((one.made_at for one in answering), default=None))
    known = [moment for moment in made if moment is not None]
    return min(known) if len(known) == len(made) else None


def _is_signed_by(found: RevocationList, issuer: Certificate) -> bool:
    if len(found.tbs) > LARGEST_GOST_LIST and found.algorithm.oid in GOST_SIGNATURES:
        return False
    return issuer.signs_lists and _fits(issuer.key, found.algorithm, found.signature, found.tbs)


@lru_cache(maxsize=8)
def _fits(key: bytes, algorithm: Algorithm, signature: bytes, tbs: bytes) -> bool:
    """Kept for the lists of today, which are public: hashing one takes seconds."""
    try:
        check_signature(key, algorithm, signature, tbs)
    except Unsound:
        return False
    return True
