"""Mending the questions of a call that is already open."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.canonical import plain, sha256_of
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from grants import policy
from grants.models import Application, Call, CallRules
from grants.queries.burden import question_flaws
from grants.statuses import ApplicationStatus, CallStatus
from questionnaires.actions.moving import move_answers
from questionnaires.actions.publish import publish_questionnaire, refuse_flaws
from questionnaires.models import AnswerSet


@transaction.atomic
def publish_fix(call: Call, *, reason_kk: str, reason_ru: str, by: Any) -> CallRules:
    """Publishes what the desk holds now as the next version of the questions, with a public reason.

    Every draft of the call moves to it with its answers, and the questions that changed are marked until they are
    saved. What was sent keeps its version and its rules. The new rules differ in the hash of the questions only.
    Raises NotAllowed for who does not prepare calls; Refused where the call is not open for applications, a reason is
    missing, the questions have faults, or nothing was changed.
    """
    if not policy.may_edit_calls(by):
        raise NotAllowed(_("Only an officer or an administrator prepares calls."), code="not_allowed")
    call = lock(call)  # against a draft that is begun meanwhile: its foreign key waits for this row
    _refuse(call, reason_kk, reason_ru)
    version = publish_questionnaire(call.questionnaire, by=by)
    if version.pk == call.questionnaire_version_id:
        raise Refused(_("The questions are as they were published. Nothing was changed."), code="unchanged")
    Call.objects.filter(pk=call.pk).update(questionnaire_version=version)
    last = call.rules_versions.latest("number")
    content = plain({**last.content, "questions": version.sha256})
    texts = {"reason_kk": reason_kk.strip(), "reason_ru": reason_ru.strip()}
    rules = CallRules.objects.create(
        call=call, number=last.number + 1, content=content, sha256=sha256_of(content), **texts
    )
    moved = move_drafts(call, rules, version)
    record("call.fix", call, by=by, data={"version": version.number, "rules": rules.sha256, "drafts": moved})
    return rules


def move_drafts(call: Call, rules: CallRules, version: Any) -> int:
    """Every draft of the call: its answers to the version, itself under the rules; returns how many were moved."""
    drafts = Application.objects.filter(call=call, status=ApplicationStatus.DRAFT).select_for_update(of=("self",))
    sets = list(drafts.values_list("answer_set_id", flat=True))
    Application.objects.filter(answer_set_id__in=sets).update(rules=rules)
    return move_answers(AnswerSet.objects.filter(pk__in=sets), version)


def _refuse(call: Call, reason_kk: str, reason_ru: str) -> None:
    if call.status != CallStatus.PUBLISHED or call.closes_at < clock.now():
        raise Refused(
            _("Only the questions of a published call that has not closed are mended like this."), code="wrong_state"
        )
    if not (reason_kk.strip() and reason_ru.strip()):
        raise Refused(
            _("Give the reason in Kazakh and in Russian: the call page shows it to everybody."), code="no_reason"
        )
    refuse_flaws(question_flaws(call))
