"""What a conflict of interest closes, it closes on every list: the agenda, the ranking, files, minutes, the desk."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from committees.actions import agenda as items
from committees.actions import votes
from committees.actions.meetings import close_meeting
from committees.actions.minutes import make_minutes
from committees.models import ConflictDeclaration, ConflictLifting, Meeting
from committees.queries.session import session_of
from core.refusals import NotAllowed
from grants.actions import agenda
from grants.actions.conflicts import lift_conflict, propose_lifting, write_conflict
from grants.actions.exports import ask_export, make_export, take_export
from grants.actions.rankings import freeze_ranking
from grants.models import Application, ApplicationItem, Call, Conflict
from grants.queries.exports import rows_left
from grants.statuses import ConflictKind, ExportFormat, ExportKind
from tests import factories
from tests.commission import REASONS, convene, plan_meeting, resolve
from tests.grants.rows import run
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

SECRET, AMOUNT = "Жасырынжоба", 1_234_567


@shared
def secretary():
    return factories.make_staff("secretary")


@shared
def call() -> Call:
    year = factories.make_year(budget=5_000_000)
    return factories.make_call(year, reviews_needed=1, commission=factories.make_committee(4))


@shared
def closed(call) -> Application:
    """The application that is closed to some, among others."""
    owner = factories.make_user()
    factories.make_organisation(owner, name=f"ТОО «{SECRET} ұйымы»")
    row = factories.application_at("eligible", owner=owner, call=call, amount=AMOUNT)
    Application.objects.filter(pk=row.pk).update(title=SECRET)
    other = factories.application_at("eligible", call=call, amount=1_000_000)
    for one in (row, other):
        factories.review(factories.assign(one), score=4)
    return Application.objects.get(pk=row.pk)


@shared
def meeting(call, closed, secretary) -> Meeting:
    made = plan_meeting(call.commission, by=secretary)
    agenda.make_agenda(made, call, reasons=REASONS, by=secretary)
    freeze_ranking(call, by=secretary)
    return made


def conflicted(role: str, application: Application) -> Any:
    person = factories.make_staff(role)
    Conflict.objects.create(person=person, application=application, kind=ConflictKind.RECORDED)
    return person


def text_of(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)


def pages(meeting: Meeting, application: Application) -> dict[str, str]:
    call, item = application.call.public_id, ApplicationItem.objects.get(application=application).item
    run_of = application.call.ranking_runs.latest("pk")
    form = reverse("admin:committees_meeting_form", args=[meeting.pk, "defer"])
    return {
        "agenda": reverse("admin:committees_meeting_change", args=[meeting.pk]),
        "defer": f"{form}?item={item.public_id}",
        "substitute": f"{form.replace('defer', 'substitute')}?item={item.public_id}",
        "depart": reverse("admin:grants_agenda_depart", args=[item.public_id]),
        "items": reverse("admin:grants_applicationitem_changelist"),
        "ranking": reverse("admin:grants_ranking", args=[call]),
        "what if": reverse("admin:grants_ranking_what_if", args=[call]),
        "run": reverse("admin:grants_rankingrun_change", args=[run_of.pk]),
        "run, JSON": reverse("admin:grants_ranking_file", args=[run_of.public_id, "content"]),
        "release": reverse("admin:grants_decision_release", args=[call]),
        "experts": reverse("admin:grants_assignment_call", args=[call]),
        "desk": reverse("admin:index"),
        "member's agenda": reverse("committees:meeting", args=[meeting.public_id]),
        "member's declaration": reverse("committees:declare", args=[meeting.public_id]),
        "member's dissent": reverse("committees:dissent", args=[meeting.public_id, item.public_id]),
    }


def told(person: Any, meeting: Meeting, application: Application) -> dict[str, str]:
    """page -> what of the application it tells: s title or organisation, m money; only where it tells anything."""
    client, found = Client(), {}
    client.force_login(person)
    for name, path in pages(meeting, application).items():
        said = client.get(path).content.decode()
        letters = "s" * (SECRET.lower() in said.lower())
        letters += "m" * (str(AMOUNT) in re.sub(r"(?<=\d)[ \u00a0,](?=\d)", "", said))
        if letters:
            found[name] = letters
    return found


@pytest.mark.parametrize("role", ["officer", "secretary", "auditor", "administrator"])
def test_no_page_tells_staff_with_a_conflict_more_than_the_number(role, meeting, closed):
    person, free = conflicted(role, closed), factories.make_staff(role)
    client = Client()
    client.force_login(person)

    answer = client.get(pages(meeting, closed)["agenda"])

    assert told(person, meeting, closed) == {}
    assert told(free, meeting, closed)["agenda"] == "sm"
    assert closed.number in answer.content.decode()


def test_no_page_tells_a_member_with_a_conflict_more_than_the_number(meeting, closed):
    seat = meeting.committee.seats.filter(role="member").first()
    before = told(seat.user, meeting, closed)

    write_conflict(seat.user, closed, ConflictKind.RECORDED, note="", by=None)

    assert {"member's agenda", "ranking"} <= set(before)
    assert told(seat.user, meeting, closed) == {}


def test_a_person_with_a_conflict_may_press_nothing_on_the_item(client, meeting, closed, secretary):
    person = conflicted("secretary", closed)
    convene(meeting, by=secretary)
    item = ApplicationItem.objects.get(application=closed).item
    client.force_login(person)

    pressed = client.post(
        reverse("admin:committees_meeting_act", args=[meeting.pk, "open_item"]), {"item": item.public_id}
    )

    item.refresh_from_db()
    assert pressed.status_code == 403
    assert item.opened_at is None


@pytest.mark.parametrize("kind", [ExportKind.RANKING, ExportKind.ASSIGNMENTS])
def test_a_file_of_a_list_leaves_it_out_and_is_not_given_out_after(kind, meeting, closed):
    officer = factories.make_staff("officer")
    rows = [closed.pk] if kind == ExportKind.RANKING else [closed.assignments.get().pk]
    of_call = closed.call if kind == ExportKind.RANKING else None
    export = ask_export(kind, rows=rows, file_format=ExportFormat.XLSX, call=of_call, by=officer)
    made = make_export(export.pk)

    Conflict.objects.create(person=officer, application=closed, kind=ConflictKind.RECORDED)

    assert rows_left(export) == []
    with pytest.raises(NotAllowed):
        take_export(made, by=officer)


def test_the_minutes_are_copied_without_the_item(client, meeting, closed, secretary):
    convene(meeting, by=secretary)
    for row in ApplicationItem.objects.filter(item__meeting=meeting).select_related("item__meeting"):
        resolve(row.item, by=secretary)
    meeting.refresh_from_db()
    close_meeting(meeting, by=secretary)
    paper = make_minutes(meeting, by=secretary)[1]
    address = reverse("admin:committees_meeting_minutes", args=[meeting.pk, paper.public_id])
    client.force_login(conflicted("officer", closed))

    copy = text_of(client.get(address))
    client.force_login(factories.make_staff("officer"))
    whole = text_of(client.get(address))

    assert (SECRET in copy, SECRET in whole) == (False, True)
    assert closed.number in copy
    assert paper.content_sha256[:16] in copy.replace("\n", "").replace(" ", "")


# --- found after the agenda was made, lifted after it was made ------------------------------------


def item_of(application: Application) -> Any:
    return ApplicationItem.objects.select_related("item__meeting").get(application=application).item


def member(meeting: Meeting) -> Any:
    return meeting.committee.seats.filter(role="member").select_related("user").first()


def test_a_conflict_recorded_after_the_agenda_keeps_the_member_from_the_open_item(meeting, closed, secretary):
    convene(meeting, by=secretary)
    item, seat = items.open_item(item_of(closed), by=secretary), member(meeting)
    votes.cast_ballot(item, "for", by=seat.user)
    before = session_of(meeting).able(item)

    write_conflict(seat.user, closed, ConflictKind.RECORDED, note="", by=secretary)

    session = session_of(meeting)
    assert before - session.able(item) == {seat.pk}
    assert session.votes(item, item.ballots.all()).votes_for == 0


def test_a_match_lifted_after_the_agenda_was_made_lets_the_member_vote(call, closed, secretary):
    organisation, seat = closed.organisation, call.commission.seats.filter(role="member").first()
    type(organisation).objects.filter(pk=organisation.pk).update(phone="+77010001122")
    type(seat.user).objects.filter(pk=seat.user_id).update(phone="+77010001122")
    meeting = plan_meeting(call.commission, by=secretary)
    agenda.make_agenda(meeting, call, reasons=REASONS, by=secretary)
    item = item_of(closed)
    kept = seat.pk in session_of(meeting).conflicts[item.pk]
    match = write_conflict(seat.user, closed, ConflictKind.PHONE, note="", by=secretary)

    propose_lifting(match, reason="Телефон хаба.", by=secretary)
    lift_conflict(match, by=factories.make_staff("officer"))
    convene(meeting, by=secretary)
    items.open_item(item, by=secretary)
    ballot = votes.cast_ballot(item, "for", by=seat.user)

    assert kept
    assert ConflictLifting.objects.get().conflict.seat == seat
    assert ballot.seat == seat


def test_what_else_stands_is_written_down_when_one_match_is_lifted(call, closed, secretary):
    organisation, seat = closed.organisation, call.commission.seats.filter(role="member").first()
    type(organisation).objects.filter(pk=organisation.pk).update(phone="+77010001122")
    type(seat.user).objects.filter(pk=seat.user_id).update(phone="+77010001122")
    meeting = plan_meeting(call.commission, by=secretary)
    agenda.make_agenda(meeting, call, reasons=REASONS, by=secretary)
    match = write_conflict(seat.user, closed, ConflictKind.PHONE, note="", by=secretary)
    Conflict.objects.create(person=seat.user, application=closed, kind=ConflictKind.RECORDED)

    propose_lifting(match, reason="Телефон хаба.", by=secretary)
    lift_conflict(match, by=factories.make_staff("officer"))

    standing = ConflictDeclaration.objects.standing().filter(seat=seat)
    assert [row.kind for row in standing] == ["recorded"]


def test_what_was_declared_or_is_voted_on_is_never_lifted_in_sql(meeting, closed, secretary):
    item, seat = item_of(closed), member(meeting)
    declared = ConflictDeclaration.objects.create(item=item, seat=seat, source="declared")
    found = ConflictDeclaration.objects.create(item=item_of_other(closed), seat=seat, source="computed", kind="phone")
    convene(meeting, by=secretary)
    items.open_item(found.item, by=secretary)

    for row in (declared, found):
        with pytest.raises(IntegrityError), transaction.atomic():
            run(
                "INSERT INTO committees_conflictlifting (conflict_id, lifted_at) VALUES (%s, '2026-01-01 00:00:00')",
                row.pk,
            )


def item_of_other(application: Application) -> Any:
    rows = ApplicationItem.objects.exclude(application=application).select_related("item__meeting")
    return rows.get().item
