"""The staff's pages about people, organisations, reference rows, the trail and the outbox."""

import pytest
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.actions import people
from accounts.actions.consents import give_consent
from accounts.models import ConsentText, Organisation, User
from accounts.statuses import Role
from core.models import AuditEvent, DayOff
from core.refusals import NotAllowed, Refused
from notifications.actions.announce import announce
from notifications.models import Message
from tests.factories import make_organisation, make_staff, make_user, with_second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
LISTS = {
    "accounts_user": {Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR},
    "accounts_organisation": {Role.OFFICER, Role.SECRETARY, Role.FINANCE, Role.AUDITOR, Role.ADMINISTRATOR},
    "core_auditevent": {Role.AUDITOR, Role.ADMINISTRATOR},
    "notifications_message": {Role.AUDITOR, Role.ADMINISTRATOR},
    "accounts_consenttext": set(Role) - {Role.EXPERT, Role.INVESTMENT_COMMITTEE},
    "accounts_sector": set(Role) - {Role.EXPERT, Role.INVESTMENT_COMMITTEE},
    "accounts_district": set(Role) - {Role.EXPERT, Role.INVESTMENT_COMMITTEE},
    "accounts_oked": set(Role) - {Role.EXPERT, Role.INVESTMENT_COMMITTEE},
    "core_dayoff": set(Role) - {Role.EXPERT, Role.INVESTMENT_COMMITTEE},
}
IIN = "990101100000"


def as_staff(client, role: str):
    person = make_staff(role)
    client.force_login(person)
    return person


@pytest.mark.parametrize("role", Role.values)
def test_each_role_opens_its_lists_and_no_other(client, role):
    as_staff(client, role)

    opened = {name for name in LISTS if client.get(reverse(f"admin:{name}_changelist")).status_code == 200}

    assert opened == {name for name, roles in LISTS.items() if role in roles}


