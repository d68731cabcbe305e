"""Signing up: e-mail, password, consent, code."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override
from kombu.exceptions import OperationalError

from accounts.models import Consent, ConsentText, User
from core.models import AuditEvent
from notifications.actions import deliver
from notifications.models import Message
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PASSWORD = "zhibek zholy 64 almaty"


def page(name: str, language: str = "ru") -> str:
    with override(language):
        return reverse(name)


def typed(client, language: str = "ru", **changes: str) -> dict[str, str]:
    """What a person sends: the page's own hidden field, an address, a password, a tick."""
    shown = client.get(page("account_signup", language)).context["form"]
    return {
        "email": "aigerim@example.test",
        "password1": PASSWORD,
        "consent": "on",
        "shown_sha256": shown["shown_sha256"].value(),
        **changes,
    }


def sign_up(client, language: str = "ru", **changes: str):
    return client.post(page("account_signup", language), typed(client, language, **changes))


def test_signing_up_makes_a_person_who_speaks_the_language_of_the_page(client):
    sign_up(client, "kk", email="Aigerim@Example.TEST")

    person = User.objects.get()
    assert (person.email, person.language, person.roles) == ("aigerim@example.test", "kk", frozenset())


def test_the_consent_is_kept_with_the_hash_of_the_text_that_was_shown(client):
    sign_up(client, "kk")

    consent, text = Consent.objects.get(), ConsentText.objects.get(kind="personal_data")
    assert (consent.text, consent.text_sha256, consent.language) == (text, text.sha256(), "kk")


def test_the_consent_is_never_ticked_beforehand_and_its_full_text_stands_on_the_page(client):
    response = client.get(page("account_signup", "kk"))

    body = response.content.decode()
    checkbox = re.search(r"<input[^>]*name=\"consent\"[^>]*>", body)[0]
    assert ("checked" in checkbox, "дербес деректерімді" in body) == (False, True)


def test_without_the_consent_nobody_is_made(client):
    data = typed(client)
    del data["consent"]

    response = client.post(page("account_signup"), data)

    assert (list(response.context["form"].errors), User.objects.count()) == (["consent"], 0)


def test_a_text_that_changed_while_the_page_was_open_is_asked_again(client):
    data = typed(client)
    ConsentText.objects.create(kind="personal_data", version=2, text_kk="Жаңа", text_ru="Новый", text_en="New")

    response = client.post(page("account_signup"), data)

    assert (list(response.context["form"].errors), User.objects.count()) == (["consent"], 0)
    assert "Новый" in response.content.decode()


def test_the_trail_of_signing_up_holds_no_address(client):
    sign_up(client)

    events = AuditEvent.objects.order_by("pk").values_list("verb", "data")
    assert [verb for verb, _data in events] == ["consent.give", "user.sign_up"]
    assert "aigerim" not in str(list(events))


def test_the_code_goes_through_the_outbox_in_the_language_of_the_person(client):
    sign_up(client, "kk")

    message = Message.objects.get()
    assert (message.event, message.address, message.language) == ("account_code", "aigerim@example.test", "kk")
    assert len(mail.outbox) == 0


def test_the_code_opens_the_account_and_goes_on_to_where_the_person_wanted(client):
    wanted = page("accounts:organisation_create")
    client.get(page("account_signup"))
    sign_up(client, next=wanted)
    code = Message.objects.get().context["code"]

    response = client.post(page("account_email_verification_sent"), {"code": code, "next": wanted})

    assert (response.status_code, response.url) == (302, wanted)
    assert client.get(wanted).status_code == 200


def test_a_wrong_code_is_refused_in_words(client):
    sign_up(client)

    response = client.post(page("account_email_verification_sent"), {"code": "WRONG1"})

    assert list(response.context["form"].errors) == ["code"]


def test_a_code_is_forgotten_once_it_is_sent(client):
    sign_up(client)
    message = Message.objects.get()
    code = message.context["code"]

    deliver.deliver(message.pk)

    message.refresh_from_db()
    assert (code in mail.outbox[0].body, message.context) == (True, {})


def test_a_code_is_forgotten_once_its_message_is_given_up(client, monkeypatch):
    sign_up(client)
    Message.objects.update(attempts=11)
    monkeypatch.setattr(deliver, "_send", lambda message: (_ for _ in ()).throw(OSError("no server")))

    deliver.deliver(Message.objects.get().pk)

    message = Message.objects.get()
    assert (message.failed_at is not None, message.context) == (True, {})


def test_a_code_that_could_not_be_sent_yet_stays_until_it_is(client, monkeypatch):
    sign_up(client)
    monkeypatch.setattr(deliver, "_send", lambda message: (_ for _ in ()).throw(OSError("no server")))

    deliver.deliver(Message.objects.get().pk)

    assert "code" in Message.objects.get().context


def test_codes_stand_in_no_log(client, caplog):
    caplog.set_level("DEBUG")

    sign_up(client)
    code = Message.objects.get().context["code"]
    deliver.deliver(Message.objects.get().pk)

    assert code not in caplog.text


def test_signing_up_with_a_taken_address_looks_the_same_from_outside(client):
    make_user("taken@example.test", language="kk")
    fresh = sign_up(client, email="fresh@example.test")
    fresh_page = client.get(fresh.url).content.decode()
    client.cookies.clear()

    taken = sign_up(client, email="taken@example.test")
    taken_page = client.get(taken.url).content.decode()

    def comparable(body: str) -> str:
        body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)
        return body.replace("fresh@example.test", "X").replace("taken@example.test", "X")

    assert (taken.status_code, taken.url) == (fresh.status_code, fresh.url)
    assert comparable(taken_page) == comparable(fresh_page)


def test_the_owner_of_a_taken_address_is_told_in_their_own_language(client):
    make_user("taken@example.test", language="kk")

    sign_up(client, "ru", email="taken@example.test")

    message = Message.objects.get()
    assert (message.event, message.language) == ("account_already_exists", "kk")
    assert message.context["path"] == page("account_reset_password", "kk")


def test_signing_up_works_while_redis_is_down(client, settings, monkeypatch, django_capture_on_commit_callbacks):
    settings.CACHES = {"default": {"BACKEND": "core.cache.OpenRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    monkeypatch.setattr(
        "notifications.wake.current_app.send_task", lambda *a, **k: (_ for _ in ()).throw(OperationalError("down"))
    )

    with django_capture_on_commit_callbacks(execute=True):
        response = sign_up(client)

    assert (response.status_code, User.objects.count(), Message.objects.pending().count()) == (302, 1, 1)


@pytest.mark.parametrize("weak", ["short", "password123", "aigerim@example.test"])
def test_a_weak_password_is_refused_beside_its_field(client, weak):
    response = sign_up(client, password1=weak)

    assert list(response.context["form"].errors) == ["password1"]


def test_a_new_code_is_not_sent_at_once_again_but_after_a_pause(client):
    sign_up(client)
    first = Message.objects.get().context["code"]

    client.post(page("account_email_verification_sent"), {"action": "resend"})
    at_once = Message.objects.count()
    cache.clear()
    client.post(page("account_email_verification_sent"), {"action": "resend"})

    assert (at_once, Message.objects.count()) == (1, 2)
    assert Message.objects.latest("pk").context["code"] != first
