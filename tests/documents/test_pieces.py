"""A file in pieces: what arrives is what was sent, on a disk and in an object store; nothing is left behind."""

import hashlib
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as with_settings
from hypothesis import strategies as st

from core import clock
from core.refusals import Refused
from documents.actions import pieces
from documents.actions.pieces import PIECE, add_piece, begin_upload, end_upload, joined
from documents.actions.store import store_upload
from documents.models import Document, PartialUpload
from documents.tasks import sweep_uploads
from tests.documents import files
from tests.factories import make_user

pytestmark = [pytest.mark.django_db]
LARGE = files.pdf() + b"\n%" + b"x" * (2 * PIECE)


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    """A store of this test's own."""
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    return tmp_path


def stored_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def begin(person=None, content: bytes = LARGE, **how) -> PartialUpload:
    about = {"purpose": "abc:doc_deck", "name": "Жоба.pdf", "size": len(content), "fingerprint": "f" * 16, **how}
    return begin_upload(by=person or make_user(), **about)


def send(upload: PartialUpload, content: bytes = LARGE, *, until: int = 99) -> PartialUpload:
    """Sends what is missing, so many pieces at most."""
    for _piece in range(until):
        if upload.received == len(content):
            break
        upload = add_piece(upload, offset=upload.received, content=content[upload.received :][:PIECE])
    return upload


@pytest.mark.embedded
def test_the_pieces_are_joined_to_the_file_that_was_sent(folder):
    upload = send(begin())

    with joined(upload) as whole:
        document = store_upload(whole, by=upload.user)

    assert document.sha256 == hashlib.sha256(LARGE).hexdigest()
    assert (document.original_name, document.size, upload.percent) == ("Жоба.pdf", len(LARGE), 100)


def test_the_same_in_an_object_store_where_each_piece_is_an_object(object_store):
    upload = send(begin())
    names = list(upload.pieces)

    with joined(upload) as whole:
        document = store_upload(whole, by=upload.user)

    assert len(names) == 3
    assert all(default_storage.exists(name) for name in names)
    assert hashlib.sha256(document.file.read()).hexdigest() == hashlib.sha256(LARGE).hexdigest()


def test_an_object_store_keeps_no_piece_of_what_has_ended(object_store, django_capture_on_commit_callbacks):
    upload = send(begin())
    names = list(upload.pieces)

    with django_capture_on_commit_callbacks(execute=True):
        end_upload(upload)

    assert [default_storage.exists(name) for name in names] == [False] * 3


@pytest.mark.embedded
def test_after_a_cut_the_same_file_goes_on_where_it_was(folder):
    person = make_user()
    send(begin(person), until=2)

    again = begin(person)

    assert (again.received, again.percent) == (2 * PIECE, 99)
    assert PartialUpload.objects.count() == 1


@pytest.mark.parametrize(
    "other", [{"purpose": "abc:doc_portfolio"}, {"fingerprint": "0" * 16}, {"size": PIECE}, {"fingerprint": ""}]
)
def test_another_file_or_another_purpose_begins_anew(folder, other):
    person = make_user()
    send(begin(person), until=1)

    again = begin(person, **other)

    assert again.received == 0


def test_another_person_begins_anew(folder):
    send(begin(), until=1)

    assert begin(make_user()).received == 0


@pytest.mark.embedded
def test_a_piece_that_comes_twice_changes_nothing(folder):
    upload = send(begin(), until=1)

    again = add_piece(upload, offset=0, content=LARGE[:PIECE])

    assert (again.received, len(stored_in(folder))) == (PIECE, 1)


BAD_PIECES = {
    "a gap": (2 * PIECE, b"x" * PIECE),
    "too short": (PIECE, b"x"),
    "too long": (PIECE, b"x" * (PIECE + 1)),
    "nothing": (PIECE, b""),
}


@pytest.mark.parametrize("case", BAD_PIECES)
def test_a_piece_that_does_not_fit_is_refused_and_leaves_nothing_behind(folder, case):
    upload = send(begin(), until=1)
    offset, content = BAD_PIECES[case]

    with pytest.raises(Refused) as refused:
        add_piece(upload, offset=offset, content=content)

    upload.refresh_from_db()
    assert (refused.value.code, upload.received, len(stored_in(folder))) == ("gap", PIECE, 1)


