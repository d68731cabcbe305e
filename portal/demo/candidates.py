"""The questions for experts on their page, and one invented person who has answered them and waits."""

import json
from typing import Any

from accounts.models import User
from grants.actions.candidates import USUAL
from grants.models import ExpertCandidate
from portal.demo.calls import publish_questions
from portal.demo.people import make_user, sign_up
from portal.demo.season import Season
from questionnaires.models import Answer, AnswerSet

BEGAN, SENT = -6, -5
ANSWERS: dict[str, Any] = {
    "occupation": "Саунд-продюсер, өз студиям",
    "years": 9,
    "sectors": ["music", "media"],
    "experience": "Отыздан астам жоба, екі байқаудың қазылар алқасында болдым.",
    "languages": ["kk", "ru"],
    "load": 20,
    "connections": "",
    "not_organiser": True,
}


def make_candidate(season: Season) -> None:
    """Somebody who offered to read five days ago."""
    version = publish_questions(season, json.loads(USUAL.read_text(encoding="utf-8")))
    at, sent = season.days.at(BEGAN, 19), season.days.at(SENT, 21)
    user = make_user(season, "candidate@experts.example.test", "Арман Дүйсенбаев", "kk", at)
    User.objects.bulk_create([user])
    sign_up(season, [user])
    answers = AnswerSet.objects.create(version=version)
    Answer.objects.bulk_create(
        Answer(set=answers, key=key, value=value, saved_at=sent) for key, value in ANSWERS.items()
    )
    row = ExpertCandidate.objects.create(
        public_id=season.invent.public_id(), user=user, answer_set=answers, begun_at=at, submitted_at=sent
    )
    season.history.add(at, "candidate.begin", row, by=user, invited=False)
    season.history.add(sent, "candidate.submit", row, by=user)
