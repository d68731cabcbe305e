"""People and organisations for tests."""

import itertools
from typing import Any

from django.contrib.auth.models import Group

from accounts.models import District, Membership, Organisation, Sector, User
from accounts.statuses import MembershipRole, OrganisationKind
from core.identifiers import control_digit

counter = itertools.count(1)


def make_bin(number: int) -> str:
    """An invented BIN with a right check digit, a different one for each number."""
    while True:
        first = f"2504400{number % 10000:04d}"
        digit = control_digit(first)
        if digit is not None:
            return f"{first}{digit}"
        number += 5000


def make_user(email: str = "", *, roles: list[str] | tuple[str, ...] = (), language: str = "ru", **fields: Any) -> User:
    """A person with a verified address; roles are groups that the migration made."""
    email = email or f"person{next(counter)}@example.test"
    user = User.objects.create_user(email, "correct horse battery", language=language, **fields)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def with_second_factor(user: User) -> User:
    """The person has set up a one-time password, as every role must."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(user, generate_totp_secret())
    return user


def make_staff(role: str, email: str = "") -> User:
    """A person with a role and a second factor."""
    return with_second_factor(make_user(email or f"{role}{next(counter)}@example.test", roles=[role]))


def make_organisation(owner: User | None = None, **fields: Any) -> Organisation:
    """A ТОО in Almaly district, of the IT sector."""
    number = next(counter)
    defaults: dict[str, Any] = {
        "kind": OrganisationKind.LLP,
        "name": f"ТОО «Пример {number}»",
        "identifier": make_bin(number),
        "district": District.objects.get(kato="751110000"),
        "sector": Sector.objects.get(code="it"),
        "head_name": "Әлия Сапарова",
    }
    organisation = Organisation.objects.create(**{**defaults, **fields})
    if owner:
        add_member(organisation, owner, MembershipRole.OWNER)
    return organisation


def add_member(organisation: Organisation, user: User, role: str) -> Membership:
    """Lets a person act for an organisation."""
    return Membership.objects.create(organisation=organisation, user=user, role=role)
