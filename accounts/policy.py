"""Who may do what with people, organisations and the admin's shared rows."""

from typing import TYPE_CHECKING, Any

from accounts.statuses import DESK_ROLES, MembershipRole, Role

if TYPE_CHECKING:
    from accounts.models import Organisation


WRITERS = frozenset({MembershipRole.OWNER, MembershipRole.EDITOR})
SIGNERS = frozenset({MembershipRole.OWNER})


def has_role(user: Any, *roles: str) -> bool:
    """Whether the person holds one of these roles."""
    return bool(user and user.is_authenticated and user.roles & set(roles))


def is_desk(user: Any) -> bool:
    """Whether the Django admin is this person's door."""
    return bool(user and user.is_authenticated and user.roles & DESK_ROLES)


def needs_second_factor(user: Any) -> bool:
    """Every role that is not an applicant."""
    return bool(user and user.is_authenticated and user.roles)


def may_write_for(user: Any, organisation: "Organisation") -> bool:
    """Owners and editors write."""
    return organisation.memberships.filter(user=user, role__in=WRITERS).exists()


def may_sign_for(user: Any, organisation: "Organisation") -> bool:
    """Only an owner submits, takes back and withdraws."""
    return organisation.memberships.filter(user=user, role__in=SIGNERS).exists()


def may_manage_members(user: Any, organisation: "Organisation") -> bool:
    """Owners invite, change roles, remove, and let in who asks."""
    return may_sign_for(user, organisation)


def may_answer_with_proof(user: Any) -> bool:
    """Officers read the papers of who asks to be let into an organisation."""
    return has_role(user, Role.OFFICER)


def may_manage_people(user: Any) -> bool:
    """Administrators give roles."""
    return has_role(user, Role.ADMINISTRATOR)


def may_read_people(user: Any) -> bool:
    """Officers need a contact; auditors and administrators read."""
    return has_role(user, Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR)


def may_read_organisations(user: Any) -> bool:
    """Who works with applications, contracts and payments, and who checks that work."""
    return has_role(user, Role.OFFICER, Role.SECRETARY, Role.FINANCE, Role.AUDITOR, Role.ADMINISTRATOR)


def may_read_iin(user: Any) -> bool:
    """An IIN is needed for screening and for the contract; nobody else sees more than its last digits."""
    return has_role(user, Role.OFFICER, Role.FINANCE)


def may_change_bank_account(user: Any, organisation: "Organisation") -> bool:
    """Where the money goes is said by an owner alone."""
    return may_sign_for(user, organisation)


def may_read_bank_accounts(user: Any) -> bool:
    """Finance pays; nobody else of the staff needs an account number."""
    return has_role(user, Role.FINANCE)


def may_edit_reference(user: Any) -> bool:
    """Sectors, districts, codes, days off, consent texts."""
    return has_role(user, Role.ADMINISTRATOR)


def may_keep_orders(user: Any) -> bool:
    """Orders that made calls, commissions and lists of experts are entered by those who prepare them."""
    return has_role(user, Role.OFFICER, Role.SECRETARY, Role.ADMINISTRATOR)


def may_read_audit(user: Any) -> bool:
    """The audit trail and the outbox."""
    return has_role(user, Role.AUDITOR, Role.ADMINISTRATOR)


def may_hold(user: Any) -> bool:
    """Legal holds, retention rules, the list of people that a breach touched."""
    return has_role(user, Role.ADMINISTRATOR)
