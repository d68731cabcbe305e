"""Signatures of an authority of our own (tests/documents/authority.py): what is right is taken, each flaw is named."""

import base64
import time
from datetime import timedelta

import pytest
from cryptography import x509

from documents.formulas import chain, gost
from documents.formulas.chain import read_list
from documents.formulas.cms import open_container
from documents.formulas.signatures import MustBe
from documents.formulas.unsound import Flaw
from tests.documents import authority as make
from tests.documents.authority import AT, BIN, HEAD, IIN, KINDS, LOGIN, RIGHT_TO_SIGN, SIGNING
from tests.documents.verifying import CONTENT, PERSON_CERTIFICATE, check, flaw_of, issued_authority, signed_by

DAY = timedelta(days=1)


# --- what is right ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_signature_is_taken_and_says_how_it_was_made(kind):
    holder = make.issue(kind)

    facts = check(make.sign(holder, CONTENT), kind=kind)

    names = {
        "rsa": "RSA, SHA-256",
        "pss": "RSA-PSS, SHA-256",
        "ecdsa": "ECDSA, SHA-256",
        "gost512": "GOST R 34.10-2012, 512",
        "gost256": "GOST R 34.10-2012, 256",
    }
    serial = x509.load_der_x509_certificate(holder.certificate).serial_number
    assert (facts.algorithm, facts.role, facts.serial) == (names[kind], "head", f"{serial:x}")
    assert (facts.issuer, facts.is_test, facts.is_chained, facts.revocation_at) == ("ТЕСТ ҰКО", True, True, None)
    assert (facts.valid_from, facts.valid_until, facts.claimed_at) == (AT - make.YEAR, AT + make.YEAR, AT)


def test_a_gost_signature_is_checked_many_times_faster_than_by_the_library_alone():
    """As a multiple of a floor of the same run: 0.02 s and 0.4 s on one machine."""
    key = make.key_of("gost512", "holder")
    point = bytes(key.curve.public_key_generate(bytearray(key.secret)))
    digest = gost.streebog(gost.STREEBOG_512, CONTENT)
    signature = bytes(key.curve.sign(bytearray(key.secret), bytearray(digest)))
    given = [bytearray(one) for one in (point, digest, signature)]

    seconds = []
    for curve in (gost.curve_of(gost.KEY_512), key.curve):
        begun = time.process_time()
        assert curve.verify(*given) is True
        seconds.append(time.process_time() - begun)

    assert seconds[0] * 4 < seconds[1]


def test_a_container_may_come_in_base64_with_line_breaks_and_under_a_pem_header():
    raw = make.sign(make.issue("ecdsa"), CONTENT)
    lines = base64.encodebytes(raw)

    found = [
        check(text)
        for text in (
            raw,
            base64.b64encode(raw),
            lines,
            lines.replace(b"\n", b"\r\n"),
            b"-----BEGIN CMS-----\n" + lines + b"-----END CMS-----\n",
            b"-----BEGIN PKCS7-----\r\n" + lines + b"-----END PKCS7-----",
        )
    ]

    assert len(set(found)) == 1


@pytest.mark.parametrize("kind", ["rsa", "ecdsa", "gost512"])
def test_an_authority_between_may_come_in_the_container(kind):
    between = issued_authority(kind)
    holder = make.issue(kind, by=between)

    facts = check(make.sign(holder, CONTENT), kind=kind)

    assert (facts.issuer, facts.is_chained) == ("Аралық КО", True)


def test_an_authority_between_may_be_the_pinned_one():
    between = issued_authority("ecdsa")

    facts = check(make.sign(make.issue("ecdsa", by=between), CONTENT), authorities=[between.pinned])

    assert facts.is_chained is True


def test_without_a_pinned_authority_everything_else_is_checked_and_nobody_vouches():
    raw = make.sign(make.issue("ecdsa"), CONTENT)

    facts = check(raw, authorities=[])

    assert (facts.is_chained, facts.is_test, facts.revocation_at) == (False, False, None)
    assert flaw_of(raw, authorities=[], content=CONTENT + b" ") == Flaw.TAMPERED


