"""Documents that are asked for: by the rows of a call, by its frozen rules; and what the way to a receipt costs."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from grants.models import Application, DocumentRequirement
from grants.queries.officers import next_officer
from grants.queries.requirements import asked_of, frozen_of
from grants.statuses import ApplicationStatus as A
from grants.statuses import RequirementStage
from questionnaires.statuses import Tier
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

MARKS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


@shared
def complete() -> Application:
    draft = factories.make_draft(call=factories.make_planned_call(), amount=4_000_000)
    titles = {"title_kk": "Құжат", "title_ru": "Документ"}
    for place, (key, tier) in enumerate([("prices", Tier.M), ("permits", Tier.L)], start=2):
        DocumentRequirement.objects.create(
            call=draft.call, key=key, position=place, from_tier=tier, is_required=False, **titles
        )
    DocumentRequirement.objects.create(call=draft.call, key="bank", position=9, stage=RequirementStage.AWARD, **titles)
    factories.freeze_again(draft.call)
    return draft


@pytest.fixture
def draft(complete) -> Application:
    return Application.objects.select_related("call", "rules").get(pk=complete.pk)


def asked_twice(draft: Application) -> tuple[list[tuple], list[tuple]]:
    """(key, title, required) by the rows and by the frozen rules."""
    given = draft.documents.select_related("requirement")
    found = asked_of(draft), frozen_of(draft, given)
    rows, frozen = ([(r.key, str(r.title), r.is_required) for r in one] for one in found)
    return rows, frozen


def cost_of(run: Callable[[], object]) -> int:
    """Statements, but for the marks of transactions (a test stands inside one, so each is a savepoint)."""
    with CaptureQueriesContext(connection) as asked:
        run()
    return sum(not query["sql"].startswith(MARKS) for query in asked.captured_queries)


@pytest.mark.parametrize(
    ("amount", "keys"),
    [
        (1_000_000, ["deck"]),
        (4_000_000, ["deck", "prices"]),
        (9_000_000, ["deck", "prices", "permits"]),
    ],
)
def test_the_frozen_rules_ask_for_what_the_rows_ask_for(draft, amount, keys):
    draft.amount_requested = Decimal(amount)

    rows, frozen = asked_twice(draft)

    assert [key for key, _title, _required in frozen] == keys
    assert frozen == rows


def test_what_was_given_while_more_was_asked_for_stays_among_them(draft):
    factories.attach(draft, draft.call.requirements.get(key="prices"), factories.pdf(), by=draft.created_by)
    draft.amount_requested = Decimal(1_000_000)

    rows, frozen = asked_twice(draft)

    assert [key for key, _title, _required in frozen] == ["deck", "prices"]
    assert frozen == rows


def test_the_whole_way_to_the_receipt_costs_under_forty_statements(client, draft):
    factories.application_at(A.SUBMITTED, call=factories.make_call(draft.call.programme_year))  # the counter stands
    client.force_login(draft.created_by)
    documents, check = (reverse(f"grants:application_{n}", args=[draft.public_id]) for n in ("documents", "check"))
    shown = client.get(check).context["form"]["shown_sha256"].value()

    costs = [
        cost_of(lambda: client.post(documents, {"requirement": "prices", "prices-file": factories.pdf()})),
        cost_of(lambda: client.get(check)),
        cost_of(lambda: client.post(check, {"shown_sha256": shown, "declaration": "on"})),
    ]
    receipt = reverse("grants:submission_receipt", args=[draft.submissions.get().public_id])
    costs.append(cost_of(lambda: client.get(receipt)))

    assert (costs, sum(costs)) == ([10, 8, 18, 3], 39)


def test_who_has_the_fewest_to_screen_gets_the_next_one_whatever_they_have_screened(draft):
    busy, diligent = (factories.make_user(roles=["officer"]) for _person in range(2))
    call = factories.make_call(draft.call.programme_year)
    waiting = factories.application_at(A.SUBMITTED, call=call)
    screened = [factories.application_at(A.ELIGIBLE, call=call).pk for _one in range(2)]
    Application.objects.filter(pk=waiting.pk).update(officer=busy)
    Application.objects.filter(pk__in=screened).update(officer=diligent)
    User.objects.filter(groups__name="officer").exclude(pk__in=[busy.pk, diligent.pk]).update(is_active=False)

    found = Application.objects.annotate(next_officer=next_officer()).get(pk=draft.pk)

    assert found.next_officer == diligent.pk
