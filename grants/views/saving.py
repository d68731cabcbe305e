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
from core.refusals import Overtaken, Refused
from grants.actions.saving import save_field
from grants.forms.saving import as_typed, card_as_typed, in_words, is_card, read_card, read_field
from grants.models import Application
from grants.queries.completeness import Gap, gaps
from grants.statuses import ApplicationStatus

MOST_AT_ONCE = 50
PER_MINUTE = 300  # requests of one person; who types asks some sixty
WAIT_SECONDS = 20

Answer = dict[str, Any]


@login_not_required
@require_POST
def application_save(request: HttpRequest, public_id: str) -> JsonResponse:
    """Saves what was typed, field by field. Nobody is sent elsewhere: 401 means that the queue waits for a sign-in."""
    entries, owner = _read(request)
    if entries is None:
        return JsonResponse({"refused": _("This could not be read.")}, status=400)
    if not request.user.is_authenticated or request.user.public_id != owner:
        return JsonResponse({"refused": _("Your session has ended. Sign in to go on.")}, status=401)
    if _is_too_fast(request.user):
        sentence = _("Too much at once. Nothing is lost, it is sent in a moment.")
        return JsonResponse({"refused": sentence}, status=429, headers={"Retry-After": str(WAIT_SECONDS)})
    seen = Application.objects.visible_beyond_review(request.user).to_fill_in()
    application = seen.filter(public_id=public_id).first()
    if application is None:
        sentence = _("This application is not open to you any more. What you typed is kept in this browser.")
        return JsonResponse({"answers": [{"refused": sentence} for _entry in entries]}, status=404)
    return JsonResponse(_saved(application, entries, request.user))


def _read(request: HttpRequest) -> tuple[list[Answer] | None, str]:
    """The entries of the body and whose they are; None for a body that is none of ours."""
    try:
        body = json.loads(request.body)
        entries = body["entries"]
        right = len(entries) <= MOST_AT_ONCE and all(
            isinstance(e["field"], str) and isinstance(e["rev"], int) and "value" in e for e in entries
        )
        return (entries if right else None), str(body.get("owner", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, ""


def _is_too_fast(user: Any) -> bool:
    key = f"saving:{user.pk}:{clock.now():%H%M}"
    cache.add(key, 0, 120)
    try:
        return cache.incr(key) > PER_MINUTE
    except ValueError:  # the key fell out between the two
        return False


def _saved(application: Application, entries: list[Answer], user: Any) -> Answer:
    """What became of each entry, the hour by our clock, and how much a draft still lacks."""
    answers = [_answer(application, entry, user) for entry in entries]
    application.refresh_from_db(fields=["amount_requested", "own_amount", "title", "summary", "sector", "district"])
    found = gaps(application) if application.status == ApplicationStatus.DRAFT else []
    for entry, answer in zip(entries, answers, strict=True):
        _hint(entry, answer, found)
    hour = time_format(timezone.localtime(clock.now()), "H:i")
    return {"answers": answers, "at": hour, "missing": len(found)}


def _hint(entry: Answer, answer: Answer, found: list[Gap]) -> None:
    """A value that is kept and does not fit to the others yet (own money, say) is told at once beside its field."""
    if "saved" in answer and entry["value"] not in ("", [], None, {}):
        sentence = next((gap.sentence for gap in found if gap.field == entry["field"]), "")
        answer.update({"hint": sentence} if sentence else {})


def _answer(application: Application, entry: Answer, user: Any) -> Answer:
    """{saved: rev}, {conflict: both texts} or {refused: sentence, code}; of a card, what is right is saved anyway."""
    field, wrong = entry["field"], ""
    try:
        if is_card(field):
            value, wrong = read_card(application, field, entry["value"])
        else:
            value = read_field(application, field, entry["value"])
        rev = save_field(application, field=field, value=value, rev=entry["rev"], by=user).rev
    except Overtaken as other:
        return {"conflict": _theirs(application, field, other)}
    except Refused as refused:
        return {"refused": str(refused), "code": refused.code}
    return {"refused": wrong, "code": "unreadable", "rev": rev} if wrong else {"saved": rev}


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
