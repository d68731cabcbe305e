"""Who may do what in a season, from a call to its decisions and appeals."""

from typing import TYPE_CHECKING, Any

from accounts.policy import SIGNERS, WRITERS, has_role, may_sign_for, may_write_for
from accounts.statuses import Role
from grants.policy.award import may_see_contracts
from grants.statuses import ExportKind

if TYPE_CHECKING:
    from grants.models import Application, Assignment, Award, Call

# --- seeing ---------------------------------------------------------------------------------------


def may_see_call_drafts(user: Any) -> bool:
    """Those who run calls, and who watch them."""
    return has_role(user, Role.OFFICER, Role.SECRETARY, Role.ADMINISTRATOR, Role.AUDITOR)


DOSSIER_READERS = (Role.OFFICER, Role.SECRETARY, Role.COMMISSION, Role.AUDITOR)


def may_see_sent_applications(user: Any) -> bool:
    """Staff of the season and the commission; never drafts."""
    return has_role(user, *DOSSIER_READERS)


def may_read_blind(user: Any) -> bool:
    """Who reads dossiers knows the applicants: they score in no blind call."""
    return not may_see_sent_applications(user)


def may_see_awarded_applications(user: Any) -> bool:
    """Finance pays awards and needs no other application."""
    return has_role(user, Role.FINANCE)


def may_see_some_applications(user: Any) -> bool:
    """Whether the list of applications is a page of this person; `visible_to` says which ones stand in it."""
    return may_see_sent_applications(user) or may_see_awarded_applications(user)


def may_read_snapshots(user: Any) -> bool:
    """What was sent holds the applicant's IIN or BIN: officers screen it, auditors prove it, experts need it not."""
    return has_role(user, Role.OFFICER, Role.AUDITOR)


def may_export_for_court(user: Any) -> bool:
    """Everything about one application, names of experts and votes by seat included: who answers to a court for it.

    An administrator does it from the shell; pages show each only what they see of applications anyway.
    """
    return has_role(user, Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR)


def may_see_exceptions(user: Any) -> bool:
    """The register of exceptions and the sample of awards: who prepares decisions, and who audits them."""
    return has_role(user, Role.OFFICER, Role.SECRETARY, Role.AUDITOR, Role.ADMINISTRATOR)


def may_see_awards(user: Any) -> bool:
    """Those who follow the money."""
    return has_role(user, Role.OFFICER, Role.SECRETARY, Role.COMMISSION, Role.FINANCE, Role.AUDITOR)


def may_see_ranking(user: Any) -> bool:
    """Scores of others: the commission, its secretary, officers, auditors."""
    return has_role(user, Role.OFFICER, Role.SECRETARY, Role.COMMISSION, Role.AUDITOR)


# --- calls ----------------------------------------------------------------------------------------


def may_edit_calls(user: Any) -> bool:
    """Officers and administrators prepare programmes, years and calls."""
    return has_role(user, Role.OFFICER, Role.ADMINISTRATOR)


def may_publish_call(user: Any, call: "Call") -> bool:
    """Those who prepare calls: one of them proposes, another one publishes."""
    return may_edit_calls(user)


def may_propose_cancelling(user: Any) -> bool:
    """Those who prepare calls propose it."""
    return may_edit_calls(user)


def may_cancel_call(user: Any, call: "Call") -> bool:
    """An administrator confirms what another officer or administrator has proposed."""
    return has_role(user, Role.ADMINISTRATOR)


def may_see_programmes(user: Any) -> bool:
    """Those who prepare programmes, and those who follow their money."""
    return may_see_call_drafts(user) or may_see_awards(user)


def may_see_phrases(user: Any) -> bool:
    """Those who write reasons, and those who prepare calls."""
    return may_edit_phrases(user) or has_role(user, Role.AUDITOR)


def may_edit_phrases(user: Any) -> bool:
    """Officers and the secretary write reasons; an administrator keeps the list."""
    return has_role(user, Role.OFFICER, Role.SECRETARY, Role.ADMINISTRATOR)


# --- applications ---------------------------------------------------------------------------------


def may_edit_application(user: Any, application: "Application") -> bool:
    """Owners and editors of its organisation."""
    role = _role_read_with(application, user)
    return role in WRITERS if role else may_write_for(user, application.organisation)


def may_send_application(user: Any, application: "Application") -> bool:
    """Only an owner submits, takes back and withdraws."""
    role = _role_read_with(application, user)
    return role in SIGNERS if role else may_sign_for(user, application.organisation)


def _role_read_with(application: "Application", user: Any) -> str | None:
    """The person's role in its organisation, where it has been read already."""
    return application.reader_role if user and application.reader_id == user.pk else None


def may_screen(user: Any, application: "Application | None" = None) -> bool:
    """Officers."""
    return has_role(user, Role.OFFICER)


def may_run_external_checks(user: Any) -> bool:
    """Officers send lists of IIN and BIN to be checked outside, and bring the answers in."""
    return may_screen(user)


