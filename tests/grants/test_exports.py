"""Files of lists: made once by a worker, holding what the person may see, taken by that person alone."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.models import Organisation
from accounts.statuses import OrganisationKind
from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from documents.models import Document
from grants.actions import exports
from grants.models import Application, Conflict, Export
from grants.models.export import KEPT_FOR, PATIENCE
from grants.statuses import ConflictKind, ExportFormat, ExportKind
from grants.tasks import sweep_exports
from tests import factories as make
from tests.shared import shared

pytestmark = pytest.mark.django_db
XLSX, PDF = ExportFormat.XLSX, ExportFormat.PDF
IIN = "000102300045"
HOSTILE = '=HYPERLINK("http://x.test","Студия")'
QUERIES = 5


@shared
def people():
    return {role: make.make_staff(role) for role in ("officer", "secretary", "finance", "auditor", "administrator")}


@shared
def three():
    call = make.make_call()
    rows = [make.application_at("submitted", call=call) for _ in range(3)]
    Application.objects.filter(pk=rows[0].pk).update(title=HOSTILE)
    Organisation.objects.filter(pk=rows[0].organisation_id).update(
        kind=OrganisationKind.SOLE_PROPRIETOR, identifier=IIN
    )
    return rows


def keys(rows) -> list[int]:
    return [row.pk for row in rows]


def made(kind, rows, by, file_format=XLSX, call=None) -> Export:
    asked = exports.ask_export(kind, rows=keys(rows), file_format=file_format, call=call, by=by)
    exports.make_export(asked.pk)
    asked.refresh_from_db()
    return asked


def content(export) -> bytes:
    with default_storage.open(str(export.document.file.name), "rb") as stored:
        return stored.read()


def cells(export) -> list[list]:
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(content(export))).active.iter_rows()]


def test_a_list_holds_its_rows_in_their_order(three, people):
    rows = [three[2], three[0]]

    table = cells(made(ExportKind.APPLICATIONS, rows, people["officer"]))

    assert [row[0] for row in table[1:]] == [row.number for row in rows]
    assert [row[6] for row in table[1:]] == [2_000_000, 2_000_000]


def test_a_title_that_looks_like_a_formula_is_text(three, people):
    book = load_workbook(BytesIO(content(made(ExportKind.APPLICATIONS, three[:1], people["officer"]))))

    cell = book.active["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (HOSTILE, "s", True)


@pytest.mark.parametrize("kind", [ExportKind.APPLICATIONS, ExportKind.DOSSIERS])
@pytest.mark.parametrize(("role", "reads"), [("officer", True), ("secretary", False), ("auditor", False)])
def test_an_iin_stands_in_files_of_those_who_may_read_it(three, people, kind, role, reads):
    export = made(kind, three, people[role])

    said = "".join(str(cell) for row in cells(export) for cell in row)
    assert (IIN in said, export.has_iin) == (reads, reads)
    assert three[1].organisation.identifier in said


@pytest.mark.parametrize("kind", [ExportKind.APPLICATIONS, ExportKind.DOSSIERS])
def test_a_pdf_says_the_same(three, people, kind):
    export = made(kind, three, people["officer"], PDF)

    said = "".join(page.extract_text() for page in PdfReader(BytesIO(content(export))).pages)
    assert [row.number for row in three if row.number not in said] == []
    assert export.document.media_type == "application/pdf"


def test_dossiers_hold_what_was_asked_and_answered(three, people):
    table = cells(made(ExportKind.DOSSIERS, three[:1], people["officer"]))

    assert "Ойындар қазақ тілінде аз." in [row[3] for row in table]


def test_conflicts_assignments_and_the_ranking(people):
    application = make.application_at("eligible", call=make.make_call(reviews_needed=1))
    assignment = make.review(make.assign(application))
    conflict = Conflict.objects.create(person=make.make_user(), application=application, kind=ConflictKind.PHONE)

    files = [
        made(ExportKind.CONFLICTS, [conflict], people["administrator"]),
        made(ExportKind.ASSIGNMENTS, [assignment], people["secretary"]),
        made(ExportKind.RANKING, [application], people["auditor"], call=application.call),
    ]

    assert [cells(one)[1][0] for one in files] == [application.number, application.number, 1]


def test_only_who_reads_a_list_asks_for_it(three, people):
    for role, kind in (("finance", ExportKind.RANKING), ("administrator", ExportKind.APPLICATIONS)):
        with pytest.raises(NotAllowed):
            exports.ask_export(kind, rows=keys(three), file_format=XLSX, by=people[role])


def test_rows_that_are_not_theirs_are_refused(three, people):
    Conflict.objects.create(person=people["officer"], application=three[0], kind=ConflictKind.RECORDED)

    with pytest.raises(Refused):
        exports.ask_export(ExportKind.APPLICATIONS, rows=keys(three), file_format=XLSX, by=people["officer"])


def test_what_is_no_longer_theirs_is_left_out_of_the_file(three, people):
    asked = exports.ask_export(ExportKind.APPLICATIONS, rows=keys(three), file_format=XLSX, by=people["officer"])
    Conflict.objects.create(person=people["officer"], application=three[0], kind=ConflictKind.RECORDED)

    exports.make_export(asked.pk)

    asked.refresh_from_db()
    assert (asked.rows, [row[0] for row in cells(asked)[1:]]) == (keys(three[1:]), [row.number for row in three[1:]])


def test_a_file_with_a_row_that_is_closed_since_is_given_out_no_more(client, three, people):
    export = made(ExportKind.APPLICATIONS, three, people["officer"])
    address = reverse("admin:grants_export_file", args=[export.pk])
    client.force_login(people["officer"])
    before = client.get(address).status_code

    Conflict.objects.create(person=people["officer"], application=three[0], kind=ConflictKind.RECORDED)

    assert (before, client.get(address).status_code) == (200, 403)
    assert AuditEvent.objects.filter(verb="export.take").count() == 1


def test_a_file_with_iin_is_given_out_while_its_reader_may_read_them(client, three, people):
    export = made(ExportKind.APPLICATIONS, three, people["officer"])
    people["officer"].groups.set(people["auditor"].groups.all())
    client.force_login(people["officer"])

    assert client.get(reverse("admin:grants_export_file", args=[export.pk])).status_code == 403


def test_nobody_else_sees_an_export(client, three, people):
    export = made(ExportKind.APPLICATIONS, three, people["officer"])
    client.force_login(make.make_staff("officer"))

    for page in ("file", "change"):
        assert client.get(reverse(f"admin:grants_export_{page}", args=[export.pk])).status_code == 404


def test_a_worker_killed_in_the_middle_leaves_no_second_file(three, people, at, monkeypatch):
    asked = exports.ask_export(ExportKind.APPLICATIONS, rows=keys(three), file_format=XLSX, by=people["officer"])
    stored = Document.objects.count()
    monkeypatch.setattr(exports, "_keep", _killed)
    with pytest.raises(KeyboardInterrupt):
        exports.make_export(asked.pk)
    monkeypatch.undo()
    at_once = exports.make_export(asked.pk)
    at(clock.now() + PATIENCE + timedelta(seconds=1))

    again = exports.make_export(asked.pk)

    assert (at_once, again.attempts, again.done) == (None, 2, 3)
    assert exports.make_export(asked.pk) is None
    assert Document.objects.count() == stored + 1


def _killed(*_args):
    raise KeyboardInterrupt


def test_two_workers_store_one_file(three, people):
    """The first was only slow: both have made it, the one that comes later finds the file there."""
    asked = exports.ask_export(ExportKind.APPLICATIONS, rows=keys(three), file_format=XLSX, by=people["officer"])
    first = exports._keep(asked, b"first", keys(three))
    stored = Document.objects.count()

    second = exports._keep(asked, b"second", keys(three))

    assert (second.document_id, Document.objects.count()) == (first.document_id, stored)


def test_a_file_that_killed_three_workers_is_given_up(client, three, people):
    asked = exports.ask_export(ExportKind.APPLICATIONS, rows=keys(three), file_format=XLSX, by=people["officer"])
    Export.objects.filter(pk=asked.pk).update(attempts=exports.MOST_ATTEMPTS)

    exports.make_export(asked.pk)

    asked.refresh_from_db()
    client.force_login(people["officer"])
    page = client.get(reverse("admin:grants_export_change", args=[asked.pk])).content.decode()
    assert (asked.failed_at is not None, asked.document, "data-reload-seconds" in page) == (True, None, False)


def test_progress_is_told_while_rows_are_written(three, people, monkeypatch):
    monkeypatch.setattr(exports, "STEP", 1)
    seen = []
    asked = exports.ask_export(ExportKind.DOSSIERS, rows=keys(three), file_format=PDF, by=people["officer"])

    for _one in exports._told(asked, iter([1, 2])):
        seen.append(Export.objects.get(pk=asked.pk).done)

    assert seen == [1, 2]


def test_a_file_goes_after_some_days(three, people, at):
    export = made(ExportKind.APPLICATIONS, three, people["officer"])
    at(clock.now() + KEPT_FOR + timedelta(minutes=1))

    assert (sweep_exports(), sweep_exports()) == (1, 0)

    export.document.refresh_from_db()
    assert export.document.erased_at is not None


def test_too_much_for_one_file_is_refused_before_it_is_made(three, people, monkeypatch):
    monkeypatch.setitem(exports.MOST, PDF, 2)

    with pytest.raises(Refused) as refusal:
        exports.ask_export(ExportKind.APPLICATIONS, rows=keys(three), file_format=PDF, by=people["officer"])

    assert refusal.value.code == "too_many"


def test_the_page_takes_the_filters_of_the_list_and_works_without_a_script(client, three, people):
    client.force_login(people["officer"])
    ask = reverse("admin:grants_export_ask", args=["applications"]) + f"?q={three[1].number}"
    listed = client.get(reverse("admin:grants_application_changelist"), {"q": three[1].number}).content.decode()

    answer = client.post(ask, {"file_format": "xlsx"})

    export = Export.objects.get()
    page = client.get(answer["Location"]).content.decode()
    assert (ask in listed, export.rows) == (True, [three[1].pk])
    assert [part for part in ('data-reload-seconds="3"', answer["Location"], "meter__bar") if part not in page] == []


def test_a_dossier_page_leads_to_its_own_file_alone(client, three, people):
    client.force_login(people["officer"])
    ask = reverse("admin:grants_export_ask", args=["dossiers"]) + f"?id={three[1].pk}"
    dossier = client.get(reverse("admin:grants_application_change", args=[three[1].pk])).content.decode()

    client.post(ask, {"file_format": "pdf"})

    assert (ask in dossier, Export.objects.get().rows) == (True, [three[1].pk])


def test_the_ranking_page_leads_to_its_file_in_the_order_of_ranks(client, people):
    call = make.make_call(reviews_needed=1)
    rows = [make.application_at("eligible", call=call) for _ in range(2)]
    for row, score in zip(rows, (2, 4), strict=True):
        make.review(make.assign(row), score)
    client.force_login(people["auditor"])
    ask = reverse("admin:grants_export_ask_ranking", args=[call.public_id])
    page = client.get(reverse("admin:grants_ranking", args=[call.public_id])).content.decode()

    client.post(ask, {"file_format": "xlsx"})

    export = Export.objects.get()
    exports.make_export(export.pk)
    export.refresh_from_db()
    assert (ask in page, [row[1] for row in cells(export)[1:]]) == (True, [rows[1].number, rows[0].number])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_ones_own_files_costs_the_same(client, three, people, django_assert_num_queries, count):
    for _ in range(count):
        exports.ask_export(ExportKind.APPLICATIONS, rows=keys(three), file_format=XLSX, by=people["officer"])
    client.force_login(people["officer"])
    address = reverse("admin:grants_export_changelist")
    client.get(address)

    with django_assert_num_queries(QUERIES):
        client.get(address)
