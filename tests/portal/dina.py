"""A person whose facts are found nowhere else, so that a test sees where they still stand."""

import json

from django.apps import apps
from django.db import models
from django.test import Client

from accounts.models import User
from documents.models import PartialUpload
from grants.models import Application, CallQuestion, HelpRequest
from notifications.models import Message
from tests import factories

PASSWORD = "correct horse battery"
EMAIL, NAME, PHONE, IIN = "dina.unique@example.test", "Дина Неповторимова", "+77019998877", "990101100000"
HOME = "/ru/account/my-data/"


def dina(**fields) -> User:
    """A person whose facts are found nowhere else."""
    return factories.make_user(EMAIL, display_name=NAME, phone=PHONE, iin=IIN, **fields)


def signed_in(person: User) -> Client:
    """A browser that has just typed the password, as the pages of one's data ask."""
    browser = Client()
    browser.post("/ru/account/login/", {"login": person.email, "password": PASSWORD})
    return browser


def traces_of(*texts: str) -> list[str]:
    """Every text or JSON column of every table in which one of these still stands."""
    found = []
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField | models.FileField):
                values = model._default_manager.values_list(field.name, flat=True)
                said = [json.dumps(v, ensure_ascii=False, default=str).casefold() for v in values if v]
                if any(text.casefold() in one for text in texts for one in said):
                    found.append(f"{model._meta.label}.{field.name}")
    return found


def person_with_a_draft() -> Application:
    """Alone in her own organisation, with a draft, a paper, letters, questions, an open session."""
    person = dina()
    factories.make_organisation(
        person, kind="person", name=NAME, head_name=NAME, identifier=IIN, head_iin=IIN, phone=PHONE, address=NAME
    )
    draft = factories.make_draft(person)
    draft.answer_set.answers.filter(key="problem").update(value=f"{NAME}, {EMAIL}")
    HelpRequest.objects.create(application=draft, section="project", text=f"{NAME}?", asked_by=person)
    CallQuestion.objects.create(call=draft.call, text=f"{NAME}?", language="ru", asked_by=person)
    Message.objects.create(
        user=person, address=EMAIL, language="ru", event="due_soon", context={"name": NAME}, dedupe_key="due:1"
    )
    PartialUpload.objects.create(user=person, purpose="doc", original_name=f"{NAME}.pdf", size=10)
    signed_in(person)
    return draft
