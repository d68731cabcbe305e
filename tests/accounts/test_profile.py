"""A person's own facts."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from core.models import AuditEvent
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TYPED = {"display_name": "Дина", "phone": "8 701 123 45 67", "language": "kk", "iin": "990101 100000"}


def page(name: str, language: str = "ru") -> str:
    with override(language):
        return reverse(name)


def test_a_person_changes_their_own_facts(client):
    person = make_user()
    client.force_login(person)

    client.post(page("accounts:profile"), TYPED)

    person.refresh_from_db()
    assert (person.display_name, person.phone, person.language, person.iin) == (
        "Дина",
        "+77011234567",
        "kk",
        "990101100000",
    )


def test_the_chosen_language_is_spoken_from_the_next_page_on(client):
    client.force_login(make_user())

    response = client.post(page("accounts:profile"), TYPED)

    assert response.url == page("accounts:profile", "kk")
    assert '<html lang="kk">' in client.get(response.url).content.decode()
    assert client.get("/", follow=True).redirect_chain[-1][0].startswith("/kk/")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"phone": "123"}, "phone"), ({"iin": "990101100001"}, "iin"), ({"language": "de"}, "language")],
)
def test_bad_input_is_refused_beside_its_field_and_nothing_is_written(client, changes, field):
    person = make_user()
    client.force_login(person)

    response = client.post(page("accounts:profile"), {**TYPED, **changes})

    person.refresh_from_db()
    assert (list(response.context["form"].errors), person.display_name) == ([field], "")


def test_the_trail_names_fields_and_never_their_values(client):
    client.force_login(make_user())

    client.post(page("accounts:profile"), TYPED)

    event = AuditEvent.objects.get()
    assert (event.verb, event.data) == (
        "user.change_profile",
        {"changed": ["display_name", "phone", "language", "iin"]},
    )
