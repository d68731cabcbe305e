"""The managers' page and the fund's desk in the admin."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Sector
from core.models import AuditEvent
from funds.models import Investment, LedgerEntry, Project
from tests.factories import make_fund, make_investment, make_organisation, make_project, make_staff, make_user, pay
from tests.shared import shared

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def dashboard():
    with override("en"):
        return reverse("funds:dashboard")


@pytest.fixture
def manager(client):
    person = make_staff("manager")
    client.force_login(person)
    return person


def fill(fund, number):
    for _ in range(number):
        pay(make_investment(make_project(fund)))


@pytest.mark.parametrize(
    ("role", "status"),
    [("manager", 200), ("analyst", 200), ("ic", 200), ("auditor", 200), ("officer", 404), ("expert", 404)],
)
def test_the_dashboard_is_for_those_who_work_with_the_portfolio(client, dashboard, role, status):
    make_fund()
    client.force_login(make_staff(role))

    assert client.get(dashboard).status_code == status


def test_an_entrepreneur_finds_no_dashboard_and_a_visitor_is_asked_to_sign_in(client, dashboard):
    make_fund()

    assert client.get(dashboard).status_code == 302
    client.force_login(make_user())
    assert client.get(dashboard).status_code == 404


@pytest.mark.embedded
@pytest.mark.parametrize("projects", [1, 3])
def test_the_dashboard_asks_the_same_number_of_questions_for_any_portfolio(
    client, dashboard, manager, projects, django_assert_num_queries
):
    fill(make_fund(), projects)

    # session, person, roles, second factor; fund; ledger, sectors; ledger, projects, investments
    with django_assert_num_queries(9):
        page = client.get(dashboard)

    assert page.context["progress"].pace.done == projects


def test_the_dashboard_shows_project_sector_amount_and_date(client, dashboard, manager):
    fund = make_fund()
    pay(make_investment(make_project(fund, sector="film", title="Көкжиек"), amount=200_000), 125_000)

    page = client.get(dashboard).content.decode()

    for words in ("Көкжиек", "Film, animation, TV", "USD\u00a0200,000", "USD\u00a0125,000", "1 December 2025"):
        assert words in page


def test_without_a_fund_the_dashboard_says_what_to_do(client, dashboard, manager):
    page = client.get(dashboard)

    assert page.status_code == 200
    assert reverse("admin:funds_fund_changelist") in page.content.decode()


@pytest.mark.embedded
def test_a_manager_adds_a_project_records_an_investment_and_books_a_payment_in_the_admin(client, manager):
    fund = make_fund()
    organisation = make_organisation()
    project_form = {
        "fund": fund.pk,
        "organisation": organisation.identifier,
        "sector": Sector.objects.get(code="music").pk,
        "title_kk": "Дала дыбысы",
        "title_ru": "Звук степи",
    }

    client.post(reverse("admin:funds_project_add"), project_form)
    project = Project.objects.get()
    client.post(
        reverse("admin:funds_project_invest", args=[project.pk]),
        {"instrument": "loan", "amount": "250 000", "approved_on": "2025-11-10"},
    )
    investment = Investment.objects.get()
    payment = {"amount": "100 000,50", "value_on": "2025-12-01", "seen_paid": "0"}
    client.post(reverse("admin:funds_investment_pay", args=[investment.pk]), payment)
    again = client.post(reverse("admin:funds_investment_pay", args=[investment.pk]), payment)

    entry = LedgerEntry.objects.get()
    assert (entry.amount, entry.value_on, entry.posted_by) == (Decimal("-100000.50"), date(2025, 12, 1), manager)
    assert again.status_code == 200
    verbs = AuditEvent.objects.filter(object_type__startswith="funds.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["project.add", "investment.record", "ledger.post_disbursement"]


def test_a_manager_corrects_a_row_by_its_page(client, manager):
    entry = pay(make_investment())

    client.post(reverse("admin:funds_ledgerentry_reverse", args=[entry.pk]))

    assert LedgerEntry.objects.get(reverses=entry).amount == Decimal(50_000)


def test_an_analyst_is_refused_a_payment_in_words(client):
    investment = make_investment()
    client.force_login(make_staff("analyst"))

    answer = client.post(
        reverse("admin:funds_investment_pay", args=[investment.pk]),
        {"amount": "10", "value_on": "2025-12-01", "seen_paid": "0"},
    )

    assert answer.status_code == 403
    assert LedgerEntry.objects.count() == 0


@shared
def entry() -> LedgerEntry:
    return pay(make_investment())


@pytest.mark.parametrize("noun", ["fund", "project", "investment", "ledgerentry"])
@pytest.mark.parametrize(("role", "status"), [("manager", 200), ("auditor", 200), ("officer", 403)])
def test_the_fund_has_pages_in_the_admin_for_its_people(client, entry, noun, role, status):
    keys = {
        "fund": entry.fund_id,
        "project": entry.investment.project_id,
        "investment": entry.investment_id,
        "ledgerentry": entry.pk,
    }
    client.force_login(make_staff(role))

    listed = client.get(reverse(f"admin:funds_{noun}_changelist")).status_code
    opened = client.get(reverse(f"admin:funds_{noun}_change", args=[keys[noun]])).status_code

    assert (listed, opened) == (status, status)


def test_capital_and_start_are_read_only_once_money_has_moved(client, manager):
    fund = make_fund()
    pay(make_investment(make_project(fund)))
    page = reverse("admin:funds_fund_change", args=[fund.pk])

    assert 'name="capital"' not in client.get(page).content.decode()
    assert 'name="target_projects"' in client.get(page).content.decode()


@pytest.mark.parametrize("noun", ["investment", "ledgerentry"])
def test_nobody_adds_money_by_hand(client, manager, noun):
    assert client.get(reverse(f"admin:funds_{noun}_add")).status_code == 403


def test_an_unknown_or_doubled_number_of_an_organisation_is_said_beside_the_field(client, manager):
    fund = make_fund()
    first = make_organisation()
    second = make_organisation(identifier=first.identifier)
    form = {
        "fund": fund.pk,
        "sector": Sector.objects.get(code="it").pk,
        "title_kk": "Ойын",
        "title_ru": "Игра",
    }

    unknown = client.post(reverse("admin:funds_project_add"), {**form, "organisation": "123"})
    doubled = client.post(reverse("admin:funds_project_add"), {**form, "organisation": first.identifier})
    client.post(reverse("admin:funds_project_add"), {**form, "organisation": second.public_id})

    assert list(unknown.context["form"].errors) == ["organisation"]
    assert second.public_id in str(doubled.context["form"].errors)
    assert Project.objects.get().organisation == second
