"""Inviting a colleague by a link, taking the link back, joining by it."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Invitation, Membership, Organisation, User
from accounts.policy import may_manage_members
from accounts.statuses import MembershipRole
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.templatetags.words import long_date
from core.workflow import lock
from notifications.actions.announce import announce, cancel

VALID_FOR = timedelta(days=7)
MOST_OPEN = 20  # links of one organisation that still open it
MOST_A_DAY = 20  # links that one person makes: the portal is nobody's mailing machine


def digest_of(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    organisation: Organisation, *, role: str, by: User, email: str = "", language: str = "kk"
) -> tuple[Invitation, str]:
    """Makes a link for one colleague; with an e-mail it goes out as a letter in `language`.

    Returns the invitation and its path, which is nowhere else: the database has the SHA-256 of its token, and the
    outbox the letter until it is sent. Raises NotAllowed for who is no owner, Refused where too many links are open.
    """
    locked = lock(organisation)
    _refuse_stranger(by, locked)
    _refuse_flood(locked, by)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=locked,
        email=email,
        role=role,
        token_sha256=digest_of(token),
        invited_by=by,
        expires_at=clock.now() + VALID_FOR,
    )
    record("invitation.make", invitation, by=by, data={"organisation": locked.public_id, "role": role})
    with translation.override(language):
        path = reverse("accounts:invitation_open", args=[token])
        if email:
            _send(invitation, path, language)
    return invitation, path


def _send(invitation: Invitation, path: str, language: str) -> None:
    """The letter; whoever gets it still needs the link, whatever their address is."""
    announce(
        "invited",
        address=invitation.email,
        language=language,
        context={
            "organisation": invitation.organisation.name,
            "inviter": str(invitation.invited_by),
            "role": str(MembershipRole(invitation.role).label),
            "until": long_date(invitation.expires_at),
            "path": path,
        },
        dedupe_key=f"invited:{invitation.public_id}",
    )


@transaction.atomic
def take_back_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """The link opens nothing any more, and its letter does not go out if it has not. Raises NotAllowed, Refused."""
    locked = lock(invitation, "organisation")
    _refuse_stranger(by, locked.organisation)
    if locked.used_at:
        raise Refused(_("Somebody has joined by this link. Remove the member instead."), code="used")
    if not locked.revoked_at:
        _close(locked, by)
    return locked


def close_links_of(person: User, organisation: Organisation, *, by: User) -> None:
    """A step of whoever ends an owner's place: without it they would come back by a link of their own."""
    open_ones = Invitation.objects.usable().filter(organisation=organisation, invited_by=person)
    for invitation in open_ones.select_for_update():
        _close(invitation, by)


def _close(invitation: Invitation, by: User) -> None:
    invitation.revoked_at = clock.now()
    invitation.save(update_fields=["revoked_at"])
    cancel(key_prefix=f"invited:{invitation.public_id}")
    record("invitation.take_back", invitation, by=by)


@transaction.atomic
def accept_invitation(token_sha256: str, *, by: User) -> Membership:
    """Makes `by` a member; a link lets one person in, and the same press twice makes one membership.

    Raises Refused for a link that is used, taken back or too old, and for who is a member already: the link then
    stays for the colleague it was meant for.
    """
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation")
    invitation = rows.filter(token_sha256=token_sha256).first()
    if invitation is None:
        raise Refused(_gone(), code="gone")
    mine = Membership.objects.filter(organisation=invitation.organisation, user=by).first()
    if mine and invitation.used_by_id == by.pk:
        return mine
    if not invitation.is_usable:
        raise Refused(_gone(), code="gone")
    if mine:
        raise Refused(_("You are a member of this organisation already. The link was not used up."), code="member")
    invitation.used_at, invitation.used_by = clock.now(), by
    invitation.save(update_fields=["used_at", "used_by"])
    membership = Membership.objects.create(organisation=invitation.organisation, user=by, role=invitation.role)
    record(
        "invitation.accept",
        invitation,
        by=by,
        data={"organisation": invitation.organisation.public_id, "role": invitation.role},
    )
    return membership


def _gone() -> str:
    return _(
        "This invitation has been used, taken back, or is older than seven days. "
        "Ask your colleague for a new link; nothing else was changed."
    )


def _refuse_stranger(person: User, organisation: Organisation) -> None:
    if not may_manage_members(person, organisation):
        raise NotAllowed(_("Only an owner of the organisation may do this."), code="not_an_owner")


def _refuse_flood(organisation: Organisation, person: User) -> None:
    """Counted in rows, so that the limit holds in every process and without Redis."""
    day = clock.now() - timedelta(days=1)
    if (
        Invitation.objects.usable().filter(organisation=organisation).count() >= MOST_OPEN
        or Invitation.objects.filter(invited_by=person, invited_at__gt=day).count() >= MOST_A_DAY
    ):
        raise Refused(
            _("Too many invitations are open. Take back those that nobody needs, or invite tomorrow."), code="too_many"
        )
