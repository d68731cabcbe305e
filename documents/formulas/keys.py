"""Is this signature over these bytes by this key? RSA, ECDSA and Kazakhstan's GOST; everything else is refused.

The algorithm must be known by its OID, its hash is SHA-256 or longer or Streebog, and the kind of key must fit it.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from asn1crypto import algos, core
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from documents.formulas import gost
from documents.formulas.der import dotted, elements
from documents.formulas.unsound import Flaw, Unsound

SHORTEST_RSA = 2048
CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
SHA2: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256,
    "2.16.840.1.101.3.4.2.2": hashes.SHA384,
    "2.16.840.1.101.3.4.2.3": hashes.SHA512,
}
SHA256, SHA384, SHA512 = SHA2
MGF1 = "1.2.840.113549.1.1.8"
RSA, PSS, ECDSA, GOST = "RSA", "RSA-PSS", "ECDSA", "GOST"

# OID -> family, and the hash that the OID names (none: the container names it apart).
ALGORITHMS: dict[str, tuple[str, str]] = {
    "1.2.840.113549.1.1.1": (RSA, ""),
    "1.2.840.113549.1.1.11": (RSA, SHA256),
    "1.2.840.113549.1.1.12": (RSA, SHA384),
    "1.2.840.113549.1.1.13": (RSA, SHA512),
    "1.2.840.113549.1.1.10": (PSS, ""),
    "1.2.840.10045.2.1": (ECDSA, ""),
    "1.2.840.10045.4.3.2": (ECDSA, SHA256),
    "1.2.840.10045.4.3.3": (ECDSA, SHA384),
    "1.2.840.10045.4.3.4": (ECDSA, SHA512),
    gost.SIGNATURE_256: (GOST, gost.STREEBOG_256),
    gost.SIGNATURE_512: (GOST, gost.STREEBOG_512),
    gost.KEY_256: (GOST, gost.STREEBOG_256),
    gost.KEY_512: (GOST, gost.STREEBOG_512),
}


@dataclass(frozen=True)
class Algorithm:
    """How a signature was made: its OID and DER parameters as they stand in the container, certificate or list."""

    oid: str
    parameters: bytes = b""
    digest: str = ""  # the hash that a container names beside it


def digest_of(oid: str, content: bytes) -> bytes:
    """The hash of `content` by its OID. Raises Unsound for one that is unknown or weak."""
    if oid in gost.STREEBOG:
        return gost.streebog(oid, content)
    if oid in gost.OLD:
        raise Unsound(Flaw.OLD_GOST)
    if oid not in SHA2:
        raise Unsound(Flaw.ALGORITHM)
    return hashlib.new(SHA2[oid]().name, content).digest()


def name_of(algorithm: Algorithm) -> str:
    """What people read: «GOST R 34.10-2012, 512», «RSA, SHA-256»."""
    family, digest = _family(algorithm)
    if family == GOST:
        return f"GOST R 34.10-2012, {256 if digest == gost.STREEBOG_256 else 512}"
    return f"{family}, {SHA2[digest]().name.upper().replace('SHA', 'SHA-')}"


def check_signature(key: bytes, algorithm: Algorithm, signature: bytes, content: bytes) -> None:
    """`key` is a DER SubjectPublicKeyInfo. Raises Unsound: ALGORITHM, OLD_GOST, or FORGED where it does not fit."""
    family, digest = _family(algorithm)
    if family == GOST:
        _check_gost(key, digest, signature, content)
        return
    hashed = SHA2[digest]()
    try:
        public = load_der_public_key(key)
        if isinstance(public, rsa.RSAPublicKey) and family in (RSA, PSS) and public.key_size >= SHORTEST_RSA:
            public.verify(signature, content, _padding(algorithm, family), hashed)
        elif isinstance(public, ec.EllipticCurvePublicKey) and family == ECDSA and isinstance(public.curve, CURVES):
            public.verify(signature, content, ec.ECDSA(hashed))
        else:
            raise Unsound(Flaw.ALGORITHM)
    except InvalidSignature as error:
        raise Unsound(Flaw.FORGED) from error
    except (UnsupportedAlgorithm, ValueError) as error:
        raise Unsound(Flaw.ALGORITHM) from error


def _family(algorithm: Algorithm) -> tuple[str, str]:
    """Family and hash. What the OID, its parameters and the container say of the hash must agree."""
    if algorithm.oid in gost.OLD or algorithm.digest in gost.OLD:
        raise Unsound(Flaw.OLD_GOST)
    family, named = ALGORITHMS.get(algorithm.oid, ("", ""))
    if family == PSS:
        named = _pss(algorithm)["hash_algorithm"]["algorithm"].dotted
    digest = named or algorithm.digest
    known = gost.STREEBOG if family == GOST else SHA2
    if not family or digest not in known or (algorithm.digest and algorithm.digest != digest):
        raise Unsound(Flaw.ALGORITHM)
    return family, digest


def _pss(algorithm: Algorithm) -> algos.RSASSAPSSParams:
    try:
        return algos.RSASSAPSSParams.load(algorithm.parameters, strict=True)
    except (ValueError, TypeError) as error:
        raise Unsound(Flaw.ALGORITHM) from error


def _padding(algorithm: Algorithm, family: str) -> padding.AsymmetricPadding:
    """Of PSS: the mask is MGF1 over the same hash, and the salt as long as it says."""
    if family == RSA:
        return padding.PKCS1v15()
    said = _pss(algorithm)
    mask, digest = said["mask_gen_algorithm"], said["hash_algorithm"]["algorithm"].dotted
    if mask["algorithm"].dotted != MGF1 or mask["parameters"]["algorithm"].dotted != digest:
        raise Unsound(Flaw.ALGORITHM)
    return padding.PSS(mgf=padding.MGF1(SHA2[digest]()), salt_length=said["salt_length"].native)


def _check_gost(key: bytes, digest: str, signature: bytes, content: bytes) -> None:
    oid, point = gost_key(key)
    fits = {gost.KEY_256: gost.STREEBOG_256, gost.KEY_512: gost.STREEBOG_512}
    if fits.get(oid) != digest:
        raise Unsound(Flaw.ALGORITHM)
    if not gost.is_signed(oid, point, signature, gost.streebog(digest, content)):
        raise Unsound(Flaw.FORGED)


def gost_key(key: bytes) -> tuple[str, bytes]:
    """OID and point of a GOST key: SEQUENCE { SEQUENCE { oid, parameters { curve, hash } }, BIT STRING { OCTETS } }.

    asn1crypto's own class for keys raises KeyError for these OIDs.
    """
    try:
        named, bits = elements(key)
        oid, parameters = elements(named)
        curve, found = dotted(elements(parameters)[0]), dotted(oid)
        octets = bytes(core.OctetBitString.load(bits, strict=True).native)
        point = bytes(core.OctetString.load(octets, strict=True).native)
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise Unsound(Flaw.ALGORITHM) from error
    if found in gost.OLD:
        raise Unsound(Flaw.OLD_GOST)
    if found not in gost.STRENGTHS or curve != gost.STRENGTHS[found].parameters:
        raise Unsound(Flaw.ALGORITHM)
    return found, point
