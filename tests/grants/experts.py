"""Rows of experts' affairs for tests: a computed run, a candidature that was sent."""

from typing import Any

from accounts.models import User
from grants.actions import assigning, candidates
from grants.models import AssignmentRun, Call, ExpertCandidate
from grants.queries.experts import candidate_version

ANSWERS: dict[str, Any] = {
    "occupation": "Продюсер",
    "years": 12,
    "sectors": ["film", "music"],
    "experience": "Десять сериалов, три жюри.",
    "languages": ["kk", "ru"],
    "load": 25,
    "not_organiser": True,
}


def make_run(call: Call, *, by: Any, **how: Any) -> AssignmentRun:
    """A run that is computed."""
    run = assigning.ask_run(call, by=by, **how)
    assert assigning.compute_run(run.pk) is not None
    run.refresh_from_db()
    return run


def offer_to_read(person: User, *, by: Any, **changed: Any) -> ExpertCandidate:
    """Staff have published the questions, the person answers and sends."""
    if candidate_version() is None:
        candidates.publish_questions(by=by)
    candidate = candidates.save_candidature({**ANSWERS, **changed}, by=person)
    return candidates.submit_candidature(candidate, by=person)
