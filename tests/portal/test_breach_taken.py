"""The list of people that a breach touched knows which files of lists were taken away, and who stood in them."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from core import clock
from grants.actions import exports
from grants.actions.external_checks import note_taken, send_round
from grants.models import Conflict
from grants.queries.exceptions import register
from grants.queries.taken import applications_in_export
from grants.statuses import CheckKind, ConflictKind, ExportFormat, ExportKind
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def officer() -> Any:
    return factories.make_staff("officer")


@shared
def two() -> list[Any]:
    call = factories.make_call()
    return [factories.application_at("submitted", call=call) for _n in range(2)]


def take(kind: str, rows: list[Any], by: Any, call: Any = None, file_format: str = ExportFormat.XLSX) -> Any:
    asked = exports.ask_export(kind, rows=rows, file_format=file_format, call=call, by=by)
    made = exports.make_export(asked.pk)
    assert made is not None
    return exports.take_export(made, by=by)


def rows(tmp_path, *arguments: str) -> list[list[str]]:
    path, asks = tmp_path / "list.csv", factories.make_user(roles=["administrator"])
    today = clock.today().isoformat()
    named = ["--by", asks.email, "--from", today, "--to", today, "--file", str(path), *arguments]
    call_command("breach_export", *named, stdout=io.StringIO())
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))[1:]


def test_whoever_stood_in_a_file_that_a_person_took_is_on_the_list(tmp_path, officer, two):
    take(ExportKind.APPLICATIONS, [two[0].pk], officer)

    found = rows(tmp_path, "--taken-by", officer.email.upper())

    assert {row[5] for row in found} == {two[0].number}
    assert two[0].created_by.email in {row[1] for row in found}
    assert all(officer.email in row[6] for row in found if row[1])


def test_a_file_that_was_made_and_not_taken_touches_nobody(tmp_path, officer, two):
    exports.ask_export(ExportKind.APPLICATIONS, rows=[two[0].pk], file_format=ExportFormat.XLSX, by=officer)

    assert rows(tmp_path, "--taken-by", officer.email) == []


def test_the_list_of_an_outside_check_is_read_too(tmp_path, client, officer, two):
    checks = send_round(two[0].call, kind=CheckKind.TAX_DEBT, by=officer)
    note_taken(checks, "sent", by=officer)

    found = rows(tmp_path, "--application", two[1].number)

    assert f"№ {checks.number}" in said(found)
    assert officer.email in said(found)


def said(found: list[list[str]]) -> str:
    return next(row[6] for row in found if row[1])


def test_what_was_taken_before_the_window_is_not_told(tmp_path, officer, two, at):
    take(ExportKind.APPLICATIONS, [two[0].pk], officer)
    at(clock.now() + timedelta(days=2))

    assert rows(tmp_path, "--taken-by", officer.email) == []
    assert [row[6] for row in rows(tmp_path, "--application", two[0].number) if row[1]] == [""]


def test_every_kind_of_file_says_whose_applications_it_holds(officer, two):
    read = factories.application_at("eligible", call=factories.make_call(reviews_needed=1))
    assignment = factories.review(factories.assign(read))
    conflict = Conflict.objects.create(person=factories.make_user(), application=two[0], kind=ConflictKind.PHONE)
    lifted = {"lift_reason": "Хаб.", "lift_proposed_by": factories.make_user(), "lifted_by": factories.make_user()}
    Conflict.objects.create(
        person=factories.make_user(), application=two[1], kind=ConflictKind.PHONE,
        lift_proposed_at=clock.now(), lifted_at=clock.now(), **lifted,
    )  # fmt: skip
    told = [f"{kind}:{pk}" for kind, pk, _at in register(officer)]

    held = {
        kind: applications_in_export(exports.ask_export(kind, rows=keys, file_format=how, call=call, by=officer))
        for kind, keys, how, call in (
            (ExportKind.CONFLICTS, [conflict.pk], "xlsx", None),
            (ExportKind.ASSIGNMENTS, [assignment.pk], "xlsx", None),
            (ExportKind.RANKING, [read.pk], "xlsx", read.call),
            (ExportKind.REGISTER, told, "xlsx", None),
            (ExportKind.COURT, [read.pk], "zip", read.call),
        )
    }

    of_read = {kind: {read.pk} for kind in ("assignments", "ranking", "court")}
    assert held == {"conflicts": {two[0].pk}, "register": {two[1].pk}, **of_read}
