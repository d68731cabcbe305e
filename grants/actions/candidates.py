"""Becoming an expert: a questionnaire that a person answers, by themselves or invited, and the staff's answer."""

import json
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actions.invitations import digest_of
from accounts.models import Sector, User
from accounts.statuses import Language, Role
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.templatetags.words import long_date
from core.workflow import lock
from grants import policy
from grants.models import Expert, ExpertCandidate, ExpertInvitation
from grants.queries.experts import candidate_questionnaire, candidate_version, open_candidature
from grants.statuses import CandidateAnswer
from notifications.actions.announce import announce, announce_to, cancel
from questionnaires.actions.answers import save_answers
from questionnaires.actions.publish import publish_questionnaire
from questionnaires.actions.usual import make_rows
from questionnaires.models import AnswerSet, QuestionnaireVersion
from questionnaires.queries.answers import file_keys
from questionnaires.queries.asked import asked
from questionnaires.queries.compiled import compile_content
from questionnaires.queries.content import lacks

USUAL = Path(__file__).resolve().parent.parent / "data" / "expert_candidate.json"
VALID_FOR = timedelta(days=30)
MOST_A_DAY = 50  # invitations that one person sends
LOADS = range(1, 201)


def _refuse_stranger(by: Any) -> None:
    if not policy.may_accept_experts(by):
        raise NotAllowed(_("Only an officer or the secretary invites and accepts experts."), code="not_allowed")


@transaction.atomic
def publish_questions(*, by: Any) -> QuestionnaireVersion:
    """Puts the questions of candidates on their page: the usual ones the first time, then as staff have edited them.

    Raises Refused for a question that asks a file: the page takes none, a link does.
    """
    _refuse_stranger(by)
    questionnaire = candidate_questionnaire()
    if questionnaire is None:
        questionnaire = make_rows(json.loads(USUAL.read_text(encoding="utf-8")))
        record("questionnaire.add", questionnaire, by=by)
    if file_keys(compile_content(questionnaire)):
        raise Refused(_("Candidates give no files here: ask for a link. Nothing was published."), code="file")
    return publish_questionnaire(questionnaire, by=by)


@transaction.atomic
def invite_expert(*, email: str, language: str, by: Any) -> ExpertInvitation:
    """A letter with a link; the database keeps the SHA-256 of its token only. Raises Refused for a flood."""
    _refuse_stranger(by)
    day = clock.now() - timedelta(days=1)
    if ExpertInvitation.objects.filter(invited_by=by, invited_at__gt=day).count() >= MOST_A_DAY:
        raise Refused(_("You have sent many invitations today. Go on tomorrow; nothing was lost."), code="too_many")
    token = secrets.token_urlsafe(32)
    invitation = ExpertInvitation.objects.create(
        email=email.strip().lower(),
        language=language,
        token_sha256=digest_of(token),
        invited_by=by,
        expires_at=clock.now() + VALID_FOR,
    )
    record("expert_invitation.make", invitation, by=by)
    with translation.override(language):
        letter = {
            "inviter": str(by),
            "until": long_date(invitation.expires_at),
            "path": reverse("grants:expert_invited", args=[token]),
        }
    announce("expert_invited", address=invitation.email, language=language, context=letter, dedupe_key=_key(invitation))
    return invitation


@transaction.atomic
def take_back_expert_invitation(invitation: ExpertInvitation, *, by: Any) -> ExpertInvitation:
    """The link opens nothing any more, and its letter does not go out if it has not."""
    _refuse_stranger(by)
    invitation = lock(invitation)
    if invitation.used_at:
        raise Refused(_("The person has used this invitation already."), code="used")
    if invitation.revoked_at is None:
        invitation.revoked_at = clock.now()
        invitation.save(update_fields=["revoked_at"])
        cancel(key_prefix=_key(invitation))
        record("expert_invitation.take_back", invitation, by=by)
    return invitation


def _key(invitation: ExpertInvitation) -> str:
    return f"expert_invited:{invitation.public_id}"


@transaction.atomic
def save_candidature(values: dict[str, Any], *, by: User, token_sha256: str = "") -> ExpertCandidate:
    """Keeps the answers of a person who offers to read; the first save begins it, with the invitation where there is
    one. Raises Refused for who is an expert already, for one that was sent, and where nothing is asked now.
    """
    User.objects.select_for_update().get(pk=by.pk)
    if Expert.objects.filter(user=by, is_active=True).exists():
        raise Refused(_("You are an expert already."), code="expert")
    candidate = open_candidature(by)
    if candidate is None:
        version = candidate_version()
        if version is None:
            raise Refused(_("Experts are not being looked for at the moment."), code="closed")
        candidate = ExpertCandidate.objects.create(
            user=by, answer_set=AnswerSet.objects.create(version=version), invitation=_used(token_sha256, by)
        )
        record("candidate.begin", candidate, by=by, data={"invited": candidate.invitation_id is not None})
    if candidate.submitted_at:
        raise Refused(_("Your answers have been sent. Wait for our answer; nothing was changed."), code="sent")
    save_answers(candidate.answer_set, values)
    return candidate


