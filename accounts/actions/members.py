"""Changing a member's role, and removing a member; the last owner stays."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.invitations import close_links_of
from accounts.models import FormerMembership, Membership, Organisation, User
from accounts.policy import may_manage_members
from accounts.statuses import MembershipRole
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock

COUNTS_FOR = timedelta(days=365)  # for a year a former member may not judge what the organisation asks for


@transaction.atomic
def change_member_role(membership: Membership, role: str, *, by: User) -> Membership:
    """An owner gives a member another role; links that a former owner made open nothing any more.

    Raises NotAllowed, and Refused for the last owner.
    """
    organisation = lock(membership.organisation)  # two owners who step down at once: one of them stays
    if not may_manage_members(by, organisation):
        raise NotAllowed(_("Only an owner of the organisation may do this."), code="not_an_owner")
    locked = lock(membership)
    if locked.role == role:
        return locked
    if role != MembershipRole.OWNER:
        _refuse_last_owner(locked)
    before, locked.role = locked.role, role
    locked.save(update_fields=["role"])
    if before == MembershipRole.OWNER:
        close_links_of(locked.user, organisation, by=by)
    record("member.change_role", organisation, by=by, data=_about(locked) | {"from": before, "to": role})
    return locked


@transaction.atomic
def remove_member(membership: Membership, *, by: User) -> None:
    """An owner removes a member, or a member leaves; links that they made open nothing any more.

    Raises NotAllowed, and Refused for the last owner.
    """
    organisation = lock(membership.organisation)
    if by.pk != membership.user_id and not may_manage_members(by, organisation):
        raise NotAllowed(_("Only an owner of the organisation may do this."), code="not_an_owner")
    locked = Membership.objects.select_for_update().filter(pk=membership.pk).first()
    if locked is None:
        return  # the same press twice
    _refuse_last_owner(locked)
    close_links_of(locked.user, organisation, by=by)
    record("member.remove", organisation, by=by, data=_about(locked) | {"from": locked.role})
    FormerMembership.objects.create(
        organisation=organisation, user=locked.user, ended_at=clock.now(), counts_until=clock.now() + COUNTS_FOR
    )
    locked.delete()


def has_other_owner(organisation: Organisation, *, than: int) -> bool:
    """Whether somebody else whose account is open owns it too."""
    others = organisation.memberships.filter(role=MembershipRole.OWNER, user__is_active=True)
    return others.exclude(pk=than).exists()


def _refuse_last_owner(membership: Membership) -> None:
    if membership.role == MembershipRole.OWNER and not has_other_owner(membership.organisation, than=membership.pk):
        raise Refused(
            _("An organisation needs an owner. Make another member an owner first; nothing was changed."),
            code="last_owner",
        )


def _about(membership: Membership) -> dict[str, int]:
    """Whom the trail means: a key, never a name."""
    return {"member": membership.user_id}
