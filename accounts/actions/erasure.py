"""Taking a person, or an organisation that nobody stands for any more, out of our rows; keys and counts stay."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import Q

from accounts.models import AccessRequest, BankAccount, Invitation, Organisation, ParkedPost, User
from core.audit import record

GONE = "erased.invalid"  # a name that no mail can reach (RFC 2606)


def anonymise_person(user: User) -> None:
    """The account is a bare key afterwards: no address, name, phone, IIN, password, role, second factor, session.

    A step of `portal.actions.erasure`, which checks, withdraws the consents and writes the log.
    """
    old_email = user.email
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.memberships.all().delete()
    user.former_memberships.all().delete()
    AccessRequest.objects.filter(asked_by=user).delete()
    Invitation.objects.filter(Q(invited_by=user), used_at=None).delete()
    Invitation.objects.filter(Q(email__iexact=old_email) | Q(used_by=user)).update(email="")
    ParkedPost.objects.filter(user=user).delete()
    user.groups.clear()
    user.email, user.display_name, user.phone, user.iin = f"erased-{user.pk}@{GONE}", "", "", ""
    user.is_active, user.last_login = False, None
    user.set_unusable_password()
    user.save()
    _end_sessions(user)


def _end_sessions(user: Any) -> None:
    """A session keeps the address that it was opened with."""
    own = str(user.pk)
    keys = [s.session_key for s in Session.objects.iterator() if s.get_decoded().get("_auth_user_id") == own]
    Session.objects.filter(session_key__in=keys).delete()


def erase_organisation(organisation: Organisation) -> None:
    """A bare key: name, number, head and contacts are emptied. Only one without members and without a live record."""
    organisation.name, organisation.identifier = "—", f"erased-{organisation.pk}"
    organisation.head_name = organisation.head_iin = organisation.phone = organisation.address = ""
    organisation.district = None
    organisation.save()
    organisation.invitations.all().delete()
    organisation.access_requests.all().delete()
    organisation.bank_accounts.all().delete()


def erase_bank_account(account: BankAccount, *, by: Any) -> None:
    """The row goes; the trail keeps the keyed hash of the number from when it was added."""
    record("bank_account.erase", account, by=by)
    account.delete()
