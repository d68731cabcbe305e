"""What the tests of the saver share: a queue as the browser sends it, and what came back."""

import json
from typing import Any

from django.test import Client
from django.urls import reverse

from grants.actions.saving import save_field
from grants.models import Application


def address(application: Application) -> str:
    return reverse("grants:application_save", args=[application.public_id])


def send(client: Client, application: Application, *entries: tuple[str, Any, int], owner: str = "") -> Any:
    body = {
        "owner": owner or application.created_by.public_id,
        "entries": [{"field": field, "value": value, "rev": rev} for field, value, rev in entries],
    }
    return client.post(address(application), json.dumps(body), content_type="application/json")


def answers(client: Client, application: Application, *entries: tuple[str, Any, int]) -> list[dict[str, Any]]:
    return send(client, application, *entries).json()["answers"]


def rev_of(application: Application, key: str) -> int:
    return application.answer_set.answers.get(key=key).rev


def elsewhere(application: Application, **fields: str) -> None:
    """The same person saves on another device."""
    for name, text in fields.items():
        rev = Application.objects.get(pk=application.pk).fact_revs.get(name, 0)
        save_field(application, field=name, value=text, rev=rev, by=application.created_by)
