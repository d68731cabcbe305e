"""The tables of tranches and registers, walked without a database: triggers forbid to lay a status over their rows."""

from itertools import product

import pytest

from accounts.statuses import Role
from grants.models import PaymentBatch, Tranche
from grants.statuses import BatchStatus, TrancheStatus
from grants.workflow import PAYMENT_BATCH, TRANCHE
from tests import factories as make
from tests.shared import shared

pytestmark = pytest.mark.django_db
MAKERS = ("officer", "finance", "maker", "checker", "payer")
FINANCE = ("finance", "checker", "payer")
CANCEL = ("officer", "maker", "clock")  # the clock with a contract that nobody signed in time
# Everything that is not here is refused. «maker» is an officer, «checker» and «payer» are of finance, of this register.
ALLOWED = {
    "tranche": {
        *(("approve", "planned", "approved", who) for who in MAKERS),
        *(("return", "approved", "planned", who) for who in MAKERS),
        *(("pay", "approved", "paid", who) for who in FINANCE),
        *(("reopen", "paid", "planned", who) for who in FINANCE),
        *(("cancel", state, "cancelled", who) for state in ("planned", "approved") for who in CANCEL),
    },
    "payment_batch": {
        *(("check", "made", "checked", who) for who in FINANCE),
        *(("send", "checked", "sent", who) for who in ("finance", "payer")),
        *(("settle", "sent", "settled", who) for who in FINANCE),
        *(("cancel", state, "cancelled", who) for state in ("made", "checked") for who in MAKERS),
    },
}


@shared
def people() -> dict:
    three = {
        "maker": make.make_user(roles=["officer"]),
        "checker": make.make_user(roles=["finance"]),
        "payer": make.make_user(roles=["finance"]),
    }
    staff = {str(role.value): make.make_user(roles=[role]) for role in Role}
    return {**staff, **three, "applicant": make.make_user(), "clock": None}


def walked(table, states, people, row_in) -> set:
    return {
        (verb, state, move.target, who)
        for state, verb, who in product(states.values, table.verbs(), people)
        if (move := table.move(verb, state)) and move.who(people[who], row_in(state))
    }


def test_exactly_these_moves_of_a_tranche_are_possible_for_exactly_these_people(people):
    found = walked(TRANCHE, TrancheStatus, people, lambda state: Tranche(status=state))

    assert found == ALLOWED["tranche"]


def test_exactly_these_moves_of_a_register_are_possible_for_exactly_these_people(people):
    by = {"made_by": people["maker"]}

    def row_in(state: str) -> PaymentBatch:
        return PaymentBatch(status=state, **by, checked_by=None if state == "made" else people["checker"])

    assert walked(PAYMENT_BATCH, BatchStatus, people, row_in) == ALLOWED["payment_batch"]


def test_who_made_a_register_never_checks_it_with_whatever_role(people):
    batch = PaymentBatch(status="made", made_by=people["checker"])

    assert list(PAYMENT_BATCH.open_to(people["checker"], batch)) == ["cancel"]


@pytest.mark.parametrize(("table", "states"), [(TRANCHE, TrancheStatus), (PAYMENT_BATCH, BatchStatus)])
def test_every_state_can_be_reached(table, states):
    assert {table.initial, *(move.target for move in table.moves)} == set(states.values)
