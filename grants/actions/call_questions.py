"""Questions about a call: asked privately by a signed-in person, answered for everybody without the asker's name."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.text import LANGUAGES
from core.workflow import lock
from grants import policy
from grants.models import Call, CallQuestion
from grants.statuses import CallStatus
from notifications.actions.announce import announce_to

MOST_OPEN = 5  # of one person to one call, unanswered
TEXTS = tuple(f"{what}_{language}" for what in ("question", "answer") for language in LANGUAGES)
NEEDED = ("question_kk", "question_ru", "answer_kk", "answer_ru")


@transaction.atomic
def ask_about_call(call: Call, *, text: str, by: Any) -> CallQuestion:
    """A question in the words of its asker, in the language in which they read the page; nobody but officers sees it.

    Raises Refused for an empty question, a call that is over, and more than five questions without an answer.
    """
    call = lock(call)
    if call.status != CallStatus.PUBLISHED:
        raise Refused(_("Questions are taken while the call runs. What you wrote stands below."), code="wrong_state")
    if not text.strip():
        raise Refused(_("Write your question."), code="no_text")
    if CallQuestion.objects.waiting().filter(call=call, asked_by=by).count() >= MOST_OPEN:
        raise Refused(_("Several of your questions wait for an answer. Wait for one of them first."), code="too_many")
    question = CallQuestion.objects.create(
        call=call, text=text.strip(), language=(get_language() or "kk")[:2], asked_by=by
    )
    record("callquestion.ask", question, by=by, data={"call": call.public_id})
    return question


@transaction.atomic
def answer_call_question(question: CallQuestion, *, texts: dict[str, str], by: Any) -> CallQuestion:
    """Publishes question and answer in Kazakh and Russian, and tells the asker once. A later answer replaces the words.

    `texts` has the columns of TEXTS; the question is the officer's wording, in which nothing of its asker remains.
    Raises Refused where a text in Kazakh or Russian is missing.
    """
    if not policy.may_answer_applicants(by):
        raise NotAllowed(_("Only an officer answers questions about a call."), code="not_an_officer")
    question = lock(question, "call", "asked_by")
    words = {name: texts.get(name, "").strip() for name in TEXTS}
    if not all(words[name] for name in NEEDED):
        raise Refused(
            _("Question and answer are needed in Kazakh and in Russian: everybody reads them."), code="no_text"
        )
    now = clock.now()
    stamps = {"answered_at": now, "answered_by": by, "published_at": question.published_at or now}
    CallQuestion.objects.filter(pk=question.pk).update(**words, **stamps)
    question.refresh_from_db()
    record("callquestion.answer", question, by=by, data={"call": question.call.public_id})
    _tell(question)
    return question


def _tell(question: CallQuestion) -> None:
    asker = question.asked_by
    if asker is None or not asker.is_active:
        return
    with translation.override(asker.language):
        letter = {
            "question": str(question.question),
            "answer": str(question.answer),
            "call": str(question.call.title),
            "path": reverse("grants:call_answers", args=[question.call.public_id]),
        }
    announce_to(asker, "call_answered", context=letter, dedupe_key=f"call_answered:{question.public_id}")
