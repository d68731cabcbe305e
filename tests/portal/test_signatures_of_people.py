"""Signatures of a person who takes their data or erases the account: told in words, kept with what was signed."""

import json

import pytest

from accounts.models import Erasure
from core.canonical import canonical_json
from documents.actions.signatures import sign_document
from documents.models import Signature
from portal.actions.erasure import erase_person
from portal.queries.erasure import plan_of
from portal.queries.personal_data import documents_of, personal_data
from portal.queries.retention import stray_documents
from tests.documents import authority
from tests.documents.authority import AT
from tests.documents.signing import CONTENT, contract, head

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def signature(at) -> Signature:
    at(AT)
    container = authority.sign(
        authority.issue("ecdsa", bin="", purposes=(authority.SIGNING, authority.PERSON)), CONTENT
    )
    return sign_document(contract(), way="file", by=head(), container=container)


def test_a_person_is_told_of_their_signatures_and_gets_the_containers(signature):
    told = json.loads(canonical_json(personal_data(signature.signed_by)))

    assert [row["serial"] for row in told["signatures"]] == [signature.serial]
    assert signature.container in documents_of(signature.signed_by)


def test_a_signed_document_and_its_container_outlive_the_account(signature):
    person = signature.signed_by

    kept = [row.what for row in plan_of(person).kept]
    erase_person(person, by=person)

    signature.refresh_from_db()
    assert any("1" in what and "қол" in what.lower() for what in kept)
    assert (signature.document.erased_at, signature.container.erased_at) == (None, None)
    assert Erasure.objects.get().kept == {"applications": 0, "signatures": 1}


def test_no_file_of_a_signature_is_a_stray_one(signature):
    assert stray_documents(AT + authority.YEAR) == []
