"""«Көмек керек / Нужна помощь»: a question with its place, the officer's look at that section, the answer."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from grants.models import Application, HelpRequest
from grants.policy import may_answer_applicants, may_edit_application
from grants.queries.content import part_titles
from notifications.actions.announce import announce_to

MOST_OPEN = 5  # questions of one application that nobody has answered yet


@transaction.atomic
def ask_help(application: Application, section: str, *, text: str, may_look: bool, by: Any) -> HelpRequest:
    """Keeps the question with its section. `may_look`: officers may read that section until they have answered.

    Raises NotAllowed for who may not write, Refused for a section that is not there and for too many open questions.
    """
    locked = lock(application, "organisation", "call", "answer_set__version")
    if not may_edit_application(by, locked):
        raise NotAllowed(_("Only an owner or an editor of the organisation may ask here."), code="not_allowed")
    if section not in dict(part_titles(locked)):
        raise Refused(
            _("This section is not there any more. Open the application and ask from another one."), code="gone"
        )
    if locked.help_requests.open().count() >= MOST_OPEN:
        raise Refused(
            _("Five of your questions wait for an answer. Wait for one of them; what you wrote is still here."),
            code="too_many",
        )
    asked = HelpRequest.objects.create(application=locked, section=section, text=text, may_look=may_look, asked_by=by)
    record("help.ask", asked, by=by, data={"application": locked.public_id, "section": section, "may_look": may_look})
    return asked


@transaction.atomic
def look_at_section(asked: HelpRequest, *, by: Any) -> HelpRequest:
    """An officer opens the section of an open question: with consent alone, and each look is in the trail.

    Raises NotAllowed without the consent, and once the question is answered.
    """
    locked = lock(asked)
    if not may_answer_applicants(by) or not locked.is_open_to_staff:
        raise NotAllowed(_("The applicant has not opened this section to the staff."), code="no_consent")
    record("help.look", locked, by=by, data={"application": asked.application.public_id, "section": locked.section})
    return locked


@transaction.atomic
def answer_help(asked: HelpRequest, *, answer: str, by: Any) -> HelpRequest:
    """Answers once; the asker gets a letter in their language. With it the section closes to the staff again."""
    if not may_answer_applicants(by):
        raise NotAllowed(_("Only officers answer the questions of applicants."), code="not_an_officer")
    locked = lock(
        asked, "asked_by", "application__call", "application__answer_set__version", "application__organisation"
    )
    if locked.answered_at:
        raise Refused(_("A colleague has answered this question meanwhile. Your answer was not sent."), code="answered")
    locked.answer, locked.answered_at, locked.answered_by = answer, clock.now(), by
    locked.save(update_fields=["answer", "answered_at", "answered_by"])
    record("help.answer", locked, by=by, data={"application": locked.application.public_id})
    _tell_asker(locked)
    return locked


def _tell_asker(asked: HelpRequest) -> None:
    application, asker = asked.application, asked.asked_by
    with translation.override(asker.language):
        letter = {
            "call": str(application.call.title),
            "section": str(dict(part_titles(application)).get(asked.section, "")),
            "question": asked.text,
            "answer": asked.answer,
            "path": reverse("grants:help_ask", args=[application.public_id, asked.section]),
        }
    announce_to(asker, "help_answered", context=letter, dedupe_key=f"help_answered:{asked.public_id}")
