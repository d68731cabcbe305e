"""Appeals: an owner writes within the call's working days, people who took no part answer within theirs."""

from datetime import timedelta
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from committees.actions.agenda import ItemDraft, add_items
from committees.models import Meeting
from committees.statuses import Verdict
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.templatetags.words import moment
from core.workflow import apply_move, lock
from documents.actions.store import atomic_with_files, store_upload
from grants import policy
from grants.actions.appeal_items import find_conflicts
from grants.actions.letters import tell_owners
from grants.actions.terms import term_of
from grants.actions.voiding import void_decision
from grants.models import Appeal, Application, ProgrammeYear
from grants.queries.appeal_items import SUBJECT
from grants.queries.appeals import notice_of, took_part, who_may_answer
from grants.queries.conflicts import blocking_conflict
from grants.statuses import AppealOutcome, ApplicationStatus, ReturnsTo, VoidKind
from grants.workflow import APPLICATION
from notifications.actions.announce import announce_to, cancel


@atomic_with_files()
def make_appeal(application: Application, *, text: str, upload: File | None = None, by: Any) -> Appeal:
    """Writes an appeal against «not eligible» or a released decision, perhaps with one file.

    Raises NotAllowed for who is no owner; Refused without words, twice, or after the last working day.
    """
    application = lock(application, "call")
    if not policy.may_appeal(by, application):
        raise NotAllowed(_("Only an owner of the organisation appeals."), code="not_an_owner")
    notice = notice_of(application)
    if notice is None:
        raise Refused(_("There is no decision to appeal against, or you have appealed already."), code="no_notice")
    if not notice.is_open:
        raise Refused(
            _("The time to appeal is over: it ended %(until)s.") % {"until": moment(notice.until)}, code="late"
        )
    if not text.strip():
        raise Refused(_("Write why you do not agree."), code="no_words")
    appeal = Appeal.objects.create(
        application=application,
        against=notice.against,
        decision=notice.decision,
        text=text.strip(),
        document=store_upload(upload, by=by) if upload else None,
        made_by=by,
        due_at=term_of(application.call.appeal_answer_working_days),
    )
    data = {"appeal": appeal.public_id, "against": str(appeal.against), "until": appeal.due_at}
    record("application.appeal", application, by=by, data=data)
    _tell_made(appeal, application)
    return appeal


def _tell_made(appeal: Appeal, application: Application) -> None:
    """A receipt for the owners; for those who may answer a letter now, and one the day before it is due."""
    key = _key(appeal)
    tell_owners(application, "appeal_made", key=f"{key}:made", context=lambda: {"due": moment(appeal.due_at)})
    reminder = appeal.due_at - timedelta(days=1)
    for person in who_may_answer(application):
        with translation.override(person.language):
            context = {"number": application.number, "due": moment(appeal.due_at), "path": "/admin/"}
        announce_to(person, "appeal_to_answer", context=context, dedupe_key=f"{key}:answer:{person.pk}")
        if reminder > clock.now():
            announce_to(person, "appeal_due", context=context, dedupe_key=f"{key}:due:{person.pk}", due_at=reminder)


def _key(appeal: Appeal) -> str:
    return f"appeal:{appeal.public_id}"


@transaction.atomic
def answer_appeal(
    appeal: Appeal, *, outcome: str, returns_to: str = "", reason_kk: str, reason_ru: str, by: Any
) -> Appeal:
    """Answers with reasons in both languages. Upheld: the application goes back to the experts or to a vote, and what
    was decided about it holds no more. Dismissed: everything stays.

    Where the call names an appeal commission, the outcome is what its resolution says. Raises NotAllowed for those who
    took part or have a conflict of interest, Refused where it is answered already, or reasons are missing.
    """
    application = Application.objects.select_related("call").get(pk=appeal.application_id)
    lock(ProgrammeYear.objects.get(pk=application.call.programme_year_id))
    application = lock(application, "call")
    appeal = lock(appeal)
    _refuse_involved(application, by)
    _refuse_wrong(appeal, application, outcome, reason_kk, reason_ru)
    upheld = outcome == AppealOutcome.UPHELD
    appeal.outcome = outcome
    appeal.returns_to = _way_back(appeal, returns_to) if upheld else ""
    appeal.reason_kk, appeal.reason_ru = reason_kk.strip(), reason_ru.strip()
    appeal.answered_at, appeal.answered_by = clock.now(), by
    appeal.save()
    if upheld:
        _bring_back(appeal, application, by)
    data = {"appeal": appeal.public_id, "outcome": str(outcome), "returns_to": str(appeal.returns_to)}
    record("application.answer_appeal", application, by=by, data=data)
    cancel(key_prefix=f"{_key(appeal)}:due:")
    tell_owners(
        application,
        f"appeal_{outcome}",
        key=f"{_key(appeal)}:answered",
        context=lambda: {"reason": str(appeal.reason), "way": str(appeal.get_returns_to_display())},
    )
    return appeal


