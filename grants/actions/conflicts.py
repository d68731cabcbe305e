"""Conflicts of interest: written down as declared, recorded or found; matches that hubs share are lifted by two."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from grants import policy
from grants.actions.experts import forget_batch
from grants.actions.recusals import lift_recusals, write_recusals
from grants.models import Application, Assignment, Call, Conflict
from grants.queries.conflicts import is_liftable, judges_of, shown_by_data
from grants.statuses import ApplicationStatus, ConflictKind
from notifications.actions.announce import cancel

JUDGED = (ApplicationStatus.SUBMITTED, ApplicationStatus.ELIGIBLE)


@transaction.atomic
def note_conflicts(applications: Iterable[Application], people: Iterable[User], *, by: Any = None) -> int:
    """Writes down what the data show between these people and applications; returns how many rows are new.

    A live assignment across one goes back. Safe to run twice: what is written already stays as it is.
    """
    rows, judges = {a.pk: a for a in applications}, {p.pk: p for p in people}
    found = shown_by_data(rows.values(), judges.values())
    known = set(
        Conflict.objects.live()
        .filter(application__in=rows, person__in=judges)
        .values_list("person_id", "application_id", "kind")
    )
    made = 0
    for (person, application), kinds in sorted(found.items()):
        for kind in sorted(kind for kind in kinds if (person, application, kind) not in known):
            write_conflict(judges[person], rows[application], kind, note="", by=by)
            made += 1
    return made


def note_conflicts_of(call: Call, *, by: Any = None) -> int:
    """For every application of the call that is still to be judged, and everybody who may judge it."""
    applications = call.applications.filter(status__in=JUDGED).select_related("organisation")
    return note_conflicts(applications, judges_of(call), by=by)


def look_again(call: Call, *, by: Any) -> int:
    """Staff ask for it at once; a beat task does it every hour."""
    if not policy.may_assign_experts(by):
        raise NotAllowed(_("Only an officer or the secretary looks for conflicts."), code="not_allowed")
    return note_conflicts_of(call, by=by)


def write_conflict(person: User, application: Application, kind: str, *, note: str, by: Any) -> Conflict:
    """The row and its audit event; a live assignment across it goes back. The same one twice is one row."""
    conflict, is_new = Conflict.objects.get_or_create(
        person=person,
        application=application,
        kind=kind,
        lifted_at=None,
        defaults={"note": note.strip(), "found_by": by},
    )
    if is_new:
        data = {"application": application.public_id, "person": person.pk, "kind": kind}
        record("conflict.write", conflict, by=by, data=data)
        write_recusals(person, application, by=by)
    for assignment in Assignment.objects.live().filter(expert__user=person, application=application):
        end_assignment(assignment, str(ConflictKind(kind).value))
    return conflict


def end_assignment(assignment: Assignment, reason: str) -> None:
    """The assignment goes back, its reminders are cancelled; the caller has checked and holds the lock."""
    Assignment.objects.filter(pk=assignment.pk).update(returned_at=clock.now(), returned_reason=reason)
    cancel(key_prefix=f"assignment:{assignment.public_id}:")
    assignment.refresh_from_db()
    forget_batch(assignment)


@transaction.atomic
def declare_own_conflict(application: Application, *, note: str, by: Any) -> Conflict:
    """An officer, a member or the secretary says «I may not judge this»: the dossier closes for them at once.

    An officer who answers for the application gives it back: the next one takes it.
    """
    if not policy.may_see_sent_applications(by):
        raise NotAllowed(_("Only those who judge applications declare this."), code="not_allowed")
    application = lock(application)
    conflict = write_conflict(by, application, ConflictKind.DECLARED, note=note, by=by)
    if application.officer_id == by.pk:
        Application.objects.filter(pk=application.pk).update(officer=None)
    return conflict


@transaction.atomic
def propose_lifting(conflict: Conflict, *, reason: str, by: Any) -> Conflict:
    """One person says why a shared address, phone or e-mail is no conflict; it blocks until another one agrees."""
    conflict = _lock_liftable(conflict, by)
    if not reason.strip():
        raise Refused(_("Say why this match is no conflict of interest. It is counted in public."), code="no_reason")
    Conflict.objects.filter(pk=conflict.pk).update(
        lift_reason=reason.strip(), lift_proposed_at=clock.now(), lift_proposed_by=by
    )
    record("conflict.propose_lifting", conflict, by=by)
    conflict.refresh_from_db()
    return conflict


@transaction.atomic
def lift_conflict(conflict: Conflict, *, by: Any) -> Conflict:
    """A second person agrees: the match blocks no more, in a meeting that is called already neither."""
    conflict = _lock_proposed(conflict, by)
    if conflict.lift_proposed_by_id == by.pk:
        raise NotAllowed(_("Another person must agree: you proposed it yourself."), code="same_person")
    if conflict.person_id == by.pk:
        raise NotAllowed(_("This is your own conflict of interest: others decide about it."), code="own_conflict")
    Conflict.objects.filter(pk=conflict.pk).update(lifted_at=clock.now(), lifted_by=by)
    record("conflict.lift", conflict, by=by, data={"proposed_by": conflict.lift_proposed_by_id})
    conflict.refresh_from_db()
    lift_recusals(conflict.person, conflict.application, by=by)
    return conflict


@transaction.atomic
def keep_conflict(conflict: Conflict, *, by: Any) -> Conflict:
    """A second person disagrees, or the first thinks again: it goes on blocking."""
    conflict = _lock_proposed(conflict, by)
    Conflict.objects.filter(pk=conflict.pk).update(lift_reason="", lift_proposed_at=None, lift_proposed_by=None)
    record("conflict.keep", conflict, by=by)
    conflict.refresh_from_db()
    return conflict


def _lock_liftable(conflict: Conflict, by: Any) -> Conflict:
    if not policy.may_lift_conflicts(by):
        raise NotAllowed(_("Only an officer, the secretary or an administrator does this."), code="not_allowed")
    conflict = lock(conflict)
    if not is_liftable(conflict):
        raise Refused(
            _("Only a match of address, phone or e-mail is lifted, and only once. Nothing was changed."),
            code="not_liftable",
        )
    if conflict.person_id == by.pk:
        raise NotAllowed(_("This is your own conflict of interest: others decide about it."), code="own_conflict")
    return conflict


def _lock_proposed(conflict: Conflict, by: Any) -> Conflict:
    conflict = _lock_liftable(conflict, by)
    if conflict.lift_proposed_by_id is None:
        raise Refused(_("Nobody proposes to lift this now. Reload the page."), code="not_proposed")
    return conflict