def _used(token_sha256: str, by: User) -> ExpertInvitation | None:
    """The invitation behind the link that the person opened; a link that is used or too old is no invitation."""
    if not token_sha256:
        return None
    invitation = ExpertInvitation.objects.select_for_update().filter(token_sha256=token_sha256).first()
    if invitation is None or not invitation.is_usable:
        return None
    invitation.used_at, invitation.used_by = clock.now(), by
    invitation.save(update_fields=["used_at", "used_by"])
    return invitation


@transaction.atomic
def submit_candidature(candidate: ExpertCandidate, *, by: User) -> ExpertCandidate:
    """Sends it to staff. Raises Refused with what is lacking, in the order of the questions."""
    candidate = lock(candidate, "answer_set__version")
    if candidate.user_id != by.pk:
        raise NotAllowed(_("Only the person sends their own answers."), code="not_yours")
    if candidate.submitted_at:
        return candidate
    lacking = lacks(asked(candidate.answer_set.version.content, candidate.answer_set.values()))
    if lacking:
        items = [f"{one.label}: {one.sentence}" if one.sentence else str(one.label) for one in lacking]
        raise Refused(_("Answer these questions, then send. What you typed is kept."), code="lacks", items=items)
    candidate.submitted_at = clock.now()
    candidate.save(update_fields=["submitted_at"])
    record("candidate.submit", candidate, by=by)
    return candidate


@transaction.atomic
def answer_candidate(candidate: ExpertCandidate, *, answer: str, reason: str = "", by: Any) -> ExpertCandidate:
    """Accepts (the role is given, the expert is made from the answers) or declines with a reason; the person is told.

    Raises NotAllowed for who may not, and for one's own; Refused where it is answered, and for no without a reason.
    """
    _refuse_stranger(by)
    candidate = lock(candidate, "answer_set__version", "user")
    if candidate.user_id == by.pk:
        raise NotAllowed(_("Somebody else answers your own candidature."), code="own")
    if candidate.submitted_at is None or candidate.answered_at:
        raise Refused(_("This was answered meanwhile, or was never sent. Reload the page."), code="wrong_state")
    if answer == CandidateAnswer.DECLINED and not reason.strip():
        raise Refused(_("Say in a few words why."), code="no_reason")
    candidate.answer, candidate.reason = answer, reason.strip()
    candidate.answered_at, candidate.answered_by = clock.now(), by
    candidate.save(update_fields=["answer", "reason", "answered_at", "answered_by"])
    if answer == CandidateAnswer.ACCEPTED:
        _make_expert(candidate, by)
    record("candidate.answer", candidate, by=by, data={"answer": answer})
    _tell(candidate)
    return candidate


def _make_expert(candidate: ExpertCandidate, by: Any) -> Expert:
    """The role, and the expert with the sectors, languages and load that the answers name; staff change them later."""
    answers, person = candidate.answer_set.values(), candidate.user
    person.groups.add(Group.objects.get(name=Role.EXPERT))
    languages = [code for code in Language.values if code in _several(answers, "languages")]
    load = answers.get("load")
    known = Expert._meta.get_field("max_load").default
    values = {
        "languages": languages or [person.language],
        "max_load": load if isinstance(load, int) and load in LOADS else known,
        "is_active": True,
    }
    expert, is_new = Expert.objects.update_or_create(user=person, defaults=values)
    expert.sectors.set(Sector.objects.filter(code__in=_several(answers, "sectors")))
    record("expert.add" if is_new else "expert.change", expert, by=by, data={"candidate": candidate.public_id})
    return expert


def _several(answers: dict[str, Any], key: str) -> list[Any]:
    value = answers.get(key)
    return value if isinstance(value, list) else []


def _tell(candidate: ExpertCandidate) -> None:
    person = candidate.user
    event = "expert_accepted" if candidate.answer == CandidateAnswer.ACCEPTED else "expert_declined"
    with translation.override(person.language):
        letter = {"reason": candidate.reason, "path": reverse("grants:review_list")}
    announce_to(person, event, context=letter, dedupe_key=f"candidate:{candidate.public_id}:answer")
