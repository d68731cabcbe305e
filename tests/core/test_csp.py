"""A strict Content-Security-Policy on every answer; a view that sends a stricter one keeps it."""

import pytest
from django.conf import settings
from django.http import HttpResponse

from core.middleware import content_security_policy

STRICT = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "font-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
    "base-uri": ["'none'"],
    "manifest-src": ["'self'"],
}


def test_the_policy_is_the_strict_one():
    assert settings.SECURE_CSP == STRICT


@pytest.mark.embedded
@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/kk/", "/healthz", "/admin/login/", "/kk/account/login/", "/no-such-page"])
def test_every_answer_carries_the_policy(client, address):
    header = client.get(address).headers["Content-Security-Policy"]

    assert header.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert ("unsafe" in header, "http:" in header, "*" in header) == (False, False, False)


@pytest.mark.embedded
@pytest.mark.django_db
def test_an_answer_may_not_be_framed_by_another_site_or_sniffed(client):
    headers = client.get("/healthz").headers

    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("SAMEORIGIN", "nosniff")


def test_a_view_that_sends_its_own_policy_keeps_it(rf):
    own = HttpResponse(headers={"Content-Security-Policy": "sandbox"})

    response = content_security_policy(lambda request: own)(rf.get("/"))

    assert response.headers["Content-Security-Policy"] == "sandbox"
