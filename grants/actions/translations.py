"""Translations by staff beside an original, and the language that an application is written in."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.statuses import Language
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from grants import policy
from grants.models import Application, StaffTranslation
from grants.queries.translations import places_of
from grants.statuses import ApplicationStatus

LONGEST = StaffTranslation._meta.get_field("text").max_length or 0


def _lock_open(application: Application, by: Any) -> Application:
    if not policy.may_assign_experts(by):
        raise NotAllowed(_("Only an officer or the secretary does this."), code="not_allowed")
    application = lock(application, "answer_set__version")
    if application.status != ApplicationStatus.ELIGIBLE:
        raise Refused(_("Translations are added while the application is with the experts."), code="wrong_state")
    return application


@transaction.atomic
def translate(application: Application, texts: dict[str, str], *, language: str, by: Any) -> int:
    """Puts texts beside the parts of the original, marked as the staff's; returns how many changed. An empty text takes
    a translation away. Earlier words stay as rows.

    Raises Refused for an unknown part or language, and for a text that is too long. The original is never touched.
    """
    application = _lock_open(application, by)
    known = {place.key for place in places_of(application)}
    if language not in Language.values or not set(texts) <= known:
        raise Refused(_("This part of the application is not there any more. Reload the page."), code="unknown")
    if any(len(text) > LONGEST for text in texts.values()):
        raise Refused(_("The text is too long. Nothing was saved."), code="too_long")
    live = StaffTranslation.objects.live().filter(application=application, language=language)
    there = {row.place: row for row in live}
    changed = [place for place, text in texts.items() if text.strip() != (there[place].text if place in there else "")]
    old = [there[place].pk for place in changed if place in there]
    StaffTranslation.objects.filter(pk__in=old).update(removed_at=clock.now(), removed_by=by)
    StaffTranslation.objects.bulk_create(
        StaffTranslation(
            application=application, place=place, language=language, text=texts[place].strip(), added_by=by
        )
        for place in changed
        if texts[place].strip()
    )
    if changed:
        record("application.translate", application, by=by, data={"language": language, "parts": changed})
    return len(changed)


@transaction.atomic
def say_language(application: Application, *, language: str, by: Any) -> Application:
    """Staff say what language an application is written in, where its letters mislead."""
    application = _lock_open(application, by)
    if language and language not in Language.values:
        raise Refused(_("Choose from the list."), code="unknown")
    if application.written_in != language:
        application.written_in = language
        application.save(update_fields=["written_in"])
        record("application.say_language", application, by=by, data={"language": language})
    return application
