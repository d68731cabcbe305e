"""Bytes and row: both or neither, under a random name, with their hash."""

import hashlib
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction

from core import clock
from core.refusals import Refused
from documents.actions.check import check_upload
from documents.actions.store import atomic_with_files, store_bytes, store_upload
from documents.models import Document
from tests.documents import files
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A store of this test's own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    return tmp_path


def stored_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_upload_is_stored_with_its_hash_type_size_and_name():
    content, person = files.pdf(), make_user()

    document = store_upload(files.upload("Жоба.pdf", content), by=person)

    document.refresh_from_db()
    assert document.file.read() == content
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert (document.original_name, document.media_type) == ("Жоба.pdf", "application/pdf")
    assert (document.size, document.uploaded_by) == (len(content), person)


def test_a_picture_is_hashed_as_it_is_stored():
    document = store_upload(files.upload("фото.jpg", files.photo_with_place()), by=make_user())

    stored = document.file.read()

    assert (document.sha256, document.size) == (hashlib.sha256(stored).hexdigest(), len(stored))


def test_the_stored_name_tells_nothing(folder):
    document = store_upload(files.upload("Әлия Сапарова паспорт.pdf", files.pdf()), by=make_user())

    name = stored_in(folder)[0].relative_to(folder).as_posix()

    assert name == document.file.name
    assert (name.count("/"), len(name.rpartition("/")[2]), name[8:].isalnum()) == (2, 28, True)


def test_a_step_of_a_larger_action_costs_one_statement(django_assert_num_queries):
    person = make_user()

    with django_assert_num_queries(1):
        store_upload(files.upload("a.pdf", files.pdf()), by=person)


def test_a_snapshot_of_our_own_is_stored_as_it_is():
    content = '{"атауы":"Ойын"}'.encode()

    document = store_bytes(content, name="GR-2026-00001.json", media_type="application/json", by=None)

    assert (document.file.read(), document.uploaded_by) == (content, None)
    assert document.sha256 == hashlib.sha256(content).hexdigest()


def test_a_refused_upload_leaves_neither_row_nor_file(folder):
    with pytest.raises(Refused):
        store_upload(files.upload("a.pdf", files.PROGRAM), by=make_user())

    assert (Document.objects.count(), stored_in(folder)) == (0, [])


def test_what_a_form_has_checked_is_stored_as_it_was_checked():
    checked = check_upload(files.upload("a.pdf", files.pdf()))
    checked.read()

    document = store_upload(checked, by=make_user())

    assert document.file.read() == files.pdf()


@atomic_with_files()
def store_and_fail(content: bytes) -> None:
    """An action that stores a file and is refused afterwards."""
    store_bytes(content, name="x", media_type="application/json", by=None)
    raise Refused("no")


@atomic_with_files()
def store_inside_and_fail() -> None:
    """An action whose inner action succeeds."""
    with atomic_with_files():
        store_bytes(b"1", name="1", media_type="application/json", by=None)
    raise Refused("no")


def test_the_file_goes_when_its_row_is_refused(folder, monkeypatch):
    monkeypatch.setattr(Document, "save", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        store_bytes(b"x", name="x.json", media_type="application/json", by=None)

    assert stored_in(folder) == []


def test_the_files_go_when_the_whole_action_rolls_back(folder):
    with pytest.raises(Refused):
        store_and_fail(b"x")

    assert (Document.objects.count(), stored_in(folder)) == (0, [])


def test_the_files_of_a_nested_action_go_when_the_outer_one_rolls_back(folder):
    with pytest.raises(Refused):
        store_inside_and_fail()

    assert stored_in(folder) == []


def test_an_inner_rollback_takes_its_own_files_only(folder):
    with atomic_with_files():
        kept = store_bytes(b"kept", name="1", media_type="application/json", by=None)
        with pytest.raises(Refused):
            store_and_fail(b"gone")

    assert [path.read_bytes() for path in stored_in(folder)] == [b"kept"]
    assert list(Document.objects.all()) == [kept]


def test_a_store_that_cannot_delete_does_not_hide_the_first_error(monkeypatch):
    def fails(self, name):
        raise OSError("disk")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.delete", fails)

    with pytest.raises(Refused):
        store_and_fail(b"x")


# --- what a killed process leaves behind ------------------------------------------------------------------------------


def swept(*arguments):
    out = StringIO()
    call_command("stray_files", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def stray(at):
    """A document, and a file whose transaction died with its process, two days ago."""
    document = store_bytes(b"kept", name="1", media_type="application/json", by=None)
    with transaction.atomic():
        gone = store_bytes(b"stray", name="2", media_type="application/json", by=None)
        transaction.set_rollback(True)
    at(clock.now() + timedelta(days=2))
    return document.file.name, gone.file.name


def test_stray_files_are_listed_and_stay(stray):
    lines = swept()

    assert lines == [stray[1], "1 stray files."]
    assert default_storage.exists(stray[1])


def test_stray_files_are_deleted_on_demand_and_documents_stay(stray):
    lines = swept("--delete")

    assert lines == [stray[1], "1 stray files, deleted."]
    assert [default_storage.exists(name) for name in stray] == [True, False]


def test_a_file_of_today_may_still_wait_for_its_row(folder):
    (folder / "2026").mkdir()
    (folder / "2026" / "young").write_bytes(b"x")

    assert swept() == ["0 stray files."]


def test_a_store_that_was_never_used_has_no_stray_files(folder):
    folder.rmdir()

    assert swept("--delete") == ["0 stray files, deleted."]
