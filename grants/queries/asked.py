"""What this application is asked: its questions at its tier with its answers. Everybody who reads answers asks here."""

from typing import Any

from grants.models import Application
from grants.queries.tiers import tier_of
from questionnaires.queries.answers import given_answers
from questionnaires.queries.asked import Asked, asked


def questions_asked(application: Application, answers: dict[str, Any] | None = None) -> Asked:
    """Asked questions with the answers that count: hidden ones and those of larger tiers are absent.

    Two queries (answers and tiers), three where the version asks for files, one where `answers` are read already.
    """
    given = given_answers(application.answer_set) if answers is None else answers
    return asked(application.answer_set.version.content, given, tier_of(application))