def test_tables_of_libraries_are_on_nobodys_desk(client):
    as_staff(client, Role.ADMINISTRATOR)
    ours = {
        "accounts",
        "committees",
        "core",
        "documents",
        "funds",
        "grants",
        "notifications",
        "portal",
        "questionnaires",
    }
    of_libraries = [model._meta for model in admin.site._registry if model._meta.app_label not in ours]

    answers = [client.get(reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")) for meta in of_libraries]

    assert [answer.status_code for answer in answers] == [403] * len(of_libraries)


def test_an_administrator_gives_roles_and_the_trail_says_from_what_to_what(client):
    administrator, person = as_staff(client, Role.ADMINISTRATOR), make_user(roles=[Role.EXPERT])

    client.post(
        reverse("admin:accounts_user_change", args=[person.pk]),
        {"is_active": "on", "roles": [Role.OFFICER, Role.SECRETARY]},
    )

    event = AuditEvent.objects.get(verb__startswith="user.")
    assert User.objects.get(pk=person.pk).roles == {"officer", "secretary"}
    assert (event.verb, event.actor_id, event.data) == (
        "user.set_roles",
        administrator.pk,
        {"from": ["expert"], "to": ["officer", "secretary"]},
    )


def test_an_administrator_closes_an_account(client):
    as_staff(client, Role.ADMINISTRATOR)
    person = make_user()

    client.post(reverse("admin:accounts_user_change", args=[person.pk]), {})

    person.refresh_from_db()
    assert (person.is_active, AuditEvent.objects.get(verb__startswith="user.").verb) == (False, "user.close")


def test_nobody_gives_roles_to_themselves_and_it_is_said_in_words(client):
    administrator = as_staff(client, Role.ADMINISTRATOR)

    response = client.post(
        reverse("admin:accounts_user_change", args=[administrator.pk]),
        {"is_active": "on", "roles": [Role.OFFICER]},
        follow=True,
    )

    assert User.objects.get(pk=administrator.pk).roles == {"administrator"}
    assert next(message.level_tag for message in response.context["messages"]) == "error"


def test_an_officer_reads_people_and_changes_none(client):
    as_staff(client, Role.OFFICER)
    person = make_user()
    address = reverse("admin:accounts_user_change", args=[person.pk])

    answers = client.get(address).status_code, client.post(address, {"roles": ["officer"]}).status_code

    assert (answers, User.objects.get(pk=person.pk).roles) == ((200, 403), frozenset())


@pytest.mark.parametrize("role", sorted(LISTS["accounts_user"]))
def test_the_page_of_a_person_holds_no_password_and_no_iin(client, role):
    as_staff(client, role)
    person = make_user(iin=IIN, display_name="Дина")

    body = client.get(reverse("admin:accounts_user_change", args=[person.pk])).content.decode()

    assert ("Дина" in body, IIN in body, "argon2" in body, "md5$" in body) == (True, False, False, False)


def test_only_an_administrator_may_use_the_actions_about_people():
    officer, person = make_staff(Role.OFFICER), make_user()

    with pytest.raises(NotAllowed):
        people.set_roles(person, ["administrator"], by=officer)
    with pytest.raises(NotAllowed):
        people.set_active(person, False, by=officer)
    with pytest.raises(NotAllowed):
        people.remove_second_factor(person, by=officer)


def test_an_administrator_does_not_close_their_own_account():
    administrator = make_staff(Role.ADMINISTRATOR)

    with pytest.raises(Refused):
        people.set_active(administrator, False, by=administrator)


def test_a_lost_phone_is_removed_and_the_person_is_told(client):
    as_staff(client, Role.ADMINISTRATOR)
    person = with_second_factor(make_user(roles=[Role.OFFICER], language="kk"))

    client.post(
        reverse("admin:accounts_user_changelist"),
        {"action": "remove_second_factor", "_selected_action": [person.pk]},
    )

    message = Message.objects.get()
    assert person.authenticator_set.count() == 0
    assert (message.user, message.event, message.language) == (person, "account_notice", "kk")


def test_the_shell_makes_the_first_administrator():
    person = make_user("first@example.test")

    call_command("set_roles", "First@example.test", "administrator", verbosity=0)

    event = AuditEvent.objects.get()
    assert (User.objects.get(pk=person.pk).roles, event.actor_id) == ({"administrator"}, None)


def test_the_shell_knows_nobody_who_has_not_signed_up():
    with pytest.raises(CommandError):
        call_command("set_roles", "nobody@example.test", "administrator")


@pytest.mark.parametrize(
    ("role", "shown"),
    [("officer", True), ("finance", True), ("auditor", False), ("administrator", False), ("secretary", False)],
)
def test_an_iin_is_shown_to_those_alone_whose_work_needs_it(client, role, shown):
    as_staff(client, role)
    organisation = make_organisation(make_user(), kind="ip", identifier=IIN, head_iin=IIN)

    page = client.get(reverse("admin:accounts_organisation_change", args=[organisation.pk])).content.decode()
    rows = client.get(reverse("admin:accounts_organisation_changelist")).content.decode()

    assert (IIN in page, IIN in rows) == (shown, shown)


@pytest.mark.parametrize(("role", "found"), [("officer", 1), ("auditor", 0)])
def test_searching_by_an_iin_tells_nothing_to_who_may_not_read_it(client, role, found):
    as_staff(client, role)
    make_organisation(make_user(), kind="ip", identifier=IIN)

    response = client.get(reverse("admin:accounts_organisation_changelist"), {"q": IIN})

    assert response.context["cl"].result_count == found


def test_opening_the_page_of_an_organisation_is_kept_in_the_trail(client):
    officer, organisation = as_staff(client, Role.OFFICER), make_organisation(make_user())

    client.get(reverse("admin:accounts_organisation_change", args=[organisation.pk]))

    event = AuditEvent.objects.get()
    assert (event.verb, event.actor_id, event.object_id) == (
        "organisation.read",
        officer.pk,
        organisation.public_id,
    )


def test_staff_change_no_organisation(client):
    as_staff(client, Role.ADMINISTRATOR)
    organisation = make_organisation(make_user(), name="Была")

    response = client.post(reverse("admin:accounts_organisation_change", args=[organisation.pk]), {"name": "Стала"})

    assert (response.status_code, Organisation.objects.get().name) == (403, "Была")


def test_a_consent_text_to_which_somebody_agreed_is_read_only(client):
    as_staff(client, Role.ADMINISTRATOR)
    give_consent("publication", by=make_user())
    agreed, free = ConsentText.objects.get(kind="publication"), ConsentText.objects.get(kind="declaration")
    facts = {"version": 1, "text_kk": "Жаңа", "text_ru": "Новый", "valid_from_0": "2026-01-01", "valid_from_1": "00:00"}

    answers = [
        client.post(reverse("admin:accounts_consenttext_change", args=[text.pk]), {"kind": text.kind, **facts})
        for text in (agreed, free)
    ]

    assert [answer.status_code for answer in answers] == [403, 302]


def test_an_administrator_keeps_days_off_and_the_trail_knows(client):
    as_staff(client, Role.ADMINISTRATOR)

    client.post(reverse("admin:core_dayoff_add"), {"on": "2027-12-17", "name": "Тест", "is_confirmed": "on"})

    assert (DayOff.objects.filter(name="Тест").count(), AuditEvent.objects.get().verb) == (1, "dayoff.add")


def test_the_outbox_shows_no_context(client):
    as_staff(client, Role.AUDITOR)
    message = announce(
        "account_code", address="a@example.test", language="ru", context={"code": "K7MX4P"}, dedupe_key="x"
    )

    body = client.get(reverse("admin:notifications_message_change", args=[message.pk])).content.decode()

    assert ("a@example.test" in body, "K7MX4P" in body) == (True, False)


def test_the_trail_shows_staff_by_address_and_an_applicant_by_number(client):
    auditor, applicant = as_staff(client, Role.AUDITOR), make_user("applicant@example.test")
    give_consent("publication", by=applicant)
    give_consent("publication", by=auditor)

    body = client.get(reverse("admin:core_auditevent_changelist")).content.decode()

    assert ("applicant@example.test" in body, f"#{applicant.pk}" in body, body.count(auditor.email) >= 1) == (
        False,
        True,
        True,
    )


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_costs_the_same_for_one_and_three_rows(client, name):
    as_staff(client, Role.ADMINISTRATOR)
    address = reverse(f"admin:{name}_changelist")

    def statements() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    make_organisation(make_user(roles=[Role.EXPERT]))
    first = statements()
    for number in range(2):
        make_organisation(make_user(roles=[Role.EXPERT]))
        give_consent("publication", by=make_user())
        announce("account_code", address="a@b.test", language="ru", context={}, dedupe_key=str(number))

    assert statements() == first
