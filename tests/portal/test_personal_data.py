"""A person downloads everything that is theirs, and nothing of anybody else."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.test import Client

from accounts.models import Membership, User
from core import clock
from core.models import AuditEvent
from documents.models import Document
from notifications.models import Message
from portal import tasks
from portal.actions import personal_data as exports
from portal.models import DataExport
from portal.queries.personal_data import OURS, TOLD, other_relations
from tests import factories
from tests.portal.dina import EMAIL, HOME, IIN, NAME, dina, person_with_a_draft, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def archive_of(person: User) -> zipfile.ZipFile:
    export = exports.make_export(exports.request_export(by=person))
    return zipfile.ZipFile(io.BytesIO(export.document.file.read()))


def test_the_zip_holds_everything_that_was_typed_and_the_uploaded_files():
    draft = person_with_a_draft()

    archive = archive_of(draft.created_by)

    content = json.loads(archive.read("data.json"))
    assert (content["account"]["email"], content["account"]["iin"]) == (EMAIL, IIN)
    assert content["applications"][0]["content"]["answers"]["problem"] == f"{NAME}, {EMAIL}"
    assert [letter["event"] for letter in content["letters"]][-1:] == ["due_soon"]
    paper = draft.documents.get().document
    assert archive.read(f"documents/{paper.public_id}-{paper.original_name}") == factories.PDF


def test_nothing_of_another_person_is_in_it():
    draft = person_with_a_draft()
    other = factories.application_at("submitted")

    text = archive_of(draft.created_by).read("data.json").decode()

    assert [word for word in (other.created_by.email, other.organisation.name, other.public_id) if word in text] == []


def test_who_has_left_an_organisation_takes_no_content_of_its_applications_along():
    draft = person_with_a_draft()
    person = draft.created_by
    Membership.objects.filter(user=person).update(user=factories.make_user())

    archive = archive_of(person)

    content = json.loads(archive.read("data.json"))
    began = {"table": "grants.Application", "column": "created_by", "id": draft.public_id}
    assert (content["applications"], content["organisations"]) == ([], [])
    assert [began in content["acts"], draft.title in str(content)] == [True, False]


def test_every_relation_to_a_person_is_told_in_words_or_as_an_act():
    every = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.local_fields
        if field.related_model is User
    }

    acts = {f"{model._meta.label}.{name}" for model, name in other_relations()}

    assert TOLD - every == set()
    assert acts == every - TOLD
    assert "grants.Application.officer" in acts


def test_a_file_name_cannot_leave_its_folder():
    row = Document(public_id="abc", original_name="..\\..\\etc/passwd")

    assert exports.entry_name(row) == "abc-passwd"


def test_the_page_makes_a_small_file_at_once_and_gives_it_to_its_person_alone():
    person = dina()
    browser = signed_in(person)

    browser.post(HOME + "make/")
    export = DataExport.objects.get()
    mine = browser.get(f"{HOME}{export.public_id}/")
    others = signed_in(factories.make_user()).get(f"{HOME}{export.public_id}/")

    assert (mine.status_code, mine["Content-Type"], others.status_code) == (200, "application/zip", 404)
    assert [e.verb for e in AuditEvent.objects.filter(object_id=export.public_id).order_by("pk")] == [
        "data_export.ask",
        "data_export.make",
        "data_export.take",
    ]


def test_the_password_is_asked_for_where_sign_in_was_long_ago():
    browser = Client()
    browser.force_login(dina())

    answer = browser.post(HOME + "make/")

    assert (answer.status_code, "/account/reauthenticate/" in answer.url) == (302, True)
    assert DataExport.objects.count() == 0


def test_a_large_file_is_made_by_the_worker_and_the_page_shows_how_far_it_is(monkeypatch):
    monkeypatch.setattr(exports, "SMALL_BYTES", -1)
    browser = signed_in(dina())
    browser.post(HOME + "make/")

    waiting = browser.get(HOME).content.decode()
    tasks.make_data_export(DataExport.objects.get().pk)
    ready = browser.get(HOME).content.decode()

    assert ("data-reload-seconds" in waiting, "data-reload-seconds" in ready) == (True, False)
    assert DataExport.objects.get().public_id in ready


def test_asking_twice_is_one_file():
    person = dina()

    assert exports.request_export(by=person) == exports.request_export(by=person)


def test_after_a_day_the_link_is_dead_and_the_file_is_gone(at):
    person = dina()
    export = exports.make_export(exports.request_export(by=person))
    name = export.document.file.name

    at(clock.now() + timedelta(days=1, seconds=1))
    answer = signed_in(person).get(f"{HOME}{export.public_id}/")
    dropped = exports.drop_old_exports()

    assert (answer.status_code, dropped, exports.drop_old_exports()) == (404, 1, 0)
    export.document.refresh_from_db()
    assert (bool(export.document.erased_at), export.document.file.name, default_storage.exists(name)) == (
        True,
        "",
        True,  # the bytes go after commit, and this test never commits
    )


@pytest.mark.parametrize("letters", [1, 3])
def test_my_data_costs_two_queries_of_its_own(django_assert_num_queries, letters):
    person = dina()
    browser = signed_in(person)
    for n in range(letters):
        Message.objects.create(user=person, address=EMAIL, language="ru", event="x", dedupe_key=f"x{n}")
    browser.get(HOME)

    with django_assert_num_queries(4):
        browser.get(HOME)
