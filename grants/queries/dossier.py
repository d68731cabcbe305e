"""Everything an officer reads about one application, in a number of queries that does not grow with how much it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.policy import may_read_iin
from accounts.statuses import IDENTIFIED_BY_IIN, MembershipRole, Role
from core.models import AuditEvent
from grants import policy
from grants.models import (
    Appeal,
    Application,
    ApplicationDocument,
    Correction,
    Decision,
    GuardianConsent,
    IneligibilityProposal,
    Milestone,
    ReasonPhrase,
    ScreeningCheck,
    Submission,
)
from grants.queries import fields, history, lines
from grants.queries.applicants import consents_for
from grants.queries.asked import questions_asked
from grants.queries.budget import Budget, read_budget
from grants.queries.cards import NO_TITLE, kept_of
from grants.queries.panel import Panel, panel_of
from grants.queries.plan import milestone_words, read_milestones
from grants.statuses import ApplicationStatus, CheckResult, ReasonKind


@dataclass(frozen=True)
class Dossier:
    """One application for its reader."""

    application: Application
    sections: list[tuple[Any, list[lines.Line]]]
    documents: list[ApplicationDocument]
    checks: list[lines.CheckLine]
    corrections: list[lines.CorrectionLine]
    proposals: list[IneligibilityProposal]
    submissions: list[Submission]
    owners: list[User]
    officers: list[User]
    history: list[history.HistoryLine]
    phrases: list[ReasonPhrase]
    panel: Panel | None
    decision: Decision | None
    appeals: list[Appeal]
    field_groups: list[fields.FieldGroup]
    shows_iin: bool
    consents: list[GuardianConsent]
    milestones: list[Milestone] | None
    budget: Budget | None
    shows_suppliers: bool

    @property
    def open_correction(self) -> Correction | None:
        """The one that waits for the applicant."""
        return next((c.correction for c in self.corrections if c.correction.is_open), None)

    @property
    def open_proposal(self) -> IneligibilityProposal | None:
        """The one that waits for a second officer."""
        return next((p for p in self.proposals if p.confirmed_at is None and p.turned_down_at is None), None)

    @property
    def confirmed_proposal(self) -> IneligibilityProposal | None:
        """The one that made the application not eligible."""
        return next((p for p in self.proposals if p.confirmed_at), None)

    @property
    def open_appeal(self) -> Appeal | None:
        """The one that waits for an answer."""
        return next((appeal for appeal in self.appeals if appeal.answered_at is None), None)

    @property
    def plan(self) -> list[tuple[str, str]]:
        """(what is done, by when and what proves it)."""
        return [(milestone.title or NO_TITLE, milestone_words(milestone)) for milestone in self.milestones or []]

    @property
    def changed(self) -> set[str]:
        """What the last answered correction changed."""
        last = next((c.correction for c in self.corrections if c.correction.answered_at), None)
        return set(last.changed) if last else set()

    @property
    def checks_by_need(self) -> list[lines.CheckLine]:
        """What is left to check first."""
        return sorted(self.checks, key=lambda line: line.result == CheckResult.PASSED)

    @property
    def left_to_check(self) -> list[lines.CheckLine]:
        """What keeps the application from being found eligible."""
        return [line for line in self.checks if line.result != CheckResult.PASSED]

    def phrases_for(self, kind: str) -> list[ReasonPhrase]:
        """Kept phrases of one kind."""
        return [phrase for phrase in self.phrases if phrase.kind == kind]


def for_dossier(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With every single row that a dossier names."""
    return applications.select_related(
        "organisation__district",
        "organisation__sector",
        "call__programme_year",
        "sector",
        "district",
        "officer",
        "answer_set__version",
        "rules",
    )


def read_dossier(application: Application, reader: Any) -> Dossier:
    """Reads the rest: phrases for an application in screening, reviews and the decision for one beyond it."""
    in_screening = application.status == ApplicationStatus.SUBMITTED
    is_scored = not in_screening and policy.may_see_ranking(reader)
    documents = list(application.documents.select_related("requirement", "document"))
    kept = list(application.corrections.select_related("opened_by"))
    groups = fields.field_groups(application)
    labels = {name: label for group in groups for name, label in group.labels.items()}
    call = application.call
    milestones = read_milestones(application) if call.asks_milestones else None
    budget = read_budget(application) if call.asks_budget else None
    found = questions_asked(application)
    values = lines.values_of(application, found.answers, documents) | kept_of(milestones, budget)
    names = lines.names_with(fields.names_for(kept), application, documents, budget, answers=found.answers)
    corrections = lines.correction_lines(application, kept, values, names, labels)
    checks, events = list(application.checks.all()), history.events_of(application)
    people = _people(events, checks)
    return Dossier(
        application=application,
        sections=lines.sections_of(application, groups, values, names, corrections, found),
        documents=documents,
        checks=lines.check_lines(checks, people),
        corrections=corrections,
        proposals=list(application.ineligibility_proposals.select_related("proposed_by", "confirmed_by")),
        submissions=list(application.submissions.all()),
        owners=_owners(application),
        officers=[person for person in people.values() if person.is_officer],  # type: ignore[attr-defined]
        history=history.history(events, people, labels),
        phrases=_phrases() if in_screening and policy.may_screen(reader) else [],
        panel=panel_of(application, reader) if is_scored else None,
        decision=Decision.objects.live().filter(application=application).first() if is_scored else None,
        appeals=[] if in_screening else list(application.appeals.order_by("-made_at")),
        field_groups=groups,
        shows_iin=may_read_iin(reader) or application.organisation.kind not in IDENTIFIED_BY_IIN,
        consents=consents_for(application, reader),
        milestones=milestones,
        budget=budget,
        shows_suppliers=may_read_iin(reader),
    )


def _owners(application: Application) -> list[User]:
    """Whom to call."""
    owning = {"memberships__organisation": application.organisation_id, "memberships__role": MembershipRole.OWNER}
    return list(User.objects.filter(is_active=True, **owning))


def officers() -> QuerySet[User]:
    """Active people with the officer's role, by name."""
    return User.objects.filter(is_active=True, groups__name=Role.OFFICER).order_by("display_name", "email")


def _people(events: Iterable[AuditEvent], checks: Iterable[ScreeningCheck]) -> dict[int, User]:
    """Everybody whom the dossier names by key, and the active officers (`is_officer`): one query."""
    named = {event.actor_id for event in events if event.actor_id}
    named |= {event.data["officer"] for event in events if event.data.get("officer")}
    named |= {check.checked_by_id for check in checks if check.checked_by_id}
    role = Exists(Group.objects.filter(name=Role.OFFICER, user=OuterRef("pk")))
    people = User.objects.annotate(has_role=role).filter(Q(pk__in=named) | Q(has_role=True, is_active=True))
    found: dict[int, User] = {person.pk: person for person in people.order_by("display_name", "email")}
    for person in found.values():
        person.is_officer = person.has_role and person.is_active  # type: ignore[attr-defined]
    return found


def _phrases() -> list[ReasonPhrase]:
    kinds = [ReasonKind.CORRECTION, ReasonKind.INELIGIBLE]
    return list(ReasonPhrase.objects.filter(kind__in=kinds).order_by("kind", "position", "pk"))
