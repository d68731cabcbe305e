"""A second factor for every role that is not an applicant."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from accounts.statuses import Role
from notifications.models import Message
from tests.factories import make_user, with_second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PASSWORD = "correct horse battery"


def page(name: str) -> str:
    with override("ru"):
        return reverse(name)


def code_for(secret: str) -> str:
    """What the app on the phone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client: Client, email: str, wanted: str = "accounts:profile"):
    return client.post(page("account_login"), {"login": email, "password": PASSWORD, "next": page(wanted)})


def staff_with_phone(role: str = Role.OFFICER) -> tuple:
    person, secret = make_user(roles=[role]), generate_totp_secret()
    TOTP.activate(person, secret)
    return person, secret


def test_tests_run_with_the_second_factor_required():
    assert django_settings.SECOND_FACTOR_REQUIRED is True


@pytest.mark.parametrize("role", Role.values)
def test_every_role_without_a_second_factor_gets_no_further_than_to_set_it_up(client, role):
    client.force_login(make_user(roles=[role]))

    response = client.get(page("accounts:profile"))

    assert (response.status_code, response.url.endswith("/account/2fa/totp/activate/")) == (302, True)


def test_the_admin_is_closed_before_the_second_factor(client):
    client.force_login(make_user(roles=[Role.ADMINISTRATOR]))

    response = client.get("/admin/")

    assert response.url.endswith("/account/2fa/totp/activate/")


def test_the_second_factor_cannot_be_walked_around_by_changing_the_address_or_the_password(client):
    client.force_login(make_user(roles=[Role.OFFICER]))

    answers = [client.get(page(name)).url for name in ("account_email", "account_change_password", "mfa_index")]

    assert {answer.endswith("/account/2fa/totp/activate/") for answer in answers} == {True}


def test_an_applicant_needs_none(client):
    client.force_login(make_user())

    response = client.get(page("accounts:profile"))

    assert response.status_code == 200


def test_setting_up_shows_a_picture_and_letters_and_leads_to_recovery_codes(client):
    person = make_user(roles=[Role.OFFICER])
    sign_in(client, person.email)
    shown = client.get(page("mfa_activate_totp"))
    secret = shown.context["form"].secret

    response = client.post(page("mfa_activate_totp"), {"code": code_for(secret)})

    body = shown.content.decode()
    assert ('src="data:image/svg+xml;base64,' in body, secret in body) == (True, True)
    assert response.url == page("mfa_view_recovery_codes")
    assert client.get(response.url).context["unused_codes"] != []


def test_the_session_in_which_it_was_set_up_goes_on_without_another_code(client):
    person = make_user(roles=[Role.OFFICER])
    sign_in(client, person.email)
    secret = client.get(page("mfa_activate_totp")).context["form"].secret
    client.post(page("mfa_activate_totp"), {"code": code_for(secret)})

    response = client.get(page("accounts:profile"))

    assert response.status_code == 200


def test_a_session_opened_elsewhere_with_the_password_alone_must_prove_it_too(client):
    person, other = make_user(roles=[Role.OFFICER]), Client()
    sign_in(other, person.email)
    sign_in(client, person.email)
    secret = client.get(page("mfa_activate_totp")).context["form"].secret
    client.post(page("mfa_activate_totp"), {"code": code_for(secret)})

    response = other.get(page("accounts:profile"))

    assert response.url == f"{page('mfa_reauthenticate')}?next=/ru/account/profile/".replace("=/", "=%2F").replace(
        "ru/account/profile/", "ru%2Faccount%2Fprofile%2F"
    )


def test_a_wrong_code_sets_nothing_up(client):
    person = make_user(roles=[Role.OFFICER])
    sign_in(client, person.email)
    client.get(page("mfa_activate_totp"))

    response = client.post(page("mfa_activate_totp"), {"code": "000000"})

    assert (list(response.context["form"].errors), Authenticator.objects.count()) == (["code"], 0)


def test_signing_in_asks_for_the_code(client):
    person, secret = staff_with_phone()
    asked = sign_in(client, person.email)

    response = client.post(asked.url, {"code": code_for(secret)})

    assert (asked.url, response.url) == (page("mfa_authenticate"), page("accounts:profile"))
    assert client.get(page("accounts:profile")).status_code == 200


def test_the_password_alone_opens_nothing(client):
    person, _secret = staff_with_phone()
    sign_in(client, person.email)

    response = client.get(page("accounts:profile"))

    assert response.url.startswith(page("account_login"))


def test_a_recovery_code_opens_once(client):
    person, _secret = staff_with_phone()
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    first = client.post(sign_in(client, person.email).url, {"code": code})
    again = Client()

    second = again.post(sign_in(again, person.email).url, {"code": code})

    assert (first.url, list(second.context["form"].errors)) == (page("accounts:profile"), ["code"])


def test_the_same_code_of_the_app_opens_once(client):
    person, secret = staff_with_phone()
    code = code_for(secret)
    client.post(sign_in(client, person.email).url, {"code": code})
    again = Client()

    second = again.post(sign_in(again, person.email).url, {"code": code})

    assert list(second.context["form"].errors) == ["code"]


def test_guessing_codes_is_stopped_in_words(client):
    person, _secret = staff_with_phone()
    asked = sign_in(client, person.email)
    cache.clear()
    for _attempt in range(5):
        client.post(asked.url, {"code": "000000"})

    sixth = client.post(asked.url, {"code": "000000"})

    assert sixth.context["form"].errors["code"] == [
        "Слишком много неудачных попыток входа в систему. Повторите попытку позже."
    ]


def test_removing_it_leads_back_to_setting_it_up(client):
    person, secret = staff_with_phone()
    client.post(sign_in(client, person.email).url, {"code": code_for(secret)})

    client.post(page("mfa_deactivate_totp"))

    assert client.get(page("accounts:profile")).url.endswith("/account/2fa/totp/activate/")
    assert Message.objects.latest("pk").context["what"] == "totp_deactivated"


def test_in_the_demo_it_is_not_required_and_the_banner_says_so(client, settings):
    settings.SECOND_FACTOR_REQUIRED, settings.DEMO = False, True
    client.force_login(make_user(roles=[Role.OFFICER]))

    response = client.get(page("mfa_index"))

    words = "the second factor is not required"
    with override("en"):
        english = client.get(reverse("mfa_index")).content.decode()
    assert (response.status_code, words in english) == (200, True)
    assert re.search(r'class="demo-bar', english)


def queries_of(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return [query["sql"] for query in seen.captured_queries]


def test_an_anonymous_page_costs_no_query_for_it(client):
    statements = queries_of(client, page("account_login"))

    assert statements == []


def test_a_role_costs_one_query_for_it_and_an_applicant_none(client):
    applicant, staff = make_user(), with_second_factor(make_user(roles=[Role.EXPERT]))
    client.force_login(applicant)
    of_applicant = queries_of(client, page("accounts:profile"))
    client.force_login(staff)

    of_staff = queries_of(client, page("accounts:profile"))

    assert [sum("mfa_authenticator" in sql for sql in found) for found in (of_applicant, of_staff)] == [0, 1]
    assert [sum("accounts_user_groups" in sql for sql in found) for found in (of_applicant, of_staff)] == [1, 1]
