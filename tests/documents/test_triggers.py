"""A stored document never changes and never goes, whoever writes the SQL; erasing leaves a tombstone once."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from documents.actions.store import store_bytes
from documents.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ERASE = "UPDATE documents_document SET erased_at = uploaded_at, file = '', original_name = '' WHERE id = %s"


@pytest.fixture
def document():
    return store_bytes(b"{}", name="a.json", media_type="application/json", by=None)


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


CHANGES = [
    "original_name = 'other.pdf'",
    "media_type = 'text/html'",
    "size = 1",
    "sha256 = 'other'",
    "file = 'other'",
    "public_id = 'other'",
    "uploaded_at = '2020-01-01 00:00:00'",
    "id = id + 1000",
    "uploaded_by_id = NULL",
    "sha256 = 'other', erased_at = uploaded_at",
    "size = 1, erased_at = uploaded_at",
    "uploaded_at = '2020-01-01 00:00:00', erased_at = uploaded_at",
]


@pytest.mark.parametrize("change", CHANGES)
def test_raw_sql_cannot_change_a_document(document, change):
    with pytest.raises(IntegrityError, match="a stored document never changes"):
        run(f"UPDATE documents_document SET {change} WHERE id = %s", document.pk)

    assert Document.objects.values().get() == Document.objects.values().get(sha256=document.sha256, size=2)


def test_raw_sql_cannot_delete_a_document(document):
    with pytest.raises(IntegrityError, match="append-only"):
        run("DELETE FROM documents_document WHERE id = %s", document.pk)


def test_update_and_bulk_writes_of_the_orm_are_refused_too(document):
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.update(sha256="other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.all().delete()

    document.refresh_from_db()
    assert document.sha256 != "other"


@pytest.mark.postgres
def test_truncate_is_refused(document):
    run("SET CONSTRAINTS ALL IMMEDIATE")  # TRUNCATE does not wait for deferred foreign keys

    with pytest.raises(IntegrityError, match="append-only"):
        run("TRUNCATE documents_document CASCADE")


@pytest.mark.parametrize("same", ["id", "public_id"])
def test_replace_is_refused_whatever_the_pragma_says(document, same, is_postgres):
    if is_postgres:
        pytest.skip("PostgreSQL has no REPLACE.")
    number, public_id = (document.pk, "fresh") if same == "id" else (document.pk + 1, document.public_id)
    columns = "id, public_id, file, original_name, media_type, size, sha256, uploaded_at"
    run("PRAGMA recursive_triggers = OFF")

    with pytest.raises(IntegrityError, match="append-only"):
        run(
            f"INSERT OR REPLACE INTO documents_document ({columns}) SELECT %s, %s, 'x', 'x', 'x', 1, 'x', uploaded_at "
            "FROM documents_document",
            number,
            public_id,
        )
    run("PRAGMA recursive_triggers = ON")

    assert Document.objects.get().sha256 == document.sha256


def test_erasing_leaves_a_tombstone_with_hash_and_size(document):
    run(ERASE, document.pk)

    tombstone = Document.objects.get()
    assert (tombstone.sha256, tombstone.size) == (document.sha256, 2)
    assert (tombstone.file.name, tombstone.original_name, tombstone.erased_at) == ("", "", document.uploaded_at)


@pytest.mark.parametrize("change", ["erased_at = NULL", "file = 'back'", "original_name = 'back'", "sha256 = 'x'"])
def test_a_tombstone_stays_one(document, change):
    run(ERASE, document.pk)

    with pytest.raises(DatabaseError, match="a stored document never changes"):
        run(f"UPDATE documents_document SET {change} WHERE id = %s", document.pk)
