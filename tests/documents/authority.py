"""An authority of our own that issues certificates and signs, as the national one does: RSA, ECDSA, GOST 512 and 256.

Where this comes from: RSA and ECDSA by `cryptography`; it cannot sign with GOST, so a GOST certificate begins as one
with an EC key, and its key, algorithm and signature are put in their places as DER (gostcrypto signs). The layout of
subject, purposes and roles is Kazakhstan's; numbers, names and keys are invented.
"""

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from gostcrypto import gostsignature

from documents.formulas import certificates, gost, keys
from documents.formulas.chain import Authority as Pinned
from documents.formulas.cms import CONTENT_TYPE, DATA, MESSAGE_DIGEST, SIGNED_DATA, SIGNING_TIME
from documents.formulas.der import elements

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
YEAR = timedelta(days=365)
IIN, BIN = "123456789011", "123456789021"  # those of the authority's own test certificates: both fail the checksum
PERSON, ORGANISATION = certificates.PERSON, certificates.ORGANISATION
HEAD, RIGHT_TO_SIGN, EMPLOYEE = (f"{ORGANISATION}.{n}" for n in (1, 2, 5))
SIGNING, LOGIN = ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.CLIENT_AUTH
KINDS = ("rsa", "pss", "ecdsa", "gost512", "gost256")
GOST = {"gost512": (gost.KEY_512, gost.SIGNATURE_512, gost.STREEBOG_512),
        "gost256": (gost.KEY_256, gost.SIGNATURE_256, gost.STREEBOG_256)}  # fmt: skip


# --- DER by hand -----------------------------------------------------------------------------------------------------


def tlv(tag: int, *parts: bytes) -> bytes:
    """One element of DER."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def seq(*parts: bytes) -> bytes:
    return tlv(0x30, *parts)


def oid(dotted: str) -> bytes:
    return core.ObjectIdentifier(dotted).dump()


# --- keys ------------------------------------------------------------------------------------------------------------


class Key:
    """A private key of one of KINDS: its public half as DER, its algorithm, and a signature over any bytes."""

    def __init__(self, kind: str, whose: str) -> None:
        self.kind = kind
        if kind in GOST:
            self.oid, signature, self.digest = GOST[kind]
            strength = gost.STRENGTHS[self.oid]
            self.size = strength.size
            self.curve = gostsignature.new(strength.mode, gostsignature.CURVES_R_1323565_1_024_2019[strength.curve])
            self.secret = bytes([7]) + hashlib.sha512(f"{kind} {whose}".encode()).digest()[: self.size - 1]
            self.algorithm = seq(oid(signature))
            self.private: Any = ec.generate_private_key(ec.SECP256R1())  # keeps the place in a certificate
        else:
            self.digest = keys.SHA256
            is_ec = kind == "ecdsa"
            self.private = ec.generate_private_key(ec.SECP256R1()) if is_ec else rsa.generate_private_key(65537, 2048)
            self.algorithm = {
                "rsa": seq(oid("1.2.840.113549.1.1.11"), b"\x05\x00"),
                "pss": seq(oid("1.2.840.113549.1.1.10"), PSS_PARAMETERS),
                "ecdsa": seq(oid("1.2.840.10045.4.3.2")),
            }[kind]

    @cached_property
    def public(self) -> bytes:
        if self.kind not in GOST:
            form = serialization.PublicFormat.SubjectPublicKeyInfo
            return self.private.public_key().public_bytes(serialization.Encoding.DER, form)
        point = bytes(self.curve.public_key_generate(bytearray(self.secret)))
        little = point[: self.size][::-1] + point[self.size :][::-1]
        parameters = seq(oid(gost.STRENGTHS[self.oid].parameters), oid(self.digest))
        return seq(seq(oid(self.oid), parameters), tlv(0x03, b"\x00", tlv(0x04, little)))

    def sign(self, content: bytes) -> bytes:
        """GOST is signed by gostcrypto's own arithmetic, not by the faster one that verifies."""
        if self.kind in GOST:
            digest = gost.streebog(self.digest, content)[::-1]
            made = bytes(self.curve.sign(bytearray(self.secret), bytearray(digest)))
            return made[: self.size][::-1] + made[self.size :][::-1]
        if self.kind == "ecdsa":
            return self.private.sign(content, ec.ECDSA(hashes.SHA256()))
        pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
        return self.private.sign(content, pss if self.kind == "pss" else padding.PKCS1v15(), hashes.SHA256())


key_of = lru_cache(Key)  # (kind, whose): made once

SHA256_ALGORITHM = seq(oid(keys.SHA256), b"\x05\x00")
PSS_PARAMETERS = seq(
    tlv(0xA0, SHA256_ALGORITHM), tlv(0xA1, seq(oid(keys.MGF1), SHA256_ALGORITHM)), tlv(0xA2, core.Integer(32).dump())
)


# --- certificates ----------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Holder:
    """A key and its certificate, with the one of who issued it."""

    key: Key
    certificate: bytes
    chain: list[bytes] = field(default_factory=list)

    @property
    def pinned(self) -> Pinned:
        return Pinned(certificates.read_certificate(self.certificate), is_test=True)


@lru_cache
def root(kind: str, name: str = "ТЕСТ ҰКО") -> Holder:
    """A self-signed authority, made once."""
    key = key_of(kind, name)
    return Holder(key, certificate(key, key, name, name, is_authority=True))


@lru_cache
def issue(kind: str, *, by: Holder | None = None, **how: Any) -> Holder:
    """A certificate of a person of an organisation (HEAD), unless said otherwise; made once for the same words."""
    issuer = by or root(kind)
    key = key_of(kind, "holder")
    made = certificate(key, issuer.key, "ТЕСТОВ ТЕСТ", issuer.certificate, **how)
    return Holder(key, made, [issuer.certificate, *issuer.chain])