@pytest.mark.parametrize(
    ("must_be", "how"),
    [
        (MustBe(iin=IIN), PERSON_CERTIFICATE),
        (MustBe(iin=IIN), {"bin": IIN, "purposes": (SIGNING, HEAD)}),  # a sole proprietor whose BIN is their IIN
        (MustBe(iin=IIN, bin=BIN), {"purposes": (SIGNING, RIGHT_TO_SIGN)}),
        (MustBe(bin=BIN), {}),
        (MustBe(iin=IIN, bin=BIN), {"purposes": (SIGNING, make.EMPLOYEE, HEAD)}),
    ],
)
def test_who_may_sign(must_be, how):
    assert check(make.sign(make.issue("ecdsa", **how), CONTENT), must_be=must_be).is_chained is True


def test_both_orders_of_a_gost_signature_are_read():
    holder = make.issue("gost256")
    raw = make.sign(holder, CONTENT)
    signature = open_container(raw).signature

    swapped = raw.replace(signature, signature[::-1])

    assert check(swapped, kind="gost256") == check(raw, kind="gost256")


# --- what is not: each flaw with each kind of key ---------------------------------------------------------------------


def other_signer(kind: str) -> bytes:
    one, two = make.issue(kind), make.issue(kind, **PERSON_CERTIFICATE)
    infos = [make.signer_info(one, CONTENT), make.signer_info(two, CONTENT)]
    return make.container(infos, [one.certificate, two.certificate, *one.chain], digest=one.key.digest)


BAD = {
    "tampered byte": (Flaw.TAMPERED, lambda kind: (signed_by(kind), {"content": b"X" + CONTENT[1:]})),
    "another signature": (Flaw.FORGED, lambda kind: (with_foreign_signature(kind), {})),
    "wrong purpose": (Flaw.PURPOSE, lambda kind: (signed_by(kind, purposes=(LOGIN, HEAD)), {})),
    "no nonRepudiation": (Flaw.PURPOSE, lambda kind: (signed_by(kind, is_binding=False), {})),
    "wrong IIN": (Flaw.WRONG_IIN, lambda kind: (signed_by(kind, iin="900101300000"), {})),
    "no IIN": (Flaw.WRONG_IIN, lambda kind: (signed_by(kind, iin=""), {})),
    "wrong BIN": (Flaw.WRONG_BIN, lambda kind: (signed_by(kind, bin="250440000001"), {})),
    "a person for an organisation": (Flaw.WRONG_BIN, lambda kind: (signed_by(kind, **PERSON_CERTIFICATE), {})),
    "an organisation's key for a person": (Flaw.WRONG_BIN, lambda kind: (signed_by(kind), {"must_be": MustBe(IIN)})),
    "role without right": (Flaw.ROLE, lambda kind: (signed_by(kind, purposes=(SIGNING, make.EMPLOYEE)), {})),
    "no role": (Flaw.ROLE, lambda kind: (signed_by(kind, purposes=(SIGNING,)), {})),
    "expired": (Flaw.EXPIRED, lambda kind: (signed_by(kind, until=AT - DAY), {})),
    "not yet valid": (Flaw.NOT_YET_VALID, lambda kind: (signed_by(kind, since=AT + DAY), {})),
    "unknown authority": (
        Flaw.UNKNOWN_AUTHORITY,
        lambda kind: (signed_by(kind), {"authorities": [make.root(kind, "Басқа КО").pinned]}),
    ),
    "an authority of the same name": (
        Flaw.UNKNOWN_AUTHORITY,
        lambda kind: (signed_by(kind), {"authorities": [make.root("ecdsa" if kind == "rsa" else "rsa").pinned]}),
    ),
    "two signers": (Flaw.TWO_SIGNERS, lambda kind: (other_signer(kind), {})),
    "attached": (Flaw.ENCAPSULATED, lambda kind: (make.sign(make.issue(kind), CONTENT, inside=True), {})),
    "a clock that is months off": (
        Flaw.CLAIMED_TIME,
        lambda kind: (make.sign(make.issue(kind), CONTENT, at=AT - 60 * DAY), {}),
    ),
    "a clock that is ahead": (Flaw.CLAIMED_TIME, lambda kind: (make.sign(make.issue(kind), CONTENT, at=AT + DAY), {})),
    "issued by a person": (Flaw.UNFIT_AUTHORITY, lambda kind: (made_by(kind, make.issue(kind)), {})),
    "an authority that is expired": (
        Flaw.UNFIT_AUTHORITY,
        lambda kind: (made_by(kind, issued_authority(kind, until=AT - DAY)), {}),
    ),
    "an authority that may not issue": (
        Flaw.UNFIT_AUTHORITY,
        lambda kind: (made_by(kind, issued_authority(kind, signs_certificates=False)), {}),
    ),
    "revoked": (Flaw.REVOKED, lambda kind: revoked(kind)),
}


