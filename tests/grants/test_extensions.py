"""More time: for everybody with a public reason, for one with a count; by an administrator who does not screen."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from grants.actions.applications import edit_application, submit_application, take_back_application
from grants.actions.extensions import extend_call, propose_extension
from grants.models import Application, Call, Extension
from grants.statuses import ApplicationStatus as A
from notifications.models import Message
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DAY = timedelta(days=1)
REASONS = {"reason_kk": "Портал істемей қалды.", "reason_ru": "Портал не работал."}


@pytest.fixture
def administrator():
    return factories.make_staff("administrator")


@pytest.fixture
def draft() -> Application:
    return factories.make_draft()


def closed(application: Application) -> Application:
    Call.objects.filter(pk=application.call_id).update(closes_at=clock.now() - timedelta(hours=1))
    return Application.objects.select_related("call").get(pk=application.pk)


def code_of(action, *what, **how) -> str:
    with pytest.raises(Refused) as caught:
        action(*what, **how)
    return caught.value.code


def test_everybodys_extension_moves_the_closing_and_says_why_to_all(client, draft, administrator):
    draft = closed(draft)
    later = clock.now() + DAY

    extend_call(draft.call, closes_at=later, **REASONS, by=administrator)

    call, rules = Call.objects.get(), list(draft.call.rules_versions.all())
    pages = {code: client.get(f"/{code}/calls/{call.public_id}/").content.decode() for code in ("kk", "ru")}
    assert call.closes_at == later
    assert [(r.number, r.reason_kk, r.reason_ru) for r in rules] == [(1, "", ""), (2, *REASONS.values())]
    assert rules[0].sha256 != rules[1].sha256
    assert REASONS["reason_kk"] in pages["kk"]
    assert REASONS["reason_ru"] in pages["ru"]


def test_who_has_a_draft_gets_a_letter_and_who_has_sent_gets_none(draft, administrator):
    sent = factories.application_at(A.SUBMITTED, call=draft.call)
    extend_call(draft.call, closes_at=draft.call.closes_at + DAY, **REASONS, by=administrator)

    told = list(Message.objects.filter(event="call_extended").values_list("user", "context__reason"))

    assert told == [(draft.created_by_id, REASONS["reason_ru"])]
    assert sent.created_by_id != draft.created_by_id


def test_after_everybodys_extension_a_draft_goes_on_and_is_sent(draft, administrator):
    draft = closed(draft)
    extend_call(draft.call, closes_at=clock.now() + DAY, **REASONS, by=administrator)

    edit_application(draft, facts={"title": "Жаңа"}, by=draft.created_by)
    submit_application(draft, agreed={"declaration"}, by=draft.created_by)

    draft.refresh_from_db()
    assert (draft.status, draft.title) == (A.SUBMITTED, "Жаңа")


def test_a_single_extension_is_for_one_draft_and_the_call_counts_it_in_public(client, draft, administrator):
    other, draft = factories.make_draft(call=draft.call), closed(draft)
    factories.extend(draft, closes_at=clock.now() + DAY, **REASONS, by=administrator)

    mine = edit_application(draft, facts={"title": "Жаңа"}, by=draft.created_by)
    theirs = code_of(edit_application, other, facts={"title": "Жаңа"}, by=other.created_by)
    page = client.get(f"/en/calls/{draft.call.public_id}/").content.decode()

    assert (mine.title, theirs) == ("Жаңа", "closed")
    assert "each with a logged reason: 1." in page
    assert REASONS["reason_ru"] not in page
    assert draft.public_id not in page


def test_a_single_extension_opens_editing_sending_and_taking_back_by_one_word(client, draft, administrator, at):
    draft = closed(draft)
    until = clock.now() + DAY
    factories.extend(draft, closes_at=until, **REASONS, by=administrator)
    person = draft.created_by
    client.force_login(person)

    pages = [
        client.get(reverse(f"grants:application_{p}", args=[draft.public_id])) for p in ("edit", "check", "detail")
    ]
    submit_application(draft, agreed={"declaration"}, by=person)
    take_back_application(draft, by=person)
    at(until + timedelta(seconds=1))

    late = code_of(submit_application, draft, agreed={"declaration"}, by=person)
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert pages[2].context["standing"].until == until
    assert late == "closed"


def test_a_single_extension_tells_the_owner_and_is_logged(draft, administrator):
    until = draft.call.closes_at + DAY
    extension = factories.extend(draft, closes_at=until, **REASONS, by=administrator)

    event = AuditEvent.objects.get(verb="application.extend")
    message = Message.objects.get(event="application_extended")
    assert event.actor_id == administrator.pk
    assert event.data["extension"] == extension.pk
    assert (message.user, message.context["reason"]) == (draft.created_by, REASONS["reason_ru"])
    assert "reason" not in event.data


@pytest.mark.parametrize("role", ["officer", "secretary", "commission", "finance", "auditor", "expert"])
def test_nobody_but_an_administrator_gives_time(draft, role):
    person = factories.make_staff(role)
    how = {"closes_at": draft.call.closes_at + DAY, **REASONS, "by": person}

    for action, what in ((extend_call, draft.call), (propose_extension, draft)):
        with pytest.raises(NotAllowed):
            action(what, **how)


def test_an_administrator_who_also_screens_gives_no_time(draft):
    both = factories.make_user(roles=["administrator", "officer"])

    assert code_of(extend_call, draft.call, closes_at=draft.call.closes_at + DAY, **REASONS, by=both) == (
        "not_an_administrator"
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason_kk": "  "}, "no_reason"),
        ({"reason_ru": ""}, "no_reason"),
        ({"shift": timedelta(0)}, "not_later"),
        ({"shift": -DAY}, "not_later"),
    ],
)
def test_what_is_wrong_is_refused_in_words_and_nothing_is_written(draft, administrator, changed, code):
    how = {**REASONS, **{k: v for k, v in changed.items() if k != "shift"}}
    until = draft.call.closes_at + changed.get("shift", DAY)

    found = [code_of(a, w, closes_at=until, **how, by=administrator) for a, w in pairs(draft)]

    assert found == [code, code]
    assert Extension.objects.count() == 0


def pairs(draft: Application) -> list:
    return [(extend_call, draft.call), (propose_extension, draft)]


def test_a_time_that_is_later_than_the_closing_but_has_passed_is_no_time(draft, administrator):
    draft = closed(draft)
    until = draft.call.closes_at + timedelta(minutes=5)

    assert [code_of(a, w, closes_at=until, **REASONS, by=administrator) for a, w in pairs(draft)] == ["not_later"] * 2


def test_a_sent_application_needs_no_time_of_its_own(administrator):
    sent = factories.application_at(A.SUBMITTED)

    found = code_of(propose_extension, sent, closes_at=sent.call.closes_at + DAY, **REASONS, by=administrator)

    assert found == "wrong_state"


def test_a_call_whose_decisions_are_staged_is_not_opened_again(administrator):
    eligible = factories.application_at(A.ELIGIBLE, call=factories.make_call(reviews_needed=1))
    factories.review(factories.assign(eligible))
    factories.decide(eligible)
    until = eligible.call.closes_at + DAY

    assert code_of(extend_call, eligible.call, closes_at=until, **REASONS, by=administrator) == "decisions_staged"


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


def test_the_database_keeps_extensions_and_what_they_say(draft, administrator):
    factories.extend(draft, closes_at=draft.call.closes_at + DAY, **REASONS, by=administrator)
    longer = timezone.now() + 300 * DAY

    statements = [
        "UPDATE grants_extension SET reason_ru = 'Иначе'",
        "UPDATE grants_extension SET closes_at = closed_at",
        "DELETE FROM grants_extension",
        f"UPDATE grants_application SET extended_until = '{longer:%Y-%m-%d %H:%M:%S}+00:00'",
    ]
    assert [refused(statement) for statement in statements] == [True] * 4


def test_the_database_takes_no_extension_that_is_not_later(draft, administrator):
    with pytest.raises(DatabaseError), transaction.atomic():
        Extension.objects.create(
            call=draft.call,
            closed_at=draft.call.closes_at,
            closes_at=draft.call.closes_at,
            **REASONS,
            granted_by=administrator,
        )


# --- the admin --------------------------------------------------------------------------------------


def typed(until, **more) -> dict[str, str]:
    return {"closes_at": timezone.localtime(until).strftime("%Y-%m-%dT%H:%M"), **REASONS, **more}


def test_an_administrator_moves_a_closing_in_the_admin(client, draft, administrator):
    until = (draft.call.closes_at + DAY).replace(second=0, microsecond=0)
    client.force_login(administrator)

    answer = client.post(reverse("admin:grants_extension_call"), typed(until, call=draft.call_id))

    assert answer.status_code == 302
    assert Call.objects.get().closes_at == until


@pytest.mark.parametrize("how", ["code", "address", "number"])
def test_two_administrators_give_one_draft_time_by_what_the_applicant_reads_out(client, draft, administrator, how):
    if how == "number":
        submit_application(draft, agreed={"declaration"}, by=draft.created_by)
        take_back_application(draft, by=draft.created_by)
        draft.refresh_from_db()
    named = {
        "code": draft.public_id.upper(),
        "address": f"https://example.test/ru/applications/{draft.public_id}/",
        "number": str(draft.number).lower(),
    }
    until = (draft.call.closes_at + DAY).replace(second=0, microsecond=0)
    client.force_login(administrator)

    client.post(reverse("admin:grants_extension_single"), typed(until, application=named[how]))
    confirm = reverse("admin:grants_extension_confirm", args=[draft.public_id])
    alone = client.post(confirm).status_code
    client.force_login(factories.make_staff("administrator"))
    client.post(confirm)

    draft.refresh_from_db()
    assert alone == 403
    assert draft.extended_until == until


def test_a_refusal_stands_on_the_page_with_what_was_typed(client, draft, administrator):
    client.force_login(administrator)

    page = client.post(reverse("admin:grants_extension_call"), typed(draft.call.closes_at - DAY, call=draft.call_id))

    assert page.status_code == 200
    assert REASONS["reason_kk"] in page.content.decode()
    assert Extension.objects.count() == 0


def test_who_screens_reads_the_list_and_has_no_buttons(client, draft, administrator):
    factories.extend(draft, closes_at=draft.call.closes_at + DAY, **REASONS, by=administrator)
    client.force_login(factories.make_staff("officer"))

    listed = client.get(reverse("admin:grants_extension_changelist"))
    pages = [client.get(reverse(f"admin:grants_extension_{name}")).status_code for name in ("call", "single")]

    text = listed.content.decode()
    assert draft.public_id in text
    assert reverse("admin:grants_extension_call") not in text
    assert pages == [403, 403]
    assert draft.title not in text
