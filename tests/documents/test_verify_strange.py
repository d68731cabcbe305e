"""What is no sound signature at all: weak and unknown algorithms, strange containers, flipped bytes, bombs."""

import base64
import time

import pytest
from asn1crypto import core
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.formulas import gost, keys
from documents.formulas.cms import LARGEST, open_container
from documents.formulas.der import elements
from documents.formulas.unsound import Flaw, Unsound
from tests.documents import authority as make
from tests.documents.verifying import CONTENT, PERSON_CERTIFICATE, check, flaw_of, signed_by

# --- algorithms that are refused --------------------------------------------------------------------------------------


def renamed(raw: bytes, old: str, new: str) -> bytes:
    """The container with one OID for another of the same length."""
    one, two = make.oid(old), make.oid(new)
    assert len(one) == len(two)
    return raw.replace(one, two)


def test_the_old_gost_has_its_own_reason():
    raw = signed_by("gost512")

    as_old = renamed(raw, gost.STREEBOG_512, "1.2.398.3.10.1.3.1")

    assert flaw_of(as_old, kind="gost512") == Flaw.OLD_GOST


def test_an_old_gost_key_is_refused_as_such():
    key = make.key_of("gost256", "holder")
    key_as_old = key.public.replace(make.oid(gost.KEY_256), make.oid("1.2.398.3.10.1.1.1.1"))

    with pytest.raises(Unsound) as found:
        keys.check_signature(key_as_old, keys.Algorithm(gost.SIGNATURE_256), b"\1" * 64, CONTENT)

    assert found.value.flaw == Flaw.OLD_GOST


@pytest.mark.parametrize(
    ("oid", "digest"),
    [
        ("1.2.840.113549.1.1.5", "1.3.14.3.2.26"),  # SHA-1
        ("1.2.840.113549.1.1.1", "1.3.14.3.2.26"),
        ("1.2.840.113549.1.1.1", "1.2.840.113549.2.5"),  # MD5
        ("1.2.840.113549.1.1.1", ""),
        ("1.2.840.113549.1.1.11", keys.SHA512),  # says two different hashes
        ("1.2.840.113549.1.1.11", gost.STREEBOG_256),
        ("1.2.840.10040.4.3", ""),  # DSA
        ("1.2.840.10045.4.3.2", keys.SHA256),  # ECDSA with the key of another kind
        (gost.SIGNATURE_512, gost.STREEBOG_512),
        ("1.2.840.113549.1.1.10", keys.SHA256),  # PSS without parameters
    ],
)
def test_unknown_and_weak_algorithms_and_keys_that_do_not_fit_are_refused(oid, digest):
    public = make.root("rsa").key.public

    with pytest.raises(Unsound) as found:
        keys.check_signature(public, keys.Algorithm(oid, b"", digest), b"\1" * 256, CONTENT)

    assert found.value.flaw == Flaw.ALGORITHM


def test_a_short_rsa_key_is_refused():
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = make.Key("rsa", "short")
    key.private = rsa.generate_private_key(65537, 1024)

    with pytest.raises(Unsound) as found:
        keys.check_signature(key.public, keys.Algorithm("1.2.840.113549.1.1.11"), key.sign(CONTENT), CONTENT)

    assert found.value.flaw == Flaw.ALGORITHM


def test_a_gost_key_that_is_no_point_of_its_curve_proves_nothing():
    size, point = 64, b"\5" * 128

    assert gost.is_signed(gost.KEY_512, point, b"\1" * 2 * size, b"\2" * size) is False


def test_gost_against_the_published_example():
    """RFC 7091 7.1 has a curve of its own; the one of 512 bits is checked with RFC 6986's hash of example 1."""
    message = bytes.fromhex(
        "323130393837363534333231303938373635343332313039383736353433323130393837363534333231303938373635343332313039383736353433323130"
    )[::-1]

    digests = gost.streebog(gost.STREEBOG_512, message)[::-1], gost.streebog(gost.STREEBOG_256, message)[::-1]

    assert digests[0].hex().startswith("486f64c1917879417fef082b3381a4e211c324f074654c38823a7b76f830ad00")
    assert digests[1].hex() == "00557be5e584fd52a449b16b0251d05d27f94ab76cbaa6da890b59d8ef1e159d"


