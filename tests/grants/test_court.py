"""A dossier for a court holds everything about one application, always in the same bytes, and shows any other byte."""

import hashlib
import json
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.urls import reverse

from committees.models import Ballot
from core import dossier, seals
from core.dossier import MANIFEST, faults_against_database, faults_of, pack
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from grants.actions import exports
from grants.actions.court import export_for_court
from grants.actions.exports import make_export
from grants.models import Application, Conflict, Export, ScoreEntry
from grants.queries.court import files_about
from grants.queries.court_tables import OWN
from grants.statuses import ConflictKind
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
# Rows that name an application and say nothing of it: who looked, who was warned, how it was found.
NOT_FOR_A_COURT: set[str] = set()


@shared
def awarded() -> Application:
    """Sent, screened, read by two experts, voted on, awarded."""
    return factories.application_at("awarded", call=factories.make_planned_call())


@shared
def auditor():
    return factories.make_staff("auditor")


@shared
def bundle(awarded, auditor) -> bytes:
    return export_for_court(awarded, by=auditor)


def members(bundle: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(bundle)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def rows(bundle: bytes, table: str) -> list[dict]:
    return json.loads(members(bundle)[f"rows/{table}.json"])


def test_it_holds_rows_papers_letters_and_events(awarded, bundle):
    found = members(bundle)

    snapshot = awarded.submissions.get().snapshot
    with snapshot.file.open("rb") as stored:
        assert found[f"papers/{snapshot.public_id}"] == stored.read()
    assert len(rows(bundle, "grants.scoreentry")) == ScoreEntry.objects.count() == 6
    assert len(rows(bundle, "committees.ballot")) == Ballot.objects.count() == 1
    assert [row["outcome"] for row in rows(bundle, "grants.decision")] == ["award"]
    assert len(rows(bundle, "grants.rankingrun")) == 1
    told = {one["content"]["verb"] for one in json.loads(found[dossier.EVENTS])}
    assert {"application.submit", "application.award", "ranking.freeze", "meeting.open"} <= told
    assert any(awarded.number.encode() in text for name, text in found.items() if name.startswith("letters/"))


def test_the_manifest_names_every_file_and_the_head_of_the_chain(bundle):
    found = members(bundle)
    manifest = json.loads(found[MANIFEST])

    assert set(manifest["files"]) == set(found) - {MANIFEST}
    assert manifest["head"]["position"] == json.loads(found[dossier.CHAIN])["head"]["position"] > 0


def test_the_same_rows_give_the_same_bytes(awarded):
    seals.seal_pending()
    fresh = Application.objects.select_related("call", "answer_set").get(pk=awarded.pk)

    first, second = (pack(files_about(fresh), {"number": fresh.number}) for _turn in range(2))

    assert first == second


def test_no_table_that_points_at_an_application_is_forgotten():
    listed = {model._meta.label for model, _way in OWN}

    pointing = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Application and model is not Application
    }

    assert pointing - listed == NOT_FOR_A_COURT


def test_a_whole_dossier_is_green_with_and_without_the_database(bundle):
    assert faults_of(bundle) == []
    assert faults_against_database(bundle) == []


