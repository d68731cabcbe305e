"""What happens to people: signing up, their profile, their roles, their second factor."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.actions.consents import give_consent
from accounts.models import ConsentText, User
from accounts.policy import may_manage_people
from accounts.statuses import ConsentKind, Role
from core.audit import record
from core.public_id import make_public_id
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from notifications.actions.announce import announce_to


@transaction.atomic
def sign_up(user: User, *, agreed_to: ConsentText) -> User:
    """Saves a new person with the consent that they gave; the language of the page becomes theirs."""
    user.language = (get_language() or "kk")[:2]
    user.save()
    give_consent(ConsentKind.PERSONAL_DATA, text=agreed_to, by=user)
    record("user.sign_up", user, by=user)
    return user


@transaction.atomic
def change_profile(*, by: User, display_name: str, phone: str, language: str, iin: str) -> User:
    """A person changes their own facts; the trail says which fields, never their values."""
    facts = {"display_name": display_name, "phone": phone, "language": language, "iin": iin}
    locked = User.objects.select_for_update().get(pk=by.pk)
    changed = [name for name, value in facts.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, facts[name])
    if changed:
        locked.save(update_fields=changed)
        record("user.change_profile", locked, by=by, data={"changed": changed})
    return locked


@transaction.atomic
def set_roles(user: User, roles: Iterable[str], *, by: User | None) -> User:
    """Gives a person exactly these roles. `by` is an administrator, or None for the shell (the first administrator).

    Raises NotAllowed for anybody else, Refused for one's own roles: nobody makes themselves more, and nobody locks
    the last door behind them.
    """
    _check_manager(user, by)
    locked = lock(user)
    before, after = sorted(locked.roles), sorted(set(roles) & set(Role.values))
    if before == after:
        return locked
    locked.groups.set(Group.objects.filter(name__in=after))
    del locked.roles  # read once per object: the next reader asks again
    record("user.set_roles", locked, by=by, data={"from": before, "to": after})
    return locked


@transaction.atomic
def set_active(user: User, is_active: bool, *, by: User) -> User:
    """Closes or opens an account; a closed one is signed out with its next request. Raises NotAllowed, Refused."""
    _check_manager(user, by)
    locked = lock(user)
    if locked.is_active != is_active:
        locked.is_active = is_active
        locked.save(update_fields=["is_active"])
        record("user.open" if is_active else "user.close", locked, by=by)
    return locked


@transaction.atomic
def remove_second_factor(user: User, *, by: User) -> None:
    """For a person who lost both phone and recovery codes: they set up a new one at the next sign-in.

    The person is told by mail. Raises NotAllowed, Refused.
    """
    _check_manager(user, by)
    locked = lock(user)
    removed, _per_model = Authenticator.objects.filter(user=locked).delete()
    if removed:
        record("user.remove_second_factor", locked, by=by)
        announce_to(
            locked, "account_notice", context={"what": "totp_deactivated"}, dedupe_key=f"account:{make_public_id()}"
        )


def _check_manager(user: User, by: User | None) -> None:
    if by is not None and not may_manage_people(by):
        raise NotAllowed(_("Only an administrator may do this."))
    if by is not None and by.pk == user.pk:
        raise Refused(_("Another administrator must do this for you. Nothing was changed."), code="own_account")
