"""The workflow tables, walked: every state x verb x person against a literal set of what is allowed."""

from decimal import Decimal
from itertools import product

import pytest
from django.db import transaction

from accounts.statuses import MembershipRole, Role
from core import clock
from core.refusals import NotAllowed, Refused
from core.workflow import REGISTRY, Workflow, apply_move
from grants import workflow
from grants.models import Application, Award, Call, Decision
from grants.statuses import ApplicationStatus, AwardStatus, CallStatus
from tests import factories
from tests.grants.test_money_workflow import ALLOWED as ALLOWED_MONEY
from tests.shared import shared

pytestmark = pytest.mark.django_db

STATES = {"application": ApplicationStatus, "call": CallStatus, "award": AwardStatus}
ANSWERS, ENTERS_ACTS = ("officer", "secretary"), ("secretary", "administrator")
SIGN = ("owner", "officer", "secretary", "administrator")
# What may happen: (verb, from, to, who). Everything that is not here is refused.
ALLOWED = {
    "application": {
        ("submit", "draft", "submitted", "owner"),
        ("take_back", "submitted", "draft", "owner"),
        ("withdraw", "draft", "withdrawn", "owner"),
        ("withdraw", "submitted", "withdrawn", "owner"),
        ("withdraw", "eligible", "withdrawn", "owner"),
        ("withdraw", "reserved", "withdrawn", "owner"),
        ("find_eligible", "submitted", "eligible", "officer"),
        ("find_ineligible", "submitted", "ineligible", "officer"),
        ("award", "eligible", "awarded", "commission"),
        ("award", "reserved", "awarded", "commission"),
        ("reserve", "eligible", "reserved", "commission"),
        ("decline", "eligible", "declined", "commission"),
        ("decline", "reserved", "declined", "commission"),
        ("lapse", "awarded", "withdrawn", "clock"),
        ("refuse_offer", "awarded", "withdrawn", "owner"),
        ("move_up", "reserved", "awarded", "clock"),
        *(("uphold", state, "eligible", who) for state in ("ineligible", "reserved", "declined") for who in ANSWERS),
        *(("annul", state, "eligible", who) for state in ("awarded", "reserved", "declined") for who in ENTERS_ACTS),
    },
    "award": {
        ("lapse", "offered", "lapsed", "clock"),
        ("refuse", "offered", "refused", "owner"),
        *(("annul", "offered", "terminated", who) for who in ENTERS_ACTS),
        *(("sign", "offered", "signed", who) for who in SIGN),
        ("begin", "signed", "active", "finance"),
    },
    "call": {
        ("publish", "draft", "published", "officer"),
        ("publish", "draft", "published", "administrator"),
        ("release", "published", "decided", "commission"),
        ("archive", "decided", "archived", "officer"),
        ("archive", "decided", "archived", "administrator"),
        ("cancel", "draft", "cancelled", "administrator"),
        ("cancel", "published", "cancelled", "administrator"),
    },
}


@shared
def application() -> Application:
    """A draft that has what a sent one needs, so that any status can be laid over it."""
    application = factories.make_draft()
    Application.objects.filter(pk=application.pk).update(number="GR-2026-09999", submitted_at=clock.now())
    return application


@shared
def people(application) -> dict:
    """Fixed characters, and the clock (nobody)."""
    organisation = application.organisation
    members = {
        "owner": application.created_by,
        "colleague": factories.make_user(),
        "viewer": factories.make_user(),
    }
    factories.add_member(organisation, members["colleague"], MembershipRole.EDITOR)
    factories.add_member(organisation, members["viewer"], MembershipRole.VIEWER)
    outsider = factories.make_user()
    factories.make_organisation(outsider)
    staff = {str(role.value): factories.make_user(roles=[role]) for role in Role}
    return {**members, "outsider": outsider, **staff, "clock": None}


@shared
def award(application, people) -> Award:
    """Offered to the application, past the actions."""
    year, amount = application.call.programme_year, Decimal(1)
    decision = Decision.objects.create(
        application=application,
        programme_year=year,
        outcome="award",
        amount=amount,
        reason_kk="Себеп",
        reason_ru="Причина",
        staged_by=people["secretary"],
    )
    return Award.objects.create(application=application, decision=decision, amount=amount)


@pytest.fixture
def rows(application, award) -> dict:
    return {"application": application, "call": application.call, "award": award}


def laid(row, status: str):
    """The row with a status that no action has brought it to."""
    type(row).objects.filter(pk=row.pk).update(status=status)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("name", ["application", "call", "award"])
def test_exactly_these_moves_are_possible_for_exactly_these_people(name, rows, people):
    row, table = rows[name], REGISTRY[name]
    possible = set()

    for state, verb, who in product(STATES[name].values, table.verbs(), people):
        laid(row, state)
        try:
            with transaction.atomic():
                apply_move(table, row, verb, by=people[who])
        except Refused:
            row.refresh_from_db()
            assert row.status == state
        else:
            possible.add((verb, state, row.status, who))

    assert possible == ALLOWED[name]


def test_every_table_of_the_grants_app_is_walked_here():
    """A new workflow needs its literal set above."""
    ours = {table.name for table in vars(workflow).values() if isinstance(table, Workflow)}

    assert ours == {*ALLOWED, *ALLOWED_MONEY}


@pytest.mark.parametrize("name", ["application", "call"])
def test_every_state_can_be_reached(name):
    table = REGISTRY[name]

    reached = {table.initial, *(move.target for move in table.moves)}

    assert reached == set(STATES[name].values)


def test_a_wrong_person_is_told_so_even_where_the_state_fits(application, people):
    laid(application, ApplicationStatus.SUBMITTED)

    with pytest.raises(NotAllowed), transaction.atomic():
        apply_move(REGISTRY["application"], application, "find_eligible", by=people["secretary"])


def test_a_decided_call_is_never_published_again(rows, people):
    call: Call = laid(rows["call"], CallStatus.DECIDED)

    with pytest.raises(Refused) as refusal, transaction.atomic():
        apply_move(REGISTRY["call"], call, "publish", by=people["officer"])

    assert refusal.value.code == "wrong_state"
