"""An officer screens: takes an application, checks, finds it eligible or (with a second officer) not."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import apply_move, lock
from grants import policy
from grants.actions.conflicts import note_conflicts
from grants.actions.letters import tell_decision
from grants.actions.terms import term_of
from grants.models import Application, Conflict, IneligibilityProposal, ScreeningCheck
from grants.queries.conflicts import judges_of, known_conflict
from grants.statuses import AUTOMATIC_CHECKS, ApplicationStatus, CheckKind, CheckResult
from grants.workflow import APPLICATION


def _refuse_others(by: Any) -> None:
    if not policy.may_screen(by):
        raise NotAllowed(_("Only an officer screens applications."), code="not_an_officer")


@transaction.atomic
def take_next(*, by: Any) -> Application | None:
    """The oldest application that waits for this officer, or else for anybody; None when nothing waits.

    Two officers who press at once get two different ones (rows locked by another are skipped). One with which the
    officer has a conflict of interest is left to a colleague.
    """
    _refuse_others(by)
    blocked = Conflict.objects.live().filter(person=by).values("application")
    waiting = Application.objects.awaiting_screening().exclude(pk__in=blocked).order_by("submitted_at", "pk")
    skip = connection.features.has_select_for_update_skip_locked
    mine = waiting.filter(officer=by).first()
    if mine:
        return mine
    free = waiting.filter(Q(officer=None) | Q(officer__is_active=False))
    application = free.select_for_update(of=("self",), skip_locked=skip).first()
    return assign_officer(application, by, by=by) if application else None


@transaction.atomic
def assign_officer(application: Application, officer: Any, *, by: Any) -> Application:
    """Names the officer who answers for the application."""
    _refuse_others(by)
    if not policy.may_screen(officer):
        raise Refused(_("This person is not an officer. Choose another."), code="not_an_officer")
    application = lock(application)
    Application.objects.filter(pk=application.pk).update(officer=officer)
    application.refresh_from_db()
    record("application.assign_officer", application, by=by, data={"officer": officer.pk})
    return application


@transaction.atomic
def record_check(application: Application, kind: str, result: str, *, evidence: str = "", by: Any) -> ScreeningCheck:
    """Writes what an officer found; overruling one of the portal's own checks needs the evidence in words."""
    _refuse_others(by)
    application = _lock_submitted(application, by)
    if kind in AUTOMATIC_CHECKS and not evidence.strip():
        raise Refused(_("Say in words why you overrule the portal's own check."), code="no_evidence")
    check, _new = ScreeningCheck.objects.update_or_create(
        application=application,
        kind=kind,
        defaults={
            "result": result,
            "evidence": evidence.strip(),
            "checked_at": clock.now(),
            "checked_by": by,
            "external_round": None,  # an import names itself afterwards
        },
    )
    record("application.check", application, by=by, data={"check": kind, "result": result})
    return check


def _lock_submitted(application: Application, by: Any) -> Application:
    """The locked application, if it waits for an officer and not for its applicant, and the officer may judge it."""
    application = lock(application)
    if known_conflict(by, application):
        raise NotAllowed(
            _("You have a conflict of interest with this application: a colleague screens it."), code="conflict"
        )
    if application.status != ApplicationStatus.SUBMITTED:
        raise Refused(_("This application is no longer in screening. Reload the page."), code="wrong_state")
    return application


def _refuse_while_waiting(application: Application) -> None:
    if application.corrections.filter(answered_at=None, expired_at=None).exists():
        raise Refused(_("A correction is open: wait for the answer or for its last day."), code="correction_open")
    if application.ineligibility_proposals.filter(confirmed_at=None, turned_down_at=None).exists():
        raise Refused(
            _("A colleague proposes to find it not eligible: confirm that or turn it down first."),
            code="proposal_open",
        )


@transaction.atomic
def find_eligible(application: Application, *, by: Any) -> Application:
    """Passes the application on to the experts; every check must be in order."""
    _refuse_others(by)
    application = _lock_submitted(application, by)
    _refuse_while_waiting(application)
    passed = set(application.checks.filter(result=CheckResult.PASSED).values_list("kind", flat=True))
    missing = [kind.label for kind in CheckKind if kind not in passed]
    if missing:
        raise Refused(
            _("These checks are not in order yet: %(list)s") % {"list": "; ".join(str(m) for m in missing)},
            code="checks_missing",
        )
    note_conflicts([application], judges_of(application.call))
    return apply_move(APPLICATION, application, "find_eligible", by=by)


@transaction.atomic
def propose_ineligible(application: Application, *, reason_kk: str, reason_ru: str, by: Any) -> IneligibilityProposal:
    """Proposes «not eligible» with its reason in both languages; a second officer decides."""
    _refuse_others(by)
    application = _lock_submitted(application, by)
    _refuse_while_waiting(application)
    if not (reason_kk.strip() and reason_ru.strip()):
        raise Refused(_("Give the reason in Kazakh and in Russian: the applicant reads it."), code="no_reason")
    proposal = IneligibilityProposal.objects.create(
        application=application, reason_kk=reason_kk.strip(), reason_ru=reason_ru.strip(), proposed_by=by
    )
    record("application.propose_ineligible", application, by=by, data={"proposal": proposal.pk})
    return proposal


def _open_proposal(application: Application) -> IneligibilityProposal:
    proposal = application.ineligibility_proposals.filter(confirmed_at=None, turned_down_at=None).first()
    if proposal is None:
        raise Refused(_("There is no open proposal. Reload the page."), code="no_proposal")
    return proposal


@transaction.atomic
def confirm_ineligible(application: Application, *, by: Any) -> Application:
    """A second officer confirms: the application is not eligible and the applicant reads why."""
    _refuse_others(by)
    application = _lock_submitted(application, by)
    proposal = _open_proposal(application)
    if proposal.proposed_by_id == by.pk:
        raise NotAllowed(_("Another officer must confirm: you proposed it yourself."), code="same_officer")
    IneligibilityProposal.objects.filter(pk=proposal.pk).update(confirmed_at=clock.now(), confirmed_by=by)
    apply_move(APPLICATION, application, "find_ineligible", by=by, data={"proposal": proposal.pk})
    until = term_of(application.call.appeal_working_days)
    tell_decision(application, proposal, event="not_eligible", term_ends_at=until)
    return application


@transaction.atomic
def turn_down_proposal(application: Application, *, by: Any) -> Application:
    """A second officer disagrees (or the first thinks again): screening goes on."""
    _refuse_others(by)
    application = _lock_submitted(application, by)
    proposal = _open_proposal(application)
    IneligibilityProposal.objects.filter(pk=proposal.pk).update(turned_down_at=clock.now(), turned_down_by=by)
    record("application.turn_down_proposal", application, by=by, data={"proposal": proposal.pk})
    return application