def certificate(
    key: Key,
    issuer_key: Key,
    name: str,
    issuer: str | bytes,
    *,
    is_authority: bool = False,
    path_length: int | None = None,
    iin: str = IIN,
    bin: str = BIN,
    purposes: tuple[Any, ...] = (SIGNING, HEAD),
    is_binding: bool = True,
    signs_certificates: bool = True,
    since: datetime = AT - YEAR,
    until: datetime = AT + YEAR,
    named: tuple[x509.NameAttribute, ...] = (),
    more: tuple[Any, ...] = (),
) -> bytes:
    """DER. `issuer` is a name, or the certificate of who has it; key, algorithm, signature go to their places."""
    above = [x509.NameAttribute(NameOID.COMMON_NAME, issuer)] if isinstance(issuer, str) else []
    over = x509.Name(above) if above else x509.load_der_x509_certificate(bytes(issuer)).subject  # type: ignore[arg-type]
    subject = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if not is_authority:
        subject += [x509.NameAttribute(NameOID.SERIAL_NUMBER, f"IIN{iin}")] if iin else []
        subject += [x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, f"BIN{bin}")] if bin else []
    subject += named
    usage = dict.fromkeys(USAGES, False)
    usage |= {"digital_signature": True, "content_commitment": is_binding and not is_authority}
    usage |= {"key_cert_sign": is_authority and signs_certificates, "crl_sign": is_authority}
    made = x509.CertificateBuilder(
        subject_name=x509.Name(subject),
        issuer_name=over,
        public_key=key.private.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=since,
        not_valid_after=until,
    )
    made = made.add_extension(x509.KeyUsage(**usage), critical=True)
    made = made.add_extension(x509.BasicConstraints(is_authority, path_length if is_authority else None), critical=True)
    for extension, is_critical in more:
        made = made.add_extension(extension, critical=is_critical)
    if not is_authority:
        purposes = tuple(x509.ObjectIdentifier(p) if isinstance(p, str) else p for p in purposes)
        made = made.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    drawn = made.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    parts = elements(elements(drawn)[0])
    parts[2], parts[6] = issuer_key.algorithm, key.public  # [version, serial, algorithm, issuer, dates, subject, key]
    return signed(seq(*parts), issuer_key)


USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def signed(tbs: bytes, key: Key) -> bytes:
    """What a certificate and a revocation list are: the words, the algorithm, the signature."""
    return seq(tbs, key.algorithm, tlv(0x03, b"\x00", key.sign(tbs)))


def revoke(issuer: Holder, *serials: int, at: datetime = AT - timedelta(hours=1), days: int = 7) -> bytes:
    """A revocation list of an authority."""
    made = x509.CertificateRevocationListBuilder(
        issuer_name=x509.load_der_x509_certificate(issuer.certificate).subject,
        last_update=at,
        next_update=at + timedelta(days=days),
    )
    for serial in serials:
        row = x509.RevokedCertificateBuilder(serial_number=serial, revocation_date=at)
        made = made.add_revoked_certificate(row.build())
    drawn = made.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    parts = elements(elements(drawn)[0])
    parts[1] = issuer.key.algorithm
    return signed(seq(*parts), issuer.key)


# --- containers ------------------------------------------------------------------------------------------------------


def attributes(holder: Holder, content: bytes, *, at: datetime | bytes | None = AT) -> bytes:
    """The signed attributes as a SET; `at` as bytes stands there as it is."""
    parts = [
        (CONTENT_TYPE, oid(DATA)),
        (MESSAGE_DIGEST, tlv(0x04, keys.digest_of(holder.key.digest, content))),
        *([(SIGNING_TIME, at if isinstance(at, bytes) else tlv(0x17, f"{at:%y%m%d%H%M%SZ}".encode()))] if at else []),
    ]
    return tlv(0x31, *(seq(oid(dotted), tlv(0x31, value)) for dotted, value in parts))


def signer_info(holder: Holder, content: bytes, *, at: datetime | bytes | None = AT) -> bytes:
    """One SignerInfo over `content`."""
    words = attributes(holder, content, at=at)
    tbs = elements(elements(holder.certificate)[0])
    sid = seq(tbs[3], tbs[1])
    return seq(
        core.Integer(1).dump(),
        sid,
        seq(oid(holder.key.digest)),
        b"\xa0" + words[1:],
        holder.key.algorithm,
        tlv(0x04, holder.key.sign(words)),
    )


def container(
    signer_infos: list[bytes], certificates: list[bytes], *, inside: bytes | None = None, digest: str = keys.SHA256
) -> bytes:
    """The whole of it; `inside` puts the signed bytes into it."""
    inner = [oid(DATA), *([tlv(0xA0, tlv(0x04, inside))] if inside is not None else [])]
    data = seq(
        core.Integer(1).dump(),
        tlv(0x31, seq(oid(digest))),
        seq(*inner),
        tlv(0xA0, *certificates),
        tlv(0x31, *signer_infos),
    )
    return seq(oid(SIGNED_DATA), tlv(0xA0, data))


@lru_cache
def sign(holder: Holder, content: bytes, *, at: datetime | bytes | None = AT, inside: bool = False) -> bytes:
    """A detached signature with its chain, as NCALayer makes it."""
    info = signer_info(holder, content, at=at)
    given = [holder.certificate, *holder.chain]
    return container([info], given, inside=content if inside else None, digest=holder.key.digest)


def as_base64(raw: bytes) -> bytes:
    """As NCALayer sends it: lines of base64."""
    return base64.encodebytes(raw)