def made_by(kind: str, issuer: make.Holder) -> bytes:
    key = make.key_of(kind, "other")
    made = make.certificate(key, issuer.key, "ТЕСТОВ", issuer.certificate)
    return make.sign(make.Holder(key, made, [issuer.certificate]), CONTENT)


def with_foreign_signature(kind: str) -> bytes:
    """Right in every word, signed by somebody else's key of the same kind."""
    holder = make.issue(kind)
    return make.sign(make.Holder(make.key_of(kind, "other"), holder.certificate, holder.chain), CONTENT)


def revoked(kind: str) -> tuple[bytes, dict]:
    holder = make.issue(kind)
    serial = x509.load_der_x509_certificate(holder.certificate).serial_number
    return make.sign(holder, CONTENT), {"lists": [read_list(make.revoke(make.root(kind), serial))]}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", BAD)
def test_each_flaw_is_refused_by_its_name(case, kind):
    flaw, made = BAD[case]
    raw, how = made(kind)

    assert flaw_of(raw, kind=kind, **how) == flaw


# --- revocation ------------------------------------------------------------------------------------------------------


def lists_of(*ders: bytes) -> list:
    return [read_list(der) for der in ders]


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_fresh_list_of_the_issuer_says_that_a_certificate_was_not_revoked(kind):
    root, raw = make.root(kind), signed_by(kind)
    fresh, old = make.revoke(root, 5), make.revoke(root, at=AT - 9 * DAY)
    foreign = make.revoke(make.Holder(make.key_of("ecdsa", "other"), root.certificate))
    ahead = make.revoke(root, at=AT + DAY)

    said = [check(raw, kind=kind, lists=lists_of(one)).revocation_at for one in (fresh, old, foreign, ahead)]

    assert said == [AT - timedelta(hours=1), None, None, None]


def test_every_certificate_below_the_anchor_needs_a_list():
    root, between = make.root("ecdsa"), issued_authority("ecdsa")
    raw = make.sign(make.issue("ecdsa", by=between), CONTENT)
    of_root, of_between = make.revoke(root, at=AT - 2 * DAY), make.revoke(between)
    serial = x509.load_der_x509_certificate(between.certificate).serial_number

    said = [check(raw, lists=lists_of(*ders)).revocation_at for ders in ((of_between,), (of_root, of_between))]

    assert said == [None, AT - 2 * DAY]
    assert flaw_of(raw, lists=lists_of(make.revoke(root, serial), of_between)) == Flaw.REVOKED


def test_a_gost_list_that_is_too_long_for_a_slow_hash_does_not_answer(monkeypatch):
    lists = lists_of(make.revoke(make.root("gost256")))
    monkeypatch.setattr(chain, "LARGEST_GOST_LIST", 10)

    assert check(signed_by("gost256"), kind="gost256", lists=lists).revocation_at is None