def may_see_external_checks(user: Any) -> bool:
    """Who runs them, and who audits that; the files themselves are for those who run them."""
    return may_run_external_checks(user) or has_role(user, Role.AUDITOR)


def may_answer_applicants(user: Any) -> bool:
    """Officers answer requests for help and questions about a call."""
    return has_role(user, Role.OFFICER)


def may_see_minors(user: Any) -> bool:
    """A minor's name, age and guardian: officers check the consent, nobody else on the staff needs them."""
    return has_role(user, Role.OFFICER)


def may_extend(user: Any) -> bool:
    """More time is given by an administrator, never by somebody who screens: not even where one holds both roles.

    For one application alone, another such administrator confirms it.
    """
    return has_role(user, Role.ADMINISTRATOR) and not may_screen(user)


def may_see_extensions(user: Any) -> bool:
    """Who gives them, who screens what came in them, who audits them."""
    return has_role(user, Role.OFFICER, Role.SECRETARY, Role.ADMINISTRATOR, Role.AUDITOR)


# --- review ---------------------------------------------------------------------------------------


def may_assign_experts(user: Any) -> bool:
    """Officers and the secretary."""
    return has_role(user, Role.OFFICER, Role.SECRETARY)


def may_lift_conflicts(user: Any) -> bool:
    """Officers, the secretary, administrators: one proposes to lift a shared address or phone, another one agrees."""
    return has_role(user, Role.OFFICER, Role.SECRETARY, Role.ADMINISTRATOR)


def may_see_conflicts(user: Any) -> bool:
    """Who lifts them, and who audits that."""
    return may_lift_conflicts(user) or has_role(user, Role.AUDITOR)


def may_accept_experts(user: Any) -> bool:
    """Officers and the secretary invite experts and accept them."""
    return may_assign_experts(user)


def may_see_assignments(user: Any) -> bool:
    """Who reads what: officers, the secretary, auditors."""
    return has_role(user, Role.OFFICER, Role.SECRETARY, Role.AUDITOR)


def may_score(user: Any, assignment: "Assignment") -> bool:
    """The assigned expert."""
    return assignment.expert.user_id == user.pk


def may_export(user: Any, kind: str) -> bool:
    """A file holds what a page shows: who reads the list may take it."""
    return {
        ExportKind.APPLICATIONS: may_see_some_applications,
        ExportKind.DOSSIERS: may_see_some_applications,
        ExportKind.CONFLICTS: may_see_conflicts,
        ExportKind.ASSIGNMENTS: may_see_assignments,
        ExportKind.RANKING: may_see_ranking,
        ExportKind.REGISTER: may_see_exceptions,
        ExportKind.COURT: may_export_for_court,
        ExportKind.MONEY: may_see_contracts,
    }[ExportKind(kind)](user)


def may_export_something(user: Any) -> bool:
    """Whether the page of one's own files is for this person."""
    return any(may_export(user, kind) for kind in ExportKind)


# --- decisions ------------------------------------------------------------------------------------


def may_stage_decisions(user: Any) -> bool:
    """The secretary writes down what the commission decided."""
    return has_role(user, Role.SECRETARY)


def may_propose_release(user: Any) -> bool:
    """The secretary proposes to release what is staged."""
    return may_stage_decisions(user)


def may_freeze_ranking(user: Any) -> bool:
    """Who prepares the commission's papers: officers and the secretary; they keep what-ifs too."""
    return has_role(user, Role.OFFICER, Role.SECRETARY)


def may_change_rules(user: Any) -> bool:
    """Who prepares calls; a second person confirms (grants.actions.rules)."""
    return may_edit_calls(user)


def may_release_decisions(user: Any, call: "Call | None" = None) -> bool:
    """A member of the commission, who is not the person that staged them, confirms the secretary's proposal."""
    return has_role(user, Role.COMMISSION)


def decides(user: Any, application: "Application") -> bool:
    """Statuses after a decision change by its release."""
    return may_release_decisions(user)


# --- after the release ----------------------------------------------------------------------------


def may_appeal(user: Any, application: "Application") -> bool:
    """Only an owner of the organisation, as with sending."""
    return may_send_application(user, application)


def may_answer_appeals(user: Any, application: "Application | None" = None) -> bool:
    """Officers and secretaries; who took part in the application does not (grants/queries/appeals.py says who did)."""
    return has_role(user, Role.OFFICER, Role.SECRETARY)


def may_see_appeals(user: Any) -> bool:
    """Who answers them, the commission whose decisions they are about, who audits that."""
    return may_answer_appeals(user) or has_role(user, Role.COMMISSION, Role.AUDITOR)


def may_answer_offer(user: Any, application: "Application") -> bool:
    """Only an owner of the organisation accepts or refuses an award."""
    return may_send_application(user, application)


def may_answer_award(user: Any, award: "Award") -> bool:
    """The same, asked about the award."""
    return may_answer_offer(user, award.application)


def may_return_annulled(user: Any, row: Any = None) -> bool:
    """Who enters the court's act: the secretary or an administrator."""
    return has_role(user, Role.SECRETARY, Role.ADMINISTRATOR)
