"""The parts of an application that may be translated by staff, and their translations."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from grants.models import Application, StaffTranslation
from grants.queries.asked import questions_asked
from questionnaires.queries.content import sections_read
from questionnaires.statuses import QuestionKind

TEXTS = frozenset({QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT})
TITLE, SUMMARY = "title", "summary"


@dataclass(frozen=True)
class Place:
    """One part: its key, what it is called, the original, and its translation in the language that is worked on."""

    key: str
    label: Any
    original: str
    translated: str = ""


def places_of(application: Application, language: str = "") -> list[Place]:
    """Title, summary, and every text that was answered; with the translations in `language`. Two queries."""
    live = StaffTranslation.objects.live().filter(application=application, language=language)
    there = dict(live.values_list("place", "text")) if language else {}
    found = [
        Place(TITLE, _("Project title"), application.title, there.get(TITLE, "")),
        Place(SUMMARY, _("Project in short"), application.summary, there.get(SUMMARY, "")),
    ]
    for _position, _title, questions in sections_read(questions_asked(application)):
        found += [
            Place(f"answer:{one.key}", one.label, str(one.value), there.get(f"answer:{one.key}", ""))
            for one in questions
            if one.kind in TEXTS and one.value
        ]
    return [place for place in found if place.original]


def translations_beside(application: Application, veil: Any) -> dict[str, list[tuple[str, str]]]:
    """Part -> (language, text) of each translation, through the veil of a blind reading. One query."""
    found: dict[str, list[tuple[str, str]]] = {}
    rows = StaffTranslation.objects.live().filter(application=application).order_by("language", "pk")
    for place, language, text in rows.values_list("place", "language", "text"):
        found.setdefault(place, []).append((language, veil.over(text)))
    return found
