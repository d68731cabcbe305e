"""Who writes together in an organisation: members, links that are open, who asks to be let in."""

from dataclasses import dataclass

from accounts.models import AccessRequest, Invitation, Membership, Organisation


@dataclass(frozen=True)
class Together:
    """What an owner sees; who is no owner sees the members alone."""

    members: list[Membership]
    invitations: list[Invitation]
    requests: list[AccessRequest]


def together(organisation: Organisation, *, is_owner: bool) -> Together:
    """Three queries for an owner, one for anybody else."""
    members = list(organisation.memberships.select_related("user").order_by("since", "pk"))
    if not is_owner:
        return Together(members, [], [])
    return Together(
        members,
        list(organisation.invitations.usable()),
        list(organisation.access_requests.open().select_related("asked_by")),
    )