def _refuse_involved(application: Application, by: Any) -> None:
    if not policy.may_answer_appeals(by, application):
        raise NotAllowed(_("Only officers and secretaries answer appeals."), code="not_allowed")
    if by.pk in took_part(application):
        raise NotAllowed(
            _("You took part in this application. A colleague who did not answers the appeal."), code="took_part"
        )
    if blocking_conflict(by, application):
        raise NotAllowed(_("You have a conflict of interest with this application."), code="conflict")


def _refuse_wrong(appeal: Appeal, application: Application, outcome: str, reason_kk: str, reason_ru: str) -> None:
    if appeal.answered_at is not None:
        raise Refused(_("This appeal is answered already. Reload the page."), code="wrong_state")
    if not (reason_kk.strip() and reason_ru.strip()):
        raise Refused(_("Give the reasons in Kazakh and in Russian: the applicant reads them."), code="no_reason")
    if outcome not in AppealOutcome.values:
        raise Refused(_("Choose what becomes of the appeal."), code="no_outcome")
    if application.call.appeal_commission_id is not None:
        _refuse_unlike_resolution(appeal, outcome)


def _refuse_unlike_resolution(appeal: Appeal, outcome: str) -> None:
    """The appeal commission has voted, and the outcome is what it resolved."""
    resolution = getattr(appeal.item, "resolution", None) if appeal.item else None
    said = {Verdict.ADOPTED: AppealOutcome.UPHELD, Verdict.REJECTED: AppealOutcome.DISMISSED}
    if resolution is None or resolution.verdict not in said:
        raise Refused(_("The appeal commission has not resolved this appeal yet."), code="no_resolution")
    if said[Verdict(resolution.verdict)] != outcome:
        raise Refused(_("The appeal commission has resolved otherwise."), code="other_resolution")


def _way_back(appeal: Appeal, returns_to: str) -> str:
    """What no expert has read goes to the experts; otherwise as the answer says."""
    if appeal.decision_id is None:
        return ReturnsTo.REVIEW
    if returns_to not in ReturnsTo.values:
        raise Refused(_("Say where the application goes back to."), code="no_way")
    return returns_to


def _bring_back(appeal: Appeal, application: Application, by: Any) -> None:
    """Eligible again; the decision is void, and its money, if it had any, is free."""
    if appeal.decision is not None:
        void_decision(appeal.decision, VoidKind.APPEALED, by=by)
    if application.status != ApplicationStatus.ELIGIBLE:
        apply_move(APPLICATION, application, "uphold", by=by, data={"appeal": appeal.public_id})


@transaction.atomic
def put_on_agenda(appeal: Appeal, meeting: Meeting, *, by: Any) -> Appeal:
    """Where the call names an appeal commission, its meeting votes on «uphold the appeal»; the answer then follows the
    resolution. Raises Refused for another committee, or where the appeal is answered or stands on an agenda that lives.
    """
    appeal = lock(appeal, "application__call")
    application = appeal.application
    if appeal.answered_at is not None or meeting.committee_id != application.call.appeal_commission_id:
        raise Refused(_("The appeal commission of the call answers this appeal, once."), code="wrong_state")
    earlier = getattr(appeal.item, "resolution", None) if appeal.item else None
    if appeal.item and (earlier is None or earlier.verdict != Verdict.DEFERRED):
        raise Refused(_("This appeal stands on an agenda already."), code="on_agenda")
    titles, proposals = _in_both(_("Appeal: %(number)s")), _in_both(_("Uphold the appeal %(number)s"))
    named = {"number": application.number}
    draft = ItemDraft(
        subject=f"{SUBJECT}:{appeal.public_id}",
        reference=str(application.number),
        titles=(titles[0] % named, titles[1] % named),
        proposals=(proposals[0] % named, proposals[1] % named),
    )
    item = add_items(meeting, [draft], by=by)[0]
    Appeal.objects.filter(pk=appeal.pk).update(item=item)
    appeal.item = item
    find_conflicts(meeting, by=by)
    data = {"appeal": appeal.public_id, "item": item.public_id}
    record("application.appeal_on_agenda", application, by=by, data=data)
    return appeal


def _in_both(text: Any) -> tuple[str, str]:
    """In Kazakh and in Russian."""
    found = []
    for language in ("kk", "ru"):
        with translation.override(language):
            found.append(str(text))
    return found[0], found[1]