# --- what strangers send ----------------------------------------------------------------------------------------------


def test_signed_attributes_are_required():
    holder = make.issue("ecdsa")
    bare = make.seq(
        core.Integer(1).dump(),
        make.seq(*(elements(elements(holder.certificate)[0])[n] for n in (3, 1))),
        make.seq(make.oid(keys.SHA256)),
        holder.key.algorithm,
        make.tlv(0x04, holder.key.sign(CONTENT)),
    )

    assert flaw_of(make.container([bare], [holder.certificate])) == Flaw.UNREADABLE


def test_the_signer_is_found_by_issuer_and_serial_number():
    mine, other = make.issue("ecdsa"), make.issue("ecdsa", **PERSON_CERTIFICATE)
    info = make.signer_info(mine, CONTENT)

    without = make.container([info], [other.certificate, *mine.chain])
    behind = make.container([info], [other.certificate, *mine.chain, mine.certificate])

    assert flaw_of(without) == Flaw.UNREADABLE
    assert check(behind).role == "head"


TIMES = [
    b"\x18\x0e20261123060000",
    b"\x18\x0f00001123060000Z",
    b"\x17\x0d261399990000Z",
    b"\x05\x00",
]


@pytest.mark.parametrize("time", TIMES)
def test_a_time_without_a_zone_or_beyond_a_calendar_is_refused(time):
    assert flaw_of(make.sign(make.issue("ecdsa"), CONTENT, at=time)) == Flaw.UNREADABLE


def test_a_serial_number_of_a_hundred_bytes_is_refused():
    holder = make.issue("ecdsa")
    tbs = elements(elements(holder.certificate)[0])
    tbs[1] = core.Integer(1 << 8 * 100).dump()
    changed = make.Holder(holder.key, make.signed(make.seq(*tbs), make.root("ecdsa").key), holder.chain)

    assert flaw_of(make.sign(changed, CONTENT)) == Flaw.UNREADABLE


def test_an_authority_may_allow_no_other_below_it():
    root = make.key_of("ecdsa", "lonely")
    top = make.Holder(root, make.certificate(root, root, "Жалғыз КО", "Жалғыз КО", is_authority=True, path_length=0))
    key = make.key_of("ecdsa", "between")
    below = make.certificate(key, root, "Аралық КО", top.certificate, is_authority=True)
    direct, through = make.issue("ecdsa", by=top), make.issue("ecdsa", by=make.Holder(key, below))

    assert check(make.sign(direct, CONTENT), authorities=[top.pinned]).is_chained is True
    assert flaw_of(make.sign(through, CONTENT), authorities=[top.pinned]) == Flaw.UNFIT_AUTHORITY


def test_a_critical_extension_that_nobody_looks_at_is_refused():
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")

    critical, plain = (make.issue("ecdsa", more=((unknown, is_critical),)) for is_critical in (True, False))

    assert flaw_of(make.sign(critical, CONTENT)) == Flaw.PURPOSE
    assert check(make.sign(plain, CONTENT)).is_chained is True


def test_two_different_numbers_make_a_certificate_nobodys():
    second = x509.NameAttribute(x509.NameOID.SERIAL_NUMBER, "IIN900101300000")

    assert flaw_of(make.sign(make.issue("ecdsa", named=(second,)), CONTENT)) == Flaw.UNREADABLE


def test_letters_that_a_database_refuses_are_not_kept_of_a_name():
    other = make.root("ecdsa", "ТЕСТ\x00\x07 КО")

    facts = check(make.sign(make.issue("ecdsa", by=other), CONTENT), authorities=[])

    assert facts.issuer == "ТЕСТ КО"


