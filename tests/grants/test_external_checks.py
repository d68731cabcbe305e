"""Outside checks: one list goes out and comes back; looked at first, written down all or nothing, once."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Organisation
from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from documents.formulas.tables import read_table, write_table
from grants.actions import applications
from grants.actions.external_checks import import_answer, receive_answer, send_round
from grants.actions.screening import record_check
from grants.formulas.external_answers import full_identifier, read_answer
from grants.models import Conflict, ExternalCheckRound, ScreeningCheck
from grants.queries.external_checks import lacking, preview, rows_of
from grants.statuses import CheckKind, CheckResult, ConflictKind
from tests import factories as make
from tests.shared import shared

pytestmark = pytest.mark.django_db
KIND = CheckKind.TAX_DEBT
QUERIES = 6


@shared
def officer():
    return make.make_staff("officer")


@shared
def three():
    call = make.make_call()
    return [make.application_at("submitted", call=call) for _ in range(3)]


@shared
def checks(three, officer) -> ExternalCheckRound:
    return send_round(three[0].call, kind=KIND, by=officer)


def answered(checks, *words, change=lambda rows: rows) -> SimpleUploadedFile:
    """The list that went out with these answers, as it comes back."""
    rows = [[*row[:3], word, "№ 77"] for row, word in zip(rows_of(checks.sent), words, strict=False)]
    content = write_table(["№", "a", "b", "c", "d"], change(rows), title="t")
    return SimpleUploadedFile("answer.xlsx", content)


def received(checks, upload, officer):
    about = {"source": "МГД Алмалинского района", "answered_on": clock.today()}
    done = receive_answer(checks, upload=upload, by=officer, **about)
    checks.refresh_from_db()
    return done


def imported(checks, officer):
    return import_answer(checks, sha256=checks.answer.sha256, by=officer)


def test_the_list_holds_number_and_identifier_of_those_that_lack_the_check(three, checks, officer):
    with checks.sent.file.open() as stored:
        _head, *rows = read_table(stored.read())

    assert [row[1:3] for row in rows] == [[a.number, a.organisation.identifier] for a in three]
    assert (checks.number, checks.rows, len(checks.sent.sha256)) == (1, 3, 64)
    assert AuditEvent.objects.get(verb="external_check.send").data == {"rows": 3, "sha256": checks.sent.sha256}
    with checks.sent.file.open() as stored:
        offered = load_workbook(BytesIO(stored.read())).active.data_validations.dataValidation[0].formula1
    assert offered.count(",") == 2


def test_who_has_the_check_or_no_identifier_or_a_conflict_is_not_in_the_list(three, officer):
    first, second, third = three
    record_check(first, KIND, CheckResult.PASSED, evidence="справка", by=officer)
    Organisation.objects.filter(pk=second.organisation_id).update(country="UZ", identifier="")
    Conflict.objects.create(person=officer, application=third, kind=ConflictKind.RECORDED)

    assert list(lacking(first.call, KIND, officer)) == []
    with pytest.raises(Refused) as refusal:
        send_round(first.call, kind=KIND, by=officer)
    assert refusal.value.code == "nothing"


def test_nothing_is_written_before_the_import(three, checks, officer):
    received(checks, answered(checks, "Долга нет", "Қарыз бар", "?"), officer)

    shown = preview(checks, officer)

    assert [(row.application.number, row.result) for row in shown.ready] == [
        (three[0].number, "passed"), (three[1].number, "failed"), (three[2].number, "unclear"),
    ]  # fmt: skip
    assert ScreeningCheck.objects.filter(kind=KIND).count() == 0


def test_an_import_writes_every_answer_with_its_evidence(three, checks, officer):
    received(checks, answered(checks, "Долга нет", "Қарыз бар", ""), officer)

    done = imported(checks, officer)

    kept = {c.application_id: c for c in ScreeningCheck.objects.filter(kind=KIND)}
    assert {pk: c.result for pk, c in kept.items()} == {three[0].pk: "passed", three[1].pk: "failed"}
    words = f"МГД Алмалинского района, {clock.today():%d.%m.%Y} · № 1 · {done.answer.sha256[:12]} · № 77"
    assert {c.evidence for c in kept.values()} == {words}
    assert {c.external_round for c in kept.values()} == {done}
    assert (done.written, done.imported_by) == (2, officer)
    assert AuditEvent.objects.filter(verb="application.check").count() == 2
    assert list(lacking(three[0].call, KIND, officer)) == [three[2]]


def test_importing_twice_changes_nothing(checks, officer):
    received(checks, answered(checks, "нет", "нет", "нет"), officer)
    imported(checks, officer)
    before = list(ScreeningCheck.objects.order_by("pk").values()), AuditEvent.objects.count()

    imported(checks, officer)

    assert (list(ScreeningCheck.objects.order_by("pk").values()), AuditEvent.objects.count()) == before


def changed(place, column, value):
    return lambda rows: [[*r[:column], value, *r[column + 1 :]] if n == place else r for n, r in enumerate(rows)]


@pytest.mark.parametrize(
    "change",
    [
        changed(1, 1, "GR-2026-99999"),
        changed(1, 2, "250440099999"),
        changed(1, 3, "может быть"),
        lambda rows: [*rows, rows[0]],
        lambda rows: [rows[0], [*rows[1][:1], rows[0][1], *rows[1][2:]]],
    ],
    ids=["unknown number", "other identifier", "no answer that we know", "twice", "number of another"],
)
def test_one_line_that_does_not_fit_stops_the_whole_import(checks, officer, change):
    received(checks, answered(checks, "нет", "нет", "нет", change=change), officer)

    with pytest.raises(Refused) as refusal:
        imported(checks, officer)

    assert (refusal.value.code, len(refusal.value.items)) == ("faults", 1)
    assert ScreeningCheck.objects.filter(kind=KIND).count() == 0


def test_what_has_changed_since_is_left_out_and_said(three, checks, officer):
    first, second, third = three
    received(checks, answered(checks, "нет", "нет", "нет"), officer)
    record_check(first, KIND, CheckResult.FAILED, evidence="справка", by=officer)
    applications.withdraw_application(second, by=second.created_by)
    Organisation.objects.filter(pk=third.organisation_id).update(identifier=make.make_bin(4321))

    shown = preview(checks, officer)
    imported(checks, officer)

    assert ([line.split(":")[0] for line in shown.left_out], shown.ready) == ([a.number for a in three], [])
    assert [c.result for c in ScreeningCheck.objects.filter(kind=KIND)] == ["failed"]


def test_another_file_takes_its_place_until_the_import(checks, officer):
    first = received(checks, answered(checks, "есть"), officer).answer
    second = received(checks, answered(checks, "нет"), officer)

    with pytest.raises(Refused) as other:
        import_answer(second, sha256=first.sha256, by=officer)
    imported(second, officer)
    with pytest.raises(Refused) as again:
        received(second, answered(checks, "есть"), officer)
    assert (other.value.code, again.value.code) == ("changed", "imported")

    first.refresh_from_db()
    assert (first.erased_at is not None, ScreeningCheck.objects.get(kind=KIND).result) == (True, "passed")


def test_only_an_officer_sends_and_imports(three, checks, officer):
    auditor = make.make_staff("auditor")
    received(checks, answered(checks, "нет"), officer)

    for act in (
        lambda: send_round(three[0].call, kind=KIND, by=auditor),
        lambda: received(checks, answered(checks, "нет"), auditor),
        lambda: imported(checks, auditor),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    ("typed", "result"), [("ДОЛГА НЕТ.", "passed"), (" жоқ ", "passed"), ("Yes", "failed"), ("да нет", None)]
)
def test_answers_are_read_as_people_write_them(typed, result):
    assert read_answer(typed) == result


def test_a_number_that_lost_its_zeros_is_whole_again():
    found = [full_identifier(text) for text in ("102300045", "000 102 300 045", "")]

    assert found == ["000102300045", "000102300045", ""]


def test_the_pages_lead_from_the_list_to_the_answers(client, three, officer):
    client.force_login(officer)
    sent = client.post(reverse("admin:grants_externalcheckround_send"), {"call": three[0].call.pk, "kind": KIND})
    checks = ExternalCheckRound.objects.get()
    page = reverse("admin:grants_externalcheckround_change", args=[checks.pk])
    about = {"source": "КГД", "answered_on": clock.today().isoformat(), "upload": answered(checks, "нет", "нет", "нет")}
    client.post(reverse("admin:grants_externalcheckround_receive", args=[checks.pk]), about)
    checks.refresh_from_db()
    looked = client.get(page).content.decode()
    client.post(reverse("admin:grants_externalcheckround_import", args=[checks.pk]), {"sha256": checks.answer.sha256})
    taken = client.get(reverse("admin:grants_externalcheckround_file", args=[checks.pk, "answer"]))

    checks.refresh_from_db()
    assert (sent["Location"], checks.written, taken.status_code) == (page, 3, 200)
    assert [number for number in (a.number for a in three) if number not in looked] == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_rounds_costs_the_same(client, three, officer, django_assert_num_queries, count):
    for _ in range(count):
        send_round(three[0].call, kind=KIND, by=officer)
    client.force_login(officer)
    address = reverse("admin:grants_externalcheckround_changelist")
    client.get(address)

    with django_assert_num_queries(QUERIES):
        client.get(address)


def test_an_auditor_reads_the_rounds_and_takes_no_file(client, checks):
    client.force_login(make.make_staff("auditor"))

    assert client.get(reverse("admin:grants_externalcheckround_change", args=[checks.pk])).status_code == 200
    assert client.get(reverse("admin:grants_externalcheckround_file", args=[checks.pk, "sent"])).status_code == 404
