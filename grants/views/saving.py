"""The doorway of the queue that a browser keeps: one or several fields, each answered by itself, in JSON."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.refusals import Overtaken
from grants.actions.queue import BatchSaved, Entry, Outcome, save_entries
from grants.forms.saving import as_typed, card_as_typed, in_words, is_card, read_card, read_field
from grants.models import Application
from grants.queries.asked import questions_asked
from grants.queries.completeness import AMOUNTS, Gap, gaps_beside, written_gaps
from grants.statuses import ApplicationStatus
from questionnaires.queries.answers import with_files

MOST_AT_ONCE = 50
PER_MINUTE = 300  # requests of one person; who types asks some sixty
WAIT_SECONDS = 20

Answer = dict[str, Any]


@login_not_required
@require_POST
def application_save(request: HttpRequest, public_id: str) -> JsonResponse:
    """Saves what was typed, field by field. Nobody is sent elsewhere: 401 means that the queue waits for a sign-in."""
    entries, turned_away = entries_of(request)
    if turned_away:
        return turned_away
    seen = Application.objects.visible_beyond_review(request.user)
    saved = save_entries(seen, public_id, entries, read=_read_entry, by=request.user)
    if saved is None:
        sentence = _("This application is not open to you any more. What you typed is kept in this browser.")
        return JsonResponse({"answers": [{"refused": sentence} for _entry in entries]}, status=404)
    return JsonResponse(_answers(saved, entries))


def entries_of(request: HttpRequest) -> tuple[list[Entry], JsonResponse | None]:
    """What a queue sends, or the answer that turns it away: unreadable, another person's, too much at once."""
    entries, owner = _read(request)
    if entries is None:
        return [], JsonResponse({"refused": _("This could not be read.")}, status=400)
    if not request.user.is_authenticated or request.user.public_id != owner:
        return [], JsonResponse({"refused": _("Your session has ended. Sign in to go on.")}, status=401)
    if _is_too_fast(request.user):
        sentence = _("Too much at once. Nothing is lost, it is sent in a moment.")
        return [], JsonResponse({"refused": sentence}, status=429, headers={"Retry-After": str(WAIT_SECONDS)})
    return entries, None


def _read(request: HttpRequest) -> tuple[list[Entry] | None, str]:
    """The entries of the body and whose they are; None for a body that is none of ours."""
    try:
        body = json.loads(request.body)
        entries = [Entry(e["field"], e["value"], e["rev"]) for e in body["entries"]]
        right = len(entries) <= MOST_AT_ONCE and all(
            isinstance(entry.field, str) and isinstance(entry.rev, int) for entry in entries
        )
        return (entries if right else None), str(body.get("owner", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, ""


def _read_entry(application: Application, field: str, raw: Any) -> tuple[Any, str]:
    """The value, and what of a card could not be read: what is right in it is saved anyway."""
    return read_card(application, field, raw) if is_card(field) else (read_field(application, field, raw), "")


def _is_too_fast(user: Any) -> bool:
    key = f"saving:{user.pk}:{clock.now():%H%M}"
    try:
        return cache.incr(key) > PER_MINUTE
    except ValueError:  # the first of this minute
        cache.add(key, 1, 120)
        return False


def _answers(saved: BatchSaved, entries: list[Entry]) -> Answer:
    """What became of each entry, the hour by our clock, and whether a draft still lacks anything."""
    application, is_draft = saved.application, saved.application.status == ApplicationStatus.DRAFT
    found = _written(application, saved.answers) if is_draft else []
    answers = [_answer(application, *pair, found) for pair in zip(entries, saved.outcomes, strict=True)]
    hour = time_format(timezone.localtime(clock.now()), "H:i")
    missing = _missing(saved, entries, found) if is_draft else False
    return {"answers": answers, "at": hour, **({} if missing is None else {"missing": missing})}


def _written(application: Application, answers: dict[str, Any]) -> list[Gap]:
    return written_gaps(application, questions_asked(application, with_files(application.answer_set, answers)))


def _missing(saved: BatchSaved, entries: list[Entry], found: list[Gap]) -> bool | None:
    """Whether the draft lacks anything; None where these entries did not change that: the page knows it already.

    Plan, budget and documents are read where they were touched, and where the last gap in the form was closed.
    """
    if found:
        return True
    is_touched = any(is_card(entry.field) or entry.field in AMOUNTS for entry in entries)
    if is_touched or _written(saved.before, saved.answers_before):
        return any(gaps_beside(saved.application))
    return None


def _answer(application: Application, entry: Entry, outcome: Outcome, found: list[Gap]) -> Answer:
    """{saved: rev}, {conflict: both texts} or {refused: sentence, code}.

    A value that is kept and does not fit to the others yet (own money, say) is told at once beside its field.
    """
    if isinstance(outcome.refused, Overtaken):
        return {"conflict": _theirs(application, entry.field, outcome.refused)}
    if outcome.refused:
        return {"refused": str(outcome.refused), "code": outcome.refused.code}
    if outcome.wrong:
        return {"refused": outcome.wrong, "code": "unreadable", "rev": outcome.rev}
    sentence = next((gap.sentence for gap in found if gap.field == entry.field), "")
    is_told = sentence and entry.value not in ("", [], None, {})
    return {"saved": outcome.rev} | ({"hint": sentence} if is_told else {})


def _theirs(application: Application, field: str, other: Overtaken) -> Answer:
    """The other text in words, as the input would hold it, and its revision."""
    if is_card(field):
        typed = card_as_typed(other.kept)
        words = " · ".join(str(value) for value in typed.values() if value not in ("", True, False))
        return {"theirs": words, "value": typed, "rev": other.rev}
    return {
        "theirs": in_words(application, field, other.kept),
        "value": as_typed(application, field, other.kept),
        "rev": other.rev,
    }