def bomb(depth: int) -> bytes:
    return b"\x30\x80" * depth + b"\x00\x00" * depth


def heavy() -> bytes:
    holder = make.issue("ecdsa")
    return make.container([make.signer_info(holder, CONTENT)], [holder.certificate] * 400)


STRANGE = {
    "nothing": b"",
    "words": "Қол қойдым".encode(),
    "a PDF": CONTENT,
    "an empty sequence": b"\x30\x00",
    "a length without an end": b"\x30\x84\xff\xff\xff\xff",
    "a nest": bomb(60_000),
    "a nest in base64": base64.b64encode(bomb(30_000)),
    "too large": b"\x30" * (LARGEST + 1),
    "base64 that is too large": b"MIII" * LARGEST,
    "four hundred certificates": heavy(),
    "seventeen certificates": make.container([], [make.root("ecdsa").certificate] * 17),
    "no signer": make.container([], [make.root("ecdsa").certificate]),
    "no certificate": make.container([make.signer_info(make.issue("ecdsa"), CONTENT)], []),
    "more behind its end": make.sign(make.issue("ecdsa"), CONTENT) + b"\x00",
}


@pytest.mark.parametrize("case", STRANGE)
def test_what_is_no_signature_is_refused_at_once(case):
    begun = time.process_time()

    assert flaw_of(STRANGE[case]) == Flaw.UNREADABLE
    assert time.process_time() - begun < 2


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_no_bytes_do_more_than_be_refused(raw):
    assert flaw_of(b"\x30" + raw) in set(Flaw)


SOUND = {kind: make.sign(make.issue(kind), CONTENT) for kind in ("ecdsa", "rsa")}


@given(st.sampled_from(sorted(SOUND)), st.data())
@settings(max_examples=400, deadline=None)
def test_a_flipped_byte_of_the_container_is_refused_or_changes_nothing_that_is_said(kind, data):
    """What says nothing: the container's own version, copies of what the signature itself says, the anchor's copy."""
    raw = bytearray(SOUND[kind])
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))

    try:
        found = check(bytes(raw), kind=kind)
    except Unsound:
        return

    assert found == check(SOUND[kind], kind=kind)
    assert place not in signed_places(kind)


def signed_places(kind: str) -> set[int]:
    """Where signature, signed attributes and the signer's certificate stand."""
    raw, opened = SOUND[kind], open_container(SOUND[kind])
    parts = (opened.signature, opened.attributes[1:], opened.certificate.der)
    return {place for part in parts for place in range(raw.index(part), raw.index(part) + len(part))}


@pytest.mark.parametrize("kind", SOUND)
def test_every_byte_of_signature_attributes_and_certificate_counts(kind):
    for place in sorted(signed_places(kind))[::3]:
        raw = bytearray(SOUND[kind])
        raw[place] ^= 1 << place % 8

        assert flaw_of(bytes(raw), kind=kind) in set(Flaw)


@given(st.integers(0, len(CONTENT) - 1), st.integers(1, 255))
@settings(max_examples=200, deadline=None)
def test_every_flipped_byte_of_the_document_is_refused(place, flip):
    changed = bytearray(CONTENT)
    changed[place] ^= flip

    assert flaw_of(SOUND["ecdsa"], content=bytes(changed)) == Flaw.TAMPERED


@pytest.mark.parametrize("kind", ["gost512", "gost256"])
def test_flipped_bytes_of_a_gost_signature_are_refused(kind):
    raw = make.sign(make.issue(kind), CONTENT)
    signature = open_container(raw).signature
    for place in (0, len(signature) // 2 - 1, len(signature) // 2, len(signature) - 1):
        changed = bytearray(signature)
        changed[place] ^= 1

        assert flaw_of(raw.replace(signature, bytes(changed)), kind=kind) == Flaw.FORGED