def test_one_changed_byte_in_any_member_turns_it_red(bundle):
    found = members(bundle)

    green = []
    for name, content in found.items():
        for place in {0, len(content) // 2, len(content) - 1} if content else set():
            spoiled = bytearray(content)
            spoiled[place] ^= 1
            if not faults_of(dossier._zip({**found, name: bytes(spoiled)})):
                green.append((name, place))

    assert len(found) > 40
    assert green == []


def test_one_changed_byte_anywhere_in_the_file_turns_it_red(bundle):
    """Headers, names and the directory of the ZIP too: a byte of every ten thousand, and all of the last 300."""
    places = [*range(0, len(bundle), 9973), *range(len(bundle) - 300, len(bundle))]

    green = []
    for place in places:
        spoiled = bytearray(bundle)
        spoiled[place] ^= 1
        if not faults_of(bytes(spoiled)):
            green.append(place)

    assert green == []


def test_a_member_that_is_taken_out_or_put_in_turns_it_red(bundle):
    found = members(bundle)
    without = {name: content for name, content in found.items() if not name.startswith("letters/")}

    assert faults_of(dossier._zip(without)) != []
    assert faults_of(dossier._zip({**found, "rows/more.json": b"[]"})) != []


def test_a_forger_who_mends_the_manifest_is_found_by_the_chain_or_by_the_portal(bundle):
    """Whole in itself, and still not what this portal gave out."""
    found = members(bundle)
    manifest = json.loads(found.pop(MANIFEST))
    forged = found["rows/grants.decision.json"].replace(b"award", b"decline")

    mended = pack({**found, "rows/grants.decision.json": forged}, manifest["about"])

    assert faults_of(mended) == []
    assert faults_against_database(mended) == ["this portal never gave out a dossier with this SHA-256"]


def test_an_event_that_was_rewritten_with_its_hash_breaks_the_links(bundle):
    found = members(bundle)
    manifest = json.loads(found.pop(MANIFEST))
    events = json.loads(found[dossier.EVENTS])
    events[0]["content"]["actor_id"] = 987_654_321
    events[0]["sha256"] = dossier.sha256_of(events[0]["content"])

    forged = pack({**found, dossier.EVENTS: dossier.canonical_json(events).encode()}, manifest["about"])

    assert faults_of(forged) == [f"event {events[0]['event']}: its content does not match its hash in the chain"]


# --- from the shell -------------------------------------------------------------------------------


def test_the_commands_write_it_and_check_it(awarded, auditor, tmp_path: Path):
    path, said = tmp_path / "dossier.zip", StringIO()
    call_command("court_export", awarded.number, out=path, by=auditor.email, stdout=StringIO())

    call_command("verify_audit", dossier=path, stdout=said)

    lines = said.getvalue().splitlines()
    assert lines[0] == "The dossier is whole. This portal made it."
    assert "all unchanged" in lines[1]
    event = AuditEvent.objects.get(verb="application.court_export")
    assert (event.actor_id, event.object_id) == (auditor.pk, awarded.public_id)


@pytest.mark.parametrize("offline", [True, False])
def test_the_command_fails_on_a_spoiled_dossier(bundle, tmp_path: Path, offline):
    spoiled = bytearray(bundle)
    spoiled[len(spoiled) // 3] ^= 1
    path, errors = tmp_path / "dossier.zip", StringIO()
    path.write_bytes(spoiled)

    with pytest.raises(CommandError, match="faults in the dossier"):
        call_command("verify_audit", dossier=path, offline=offline, stderr=errors)

    assert errors.getvalue() != ""


def test_a_number_or_a_person_that_is_not_there_is_said(awarded, auditor, tmp_path: Path):
    out = tmp_path / "x.zip"

    with pytest.raises(CommandError, match="no such application"):
        call_command("court_export", "GR-0", out=out, by=auditor.email)
    with pytest.raises(CommandError, match="no such person"):
        call_command("court_export", awarded.number, out=out, by="nobody@example.test")
    with pytest.raises(CommandError) as refused:
        call_command("court_export", awarded.number, out=out, by=awarded.created_by.email)

    assert refused.value.__cause__.code == "not_allowed"
    assert out.exists() is False


# --- who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["secretary", "commission", "finance", "expert"])
def test_others_of_the_staff_get_none(awarded, role):
    with pytest.raises(NotAllowed):
        export_for_court(awarded, by=factories.make_user(roles=[role]))


def test_a_draft_has_no_dossier(auditor):
    with pytest.raises(Refused) as caught:
        export_for_court(factories.make_draft(), by=auditor)

    assert caught.value.code == "never_sent"


@pytest.mark.parametrize(("role", "status"), [("auditor", 302), ("officer", 302), ("secretary", 404), ("expert", 302)])
def test_the_page_asks_for_it_for_whom_the_policy_names(client, awarded, role, status):
    client.force_login(factories.make_staff(role))

    asked = client.post(reverse("admin:grants_application_court", args=[awarded.pk]))

    assert asked.status_code == status
    assert Export.objects.filter(kind="court").exists() == (role in ("auditor", "officer"))


@pytest.mark.parametrize("role", ["auditor", "officer"])
def test_a_worker_makes_the_zip_and_its_reader_takes_it(client, awarded, role):
    client.force_login(factories.make_staff(role))
    page = client.post(reverse("admin:grants_application_court", args=[awarded.pk])).url
    waits = client.get(page).content.decode()
    export = Export.objects.get(kind="court")

    make_export(export.pk)

    taken = client.get(reverse("admin:grants_export_file", args=[export.pk]))
    bundle = b"".join(taken.streaming_content)
    assert "data-reload-seconds" in waits
    assert taken["Content-Disposition"] == f'attachment; filename="{awarded.number}.zip"'
    assert faults_of(bundle) == []
    events = AuditEvent.objects.filter(object_id=awarded.public_id, verb="application.court_export")
    assert [event.data["sha256"] for event in events] == [hashlib.sha256(bundle).hexdigest()]


def test_the_worker_tells_how_far_the_zip_is(awarded, auditor, monkeypatch):
    export = ask(awarded, auditor)
    heard = []
    monkeypatch.setattr(exports, "_note", lambda _export, done, total: heard.append((done, total)))

    make_export(export.pk)

    most = heard[-1][1]
    assert heard == [(n, most) for n in range(1, most + 1)]


def test_a_zip_of_what_is_closed_since_is_not_made(awarded):
    officer = factories.make_staff("officer")
    export = ask(awarded, officer)
    Conflict.objects.create(person=officer, application=awarded, kind=ConflictKind.RECORDED)

    make_export(export.pk)

    export.refresh_from_db()
    assert (export.document, export.failed_at is None) == (None, False)
    assert AuditEvent.objects.filter(verb="application.court_export").count() == 0


def ask(application: Application, person: Any) -> Export:
    how = {"rows": [application.pk], "file_format": "zip", "call": application.call}
    return exports.ask_export("court", by=person, **how)
