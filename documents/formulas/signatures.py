"""Is this a signature over these bytes, of whom, and is it theirs to give? The whole check, without a clock or a disk.

What is not checked, and said wherever a result is shown: revocation where no list was given; a time stamp of a third
party. So the time of signing is the server's own: the signer's machine writes one into the container, but that is a
claim. Whether a certificate held is judged at the moment when the server received the signature (`at`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from documents.formulas.certificates import MAY_SIGN
from documents.formulas.chain import Authority, RevocationList, check_revocation, check_validity, find_chain
from documents.formulas.cms import open_container
from documents.formulas.keys import check_signature, digest_of, name_of
from documents.formulas.unsound import Flaw, Unsound

# A file that was signed yesterday and sent today is right; a clock that is weeks off, or ahead, is not ours to explain.
OLDEST_CLAIM = timedelta(days=30)
NEWEST_CLAIM = timedelta(hours=1)


@dataclass(frozen=True)
class MustBe:
    """Who has to sign: a person by IIN, or an organisation by BIN (and, where it is known, its person by IIN)."""

    iin: str = ""
    bin: str = ""


@dataclass(frozen=True)
class Facts:
    """What a sound signature says. Numbers of people stand in the certificate and are not repeated here.

    `is_chained`: an authority that is pinned vouches for it. `revocation_at`: when the lists were made that do not
    name it; None where nobody looked.
    """

    algorithm: str
    serial: str
    issuer: str
    role: str
    valid_from: datetime
    valid_until: datetime
    claimed_at: datetime | None
    is_test: bool
    is_chained: bool
    revocation_at: datetime | None


def verify(
    raw: bytes,
    content: bytes,
    *,
    must_be: MustBe,
    at: datetime,
    authorities: Sequence[Authority] = (),
    lists: Sequence[RevocationList] = (),
) -> Facts:
    """Raises Unsound with the first flaw, in the order: container, bytes, signature, purpose, whose, authority, time.

    Without any pinned authority everything else is checked and `is_chained` is false: nobody vouches for it.
    """
    container = open_container(raw)
    certificate, digest = container.certificate, container.algorithm.digest
    label = name_of(container.algorithm)
    if digest_of(digest, content) != container.message_digest:
        raise Unsound(Flaw.TAMPERED)
    check_signature(certificate.key, container.algorithm, container.signature, container.attributes)
    if not certificate.is_for_signing or certificate.has_unknown or certificate.is_authority:
        raise Unsound(Flaw.PURPOSE)
    check_holder(certificate.iin, certificate.bin, certificate.role, must_be)
    check_validity(certificate, at)
    chain = find_chain(certificate, container.others, authorities, at) if authorities else None
    revocation_at = check_revocation(chain, lists, at) if chain else None
    check_claim(container.claimed_at, at)
    return Facts(
        algorithm=label,
        serial=f"{certificate.serial:x}",
        issuer=certificate.issuer_name,
        role=certificate.role,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        claimed_at=container.claimed_at,
        is_test=bool(chain and chain.anchor.is_test),
        is_chained=chain is not None,
        revocation_at=revocation_at,
    )


def check_holder(iin: str, bin_: str, role: str, must_be: MustBe) -> None:
    """Raises Unsound where another signs. A head or who has the right to sign, for an organisation; a person or a sole
    proprietor by IIN, and not with the key of some company.
    """
    if not must_be.iin and not must_be.bin:
        raise ValueError("nobody is named who has to sign")
    if must_be.bin and bin_ != must_be.bin:
        raise Unsound(Flaw.WRONG_BIN)
    if must_be.iin and iin != must_be.iin:
        raise Unsound(Flaw.WRONG_IIN)
    if must_be.bin and role not in MAY_SIGN:
        raise Unsound(Flaw.ROLE)
    if not must_be.bin and bin_ not in ("", iin):
        raise Unsound(Flaw.WRONG_BIN)


def check_claim(claimed_at: datetime | None, at: datetime) -> None:
    """Raises Unsound where the signer's machine wrote a time that is far from ours."""
    if claimed_at is not None and not at - OLDEST_CLAIM <= claimed_at <= at + NEWEST_CLAIM:
        raise Unsound(Flaw.CLAIMED_TIME)
