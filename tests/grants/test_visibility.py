"""Who sees which application: a literal table of person x status."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.statuses import MembershipRole, Role
from core import clock
from grants.models import Application, Assignment, Conflict
from grants.statuses import ApplicationStatus, ConflictKind
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

EVERY = set(ApplicationStatus.values)
SENT = EVERY - {"draft"}
SEES = {
    "owner": EVERY,
    "editor": EVERY,
    "viewer": EVERY,
    "outsider": set(),
    "expert": {"eligible"},
    "expert before the declaration": set(),
    "expert with a conflict": set(),
    "expert who handed it back": set(),
    "expert of other applications": set(),
    "officer": SENT,
    "secretary": SENT,
    "commission": SENT,
    "auditor": SENT,
    "finance": {"awarded"},
    "administrator": set(),
    "analyst": set(),
    "manager": set(),
    "ic": set(),
    "anonymous": set(),
}


@shared
def application() -> Application:
    return factories.application_at("eligible")


def make_expert_who(application: Application, **fields):
    """An expert whose assignment looks so."""
    assignment = factories.assign(application)
    Assignment.objects.filter(pk=assignment.pk).update(**fields)
    return assignment.expert


@shared
def people(application) -> dict:
    organisation, now = application.organisation, clock.now()
    members = {
        "owner": application.created_by,
        "editor": factories.make_user(),
        "viewer": factories.make_user(),
    }
    for role in (MembershipRole.EDITOR, MembershipRole.VIEWER):
        factories.add_member(organisation, members[role.value], role)
    conflicted = make_expert_who(application, declared_at=now)
    Conflict.objects.create(person=conflicted.user, application=application, kind=ConflictKind.RECORDED)
    elsewhere = factories.application_at("eligible", call=application.call)
    return {
        **members,
        "outsider": factories.make_user(),
        "expert": make_expert_who(application, declared_at=now).user,
        "expert before the declaration": make_expert_who(application).user,
        "expert with a conflict": conflicted.user,
        "expert who handed it back": make_expert_who(
            application, declared_at=now, returned_at=now, returned_reason="ill"
        ).user,
        "expert of other applications": make_expert_who(elsewhere, declared_at=now).user,
        **{str(role.value): factories.make_user(roles=[role]) for role in Role if role != Role.EXPERT},
        "anonymous": AnonymousUser(),
    }


def test_exactly_these_people_see_an_application_in_exactly_these_states(application, people):
    seen: dict[str, set[str]] = {who: set() for who in people}

    for status in ApplicationStatus.values:
        Application.objects.filter(pk=application.pk).update(status=status)
        for who, user in people.items():
            if Application.objects.visible_to(user).filter(pk=application.pk).exists():
                seen[who].add(status)

    assert seen == SEES


def test_nobody_sees_one_application_twice(application, people):
    """Several memberships and assignments join several rows; a list shows each application once."""
    for user in people.values():
        found = list(Application.objects.visible_to(user).values_list("pk", flat=True))
        assert len(found) == len(set(found))
