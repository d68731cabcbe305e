"""The page that signs: what its form takes, what its policy opens, how a signature is shown."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from documents.forms import SignForm
from documents.formulas.signatures import MustBe
from documents.models import Signature
from documents.views.signing import may_reach_ncalayer
from tests.documents import authority, files
from tests.documents.authority import AT

# --- the form ---------------------------------------------------------------------------------------------------------


def posted(files_sent=None, **data) -> SignForm:
    return SignForm(data, files_sent or {})


def test_each_way_brings_its_own_file():
    raw = authority.sign(authority.issue("ecdsa"), b"x")
    scan = posted({"scan": files.upload("a.pdf", files.pdf())}, way="scan")
    ready = posted({"container": files.upload("a.cms", raw)}, way="file")
    asked = posted(way="ncalayer", cms=" MII= ")

    assert [form.is_valid() for form in (scan, ready, asked)] == [True, True, True]
    assert (scan.signature()["scan"].name, set(scan.signature())) == ("a.pdf", {"way", "scan"})
    assert ready.signature()["container"].read() == raw
    assert asked.signature() == {"way": "ncalayer", "container": b"MII="}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"way": "scan"}, "scan"),
        ({"way": "file"}, "container"),
        ({"way": "ncalayer"}, "cms"),
        ({"way": "ncalayer", "cms": "M" * 600_000}, "cms"),
        ({"way": "egov_mobile", "cms": "MII="}, "way"),
        ({}, "way"),
    ],
)
def test_what_is_missing_or_unknown_is_said_at_its_field(data, field):
    form = posted(**data)

    assert list(form.errors) == [field]


def test_a_scan_is_checked_like_any_upload():
    form = posted({"scan": files.upload("a.pdf", files.PROGRAM)}, way="scan")

    assert list(form.errors) == ["scan"]


# --- the policy -------------------------------------------------------------------------------------------------------


def test_the_page_that_signs_may_reach_ncalayer_and_nothing_else_changes(rf, settings):
    from core.middleware import content_security_policy

    plain = content_security_policy(lambda request: HttpResponse())(rf.get("/"))
    opened = content_security_policy(may_reach_ncalayer(lambda request: HttpResponse()))(rf.get("/"))

    strict, wider = (answer.headers["Content-Security-Policy"] for answer in (plain, opened))
    assert wider == strict.replace("connect-src 'self'", "connect-src 'self' wss://127.0.0.1:13579")
    assert "wss:" not in strict


# --- how a signature is shown -----------------------------------------------------------------------------------------


class Signer:
    def __str__(self) -> str:
        return "Әлия Сапарова"


def shown(language: str = "en", **fields) -> str:
    """The words of the fragment."""
    given = {"way": "file", "role": "head", "algorithm": "ECDSA, SHA-256", "issuer": "НУЦ", "serial": "a1"}
    signature = Signature(signed_at=AT, **{**given, **fields})
    signature.__dict__["_state"].fields_cache["signed_by"] = Signer()
    with translation.override(language):
        html = render_to_string("documents/_signature.html", {"signature": signature})
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_no_signature_is_said_as_such():
    with translation.override("en"):
        html = render_to_string("documents/_signature.html", {})

    assert "Not signed" in html


def test_each_result_is_a_word_and_says_what_was_not_checked():
    scan = shown(way="scan", result="attached", algorithm="", role="")
    attached = shown(result="attached")
    unknown = shown(result="unrevoked_unknown")
    valid = shown(result="valid", revocation_at=AT - timedelta(hours=1))

    assert scan.startswith("Attached, not checked")
    assert "A scan is read by people" in scan
    assert "knows no authority that would vouch" in attached
    assert unknown.startswith("Valid, revocation not checked Signed by Әлия Сапарова")
    assert "has not been checked" in unknown
    assert valid.startswith("Valid Signed by")
    assert "is not on the list of revoked ones of 23 November 2026" in valid


@pytest.mark.parametrize(("language", "word"), [("kk", "ТЕСТ"), ("ru", "ТЕСТ"), ("en", "TEST")])
def test_a_test_authority_is_shown_in_each_language(language, word):
    assert shown(language, result="unrevoked_unknown", is_test=True).count(word) == 2
    assert word not in shown(language, result="unrevoked_unknown")


def test_the_fragment_tells_whose_key_is_asked_for():
    html = render_to_string(
        "documents/_sign.html", {"post": "/x/", "pdf": "/x.pdf", "sha256": "ab", "must_be": MustBe("1", "2")}
    )

    assert ('data-iin="1" data-bin="2"' in html, html.count('action="/x/"')) == (True, 3)
