"""What retention takes beside the records: files that nothing holds any more, answered requests with their papers."""

from datetime import timedelta

import pytest
from django.apps import apps

from accounts.actions.access import ask_access, refuse_access
from accounts.actions.holds import set_hold
from accounts.models import AccessRequest, Erasure
from core import clock
from documents.actions.access import ask_with_proof
from documents.models import AccessProof, Document, VaultEntry
from grants.actions.applications import take_back_application
from grants.actions.documents import remove_document
from portal.actions.retention import erase_what_is_due
from portal.queries.retention import due, holders_of_documents, lines
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def days(at):
    """Moves the clock so many days on."""
    now = clock.now()
    return lambda number: at(now + timedelta(days=number))


def paper_taken_off_a_draft() -> Document:
    draft = factories.make_draft()
    row = draft.documents.get()
    remove_document(row, by=draft.created_by)
    return row.document


def test_a_file_taken_off_a_draft_that_was_never_sent_goes_within_days(days):
    paper = paper_taken_off_a_draft()

    days(4)
    counts = erase_what_is_due()

    paper.refresh_from_db()
    assert (counts, bool(paper.erased_at), paper.file.name) == ({"file": 1}, True, "")
    assert Erasure.objects.get().erased == {"documents": 1}
    assert erase_what_is_due() == {}


def test_a_file_of_today_waits_for_whoever_is_still_uploading(days):
    paper_taken_off_a_draft()

    days(2)

    assert lines(due()) == []


def test_a_file_that_somebody_still_holds_stays(days):
    draft = factories.make_draft()

    days(40)

    assert (VaultEntry.objects.exists(), draft.documents.count(), due().stray) == (True, 1, [])


def test_a_file_that_a_sent_snapshot_names_stays(days):
    application = factories.application_at("submitted")
    take_back_application(application, by=application.created_by)
    application.refresh_from_db()
    remove_document(application.documents.get(), by=application.created_by)

    days(40)

    assert due().stray == []


def test_a_hold_on_the_person_spares_the_file(days):
    paper = paper_taken_off_a_draft()
    administrator = factories.make_user(roles=["administrator"])
    set_hold(paper.uploaded_by.public_id, reason="суд", by=administrator)

    days(40)

    assert due().stray == []


def test_every_pointer_to_a_file_is_looked_at():
    pointing = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is Document
    }

    assert {f"{model._meta.label}.{name}" for model, name in holders_of_documents()} == pointing
    assert "documents.VaultEntry.document" in pointing


def asked() -> AccessRequest:
    owner = factories.make_user()
    organisation = factories.make_organisation(owner)
    paper, words = factories.pdf("приказ.pdf"), "Я бухгалтер."
    request = ask_with_proof(organisation.identifier, "KZ", words=words, file=paper, by=factories.make_user())[0]
    refuse_access(request, by=factories.make_user(roles=["officer"]))
    return request


def test_an_answered_request_goes_after_a_year_with_its_paper(days):
    request = asked()
    paper = AccessProof.objects.get(request=request).document

    days(370)
    counts = erase_what_is_due()

    paper.refresh_from_db()
    assert (counts, AccessRequest.objects.count(), bool(paper.erased_at)) == ({"access": 1}, 0, True)


def test_a_request_that_waits_for_its_answer_stays(days):
    organisation = factories.make_organisation(factories.make_user())
    ask_access(organisation.identifier, "KZ", words="Я бухгалтер.", by=factories.make_user())

    days(370)

    assert due().requests == []


def test_a_hold_on_the_organisation_spares_its_requests(days):
    request = asked()
    set_hold(request.organisation.public_id, reason="суд", by=factories.make_user(roles=["administrator"]))

    days(370)

    assert due().requests == []