def test_a_piece_whose_row_is_refused_leaves_no_object_behind(folder, monkeypatch):
    upload = begin()
    monkeypatch.setattr(PartialUpload, "save", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        send(upload)

    assert stored_in(folder) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [(files.heic(), "heic"), (files.PROGRAM, "unknown"), (files.old_office(), "old_office"), (b"<html>", "unknown")],
)
def test_the_first_piece_tells_a_type_that_we_do_not_take(folder, content, code):
    content = content.ljust(2 * PIECE, b"\0")

    with pytest.raises(Refused) as refused:
        send(begin(content=content), content)

    assert (refused.value.code, stored_in(folder)) == (code, [])


@pytest.mark.parametrize("content", [files.pdf(), files.picture("JPEG"), files.office("docx"), files.picture("WEBP")])
def test_the_first_piece_of_a_right_file_is_taken(folder, content):
    assert send(begin(content=content), content).received == len(content)


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (15 * 1024 * 1024 + 1, "too_large")])
def test_nothing_and_too_much_are_refused_before_a_byte_is_sent(folder, size, code):
    with pytest.raises(Refused) as refused:
        begin(size=size)

    assert (refused.value.code, PartialUpload.objects.count()) == (code, 0)


def test_a_piece_of_an_upload_that_has_ended_meanwhile_is_refused_and_leaves_nothing(folder):
    upload = begin()
    PartialUpload.objects.all().delete()

    with pytest.raises(Refused) as refused:
        send(upload)

    assert (refused.value.code, stored_in(folder)) == ("gap", [])


def test_a_file_that_is_not_whole_is_not_joined(folder):
    upload = send(begin(), until=2)

    with pytest.raises(Refused) as refused, joined(upload):
        pass

    assert refused.value.code == "incomplete"


def test_a_person_has_so_many_files_under_way_and_no_more(folder, monkeypatch):
    monkeypatch.setattr(pieces, "MOST_UNDER_WAY", 2)
    person = make_user()
    for number in range(2):
        begin(person, fingerprint=str(number))

    with pytest.raises(Refused) as refused:
        begin(person, fingerprint="third")

    assert refused.value.code == "too_many"
    assert begin(make_user(), fingerprint="third").received == 0


def test_a_person_begins_so_many_files_in_a_while_and_no_more(folder, monkeypatch):
    monkeypatch.setattr(pieces, "MOST_IN_A_WHILE", 3)
    person = make_user()
    for number in range(3):
        end_upload(begin(person, fingerprint=str(number)))

    with pytest.raises(Refused) as refused:
        begin(person, fingerprint="fourth")

    assert refused.value.code == "too_often"


def test_no_row_holds_more_than_the_file_has(folder):
    upload = begin()

    with pytest.raises(IntegrityError), transaction.atomic():
        PartialUpload.objects.filter(pk=upload.pk).update(received=upload.size + 1)


@pytest.mark.embedded
def test_what_nobody_went_on_with_is_swept_with_its_pieces(folder, at, django_capture_on_commit_callbacks):
    old = send(begin(), until=2)
    at(clock.now() + pieces.KEPT_FOR + timedelta(minutes=1))
    young = begin(make_user())

    with django_capture_on_commit_callbacks(execute=True):
        swept = [sweep_uploads(), sweep_uploads()]

    assert (swept, stored_in(folder)) == ([1, 0], [])
    assert list(PartialUpload.objects.values_list("pk", flat=True)) == [young.pk]
    assert old.pk != young.pk


def test_pieces_on_their_way_are_no_strays_and_forgotten_ones_are(folder, at):
    upload = send(begin(), until=1)
    at(clock.now() + timedelta(days=2))
    out = StringIO()
    call_command("stray_files", stdout=out)
    PartialUpload.objects.all().delete()

    call_command("stray_files", stdout=out)

    assert out.getvalue().splitlines() == ["0 stray files.", upload.pieces[0], "1 stray files."]


@with_settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.integers(40, 900), cuts=st.lists(st.booleans(), max_size=40))
def test_however_often_it_is_cut_the_bytes_are_the_same(folder, monkeypatch, size, cuts):
    monkeypatch.setattr(pieces, "PIECE", 64)
    content = (files.pdf() * 3)[:size]
    person, lost = make_user(), iter(cuts)
    upload = begin(person, content, fingerprint=hashlib.sha256(repr((size, cuts)).encode()).hexdigest())
    while upload.received < size:
        after = add_piece(upload, offset=upload.received, content=content[upload.received :][:64])
        upload = begin(person, content, fingerprint=upload.fingerprint) if next(lost, False) else after

    with joined(upload) as whole:
        assert whole.read() == content
    assert Document.objects.count() == 0
