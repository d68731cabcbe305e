"""Several files chosen together: that they are too many is said before the first byte of them is sent."""

import json

import pytest
from django.urls import reverse

from documents.models import PartialUpload
from grants.models import Application, ApplicationDocument
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def draft() -> Application:
    """One file hangs on the document already; four more have their place."""
    application = factories.make_draft()
    assert ApplicationDocument.objects.filter(application=application).count() == 1
    return application


def begin(client, application: Application, **about):
    client.force_login(application.created_by)
    body = {"field": "doc_deck", "name": "a.jpg", "size": 9, "fingerprint": "f", **about}
    address = reverse("grants:upload_begin", args=[application.public_id])
    return client.post(address, json.dumps(body), content_type="application/json")


@pytest.mark.parametrize(
    "about",
    [{}, {"together": 4}, {"together": 20, "photos": 20}, {"together": 20, "photos": 17}, {"together": 1, "photos": 1}],
    ids=["alone", "four files", "twenty photos are one file", "seventeen photos and three files", "one photo"],
)
def test_what_has_its_place_begins(client, draft, about):
    assert begin(client, draft, **about).status_code == 200


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({"together": 5}, "too_many_files"),
        ({"together": 20, "photos": 16}, "too_many_files"),
        ({"together": 21, "photos": 21}, "too_many_at_once"),
    ],
)
def test_too_many_are_refused_before_a_byte_is_sent(client, draft, about, code):
    answer = begin(client, draft, **about)

    assert (answer.status_code, answer.json()["code"], PartialUpload.objects.count()) == (409, code, 0)


@pytest.mark.parametrize("about", [{"together": 0}, {"together": "x"}, {"photos": -1}, {"together": 1001}])
def test_what_no_browser_says_is_a_bad_request(client, draft, about):
    assert begin(client, draft, **about).status_code == 400
