"""What a page of the form loads fits a slow phone: CSS and JavaScript together below 60 kB as they travel."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
LIMIT = 60_000
LOADED = re.compile(r'<(?:link rel="stylesheet" href|script[^>]*? src)="/static/([^"?]+)')


def loaded(page: str) -> dict[str, int]:
    """File -> its size as WhiteNoise sends it."""
    found = {}
    for name in LOADED.findall(page):
        path = finders.find(name)
        assert path, f"{name} is missing"
        with open(path, "rb") as file:
            found[name] = len(gzip.compress(file.read(), 9))
    return found


def test_each_page_of_the_form_loads_less_than_60_kb(client):
    questionnaire = factories.make_questionnaire()
    section = questionnaire.sections.get()
    names = {"label_kk": "Сценарий", "label_ru": "Сценарий", "label_en": "Script"}
    section.questions.create(key="script", kind="file", position=3, is_required=False, **names)
    draft = factories.make_draft(call=factories.make_planned_call(questionnaire=questionnaire))
    client.force_login(draft.created_by)
    base = reverse("grants:application_edit", args=[draft.public_id])

    sizes = {
        page: loaded(client.get(f"{base}{page}").content.decode())
        for page in ("", "project/", "questions-0/", "plan/", "budget/", "documents/")
    }

    sums = {page: sum(files.values()) for page, files in sizes.items()}
    assert all(any("bootstrap" in name for name in files) for files in sizes.values())
    assert "js/saving.js" in sizes["project/"]
    assert "js/upload.js" in sizes["questions-0/"]
    assert {page: total for page, total in sums.items() if total >= LIMIT} == {}
