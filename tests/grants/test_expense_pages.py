"""The pages of receipts: adding from a phone without a script, saying what a receipt is, and who may look."""

import pytest
from django.test import Client
from django.urls import reverse

from grants.actions import expenses
from grants.models import Award, Expense
from tests import factories
from tests.grants.receipts import award_in_force, link, said
from tests.shared import shared

pytestmark = pytest.mark.django_db


@shared
def award() -> Award:
    return award_in_force()


@pytest.fixture
def owner(award):
    return award.application.created_by


@pytest.fixture
def signed_in(client, owner) -> Client:
    client.force_login(owner)
    return client


def inbox(award: Award) -> str:
    return reverse("grants:expense_list", args=[award.public_id])


def test_a_photo_lands_and_is_asked_about_at_once(signed_in, award):
    response = signed_in.post(inbox(award), {"way": "photos", "receipts": [factories.pdf("чек.pdf")]})

    expense = Expense.objects.get()
    assert response["Location"] == reverse("grants:expense_edit", args=[expense.public_id])
    assert (expense.award, expense.source, expense.document.original_name) == (award, "file", "чек.pdf")


def test_a_link_that_cannot_be_read_is_said_beside_it_and_stays_typed(signed_in, award):
    response = signed_in.post(inbox(award), {"way": "link", "link": "https://example.com/?s=100"})

    page = response.content.decode()
    assert (response.status_code, Expense.objects.count()) == (200, 0)
    assert "https://example.com/?s=100" in page
    assert 'aria-invalid="true"' in page


def test_a_receipt_is_confirmed_with_what_the_link_proposed(signed_in, award, owner):
    expense = expenses.add_link(award, link(), by=owner)
    address = reverse("grants:expense_edit", args=[expense.public_id])
    proposed = signed_in.get(address).context["form"].initial
    line = award.lines.first()

    typed = {**{name: proposed[name] or "" for name in ("spent_on", "amount", "number")}, "line": line.pk}
    response = signed_in.post(address, {**typed, "proof": "fiscal", "note": "Штатив"})

    expense.refresh_from_db()
    assert response["Location"] == inbox(award)
    assert (expense.line, expense.amount, expense.spent_on.isoformat()) == (line, 12_500, "2026-05-01")


def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(signed_in, award, owner):
    expense = expenses.add_link(award, link(), by=owner)
    _camera, studio, _wages = award.lines.all()
    typed = {"line": studio.pk, "spent_on": "2026-05-01", "amount": "12 500", "proof": "fiscal", "note": "Дыбыс"}

    response = signed_in.post(reverse("grants:expense_edit", args=[expense.public_id]), typed)

    assert list(response.context["form"].errors) == ["proof"]
    assert 'value="Дыбыс"' in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_asks_the_database_at_most_9_times_however_long_it_is(
    signed_in, award, owner, count, django_assert_max_num_queries
):
    for number in range(count):
        expense = expenses.add_link(award, link(1_000_000_000 + number), by=owner)
        expenses.confirm_expense(expense, said(award.lines.first()), by=owner)

    with django_assert_max_num_queries(9):
        page = signed_in.get(inbox(award)).content.decode()

    assert page.count('class="receipts__row"') == count


def test_staff_read_and_change_nothing(client, award, owner):
    expense = expenses.add_link(award, link(), by=owner)
    client.force_login(factories.make_staff("finance"))

    pages = [inbox(award), reverse("grants:expense_edit", args=[expense.public_id])]
    read = [client.get(page).content.decode() for page in pages]
    response = client.post(reverse("grants:expense_withdraw", args=[expense.public_id]))

    assert [page for page in read if 'type="file"' in page] == []
    assert response.status_code == 403


def test_the_grants_in_which_the_same_receipt_stands_are_named_to_staff_alone(client, award, owner):
    expenses.add_link(award, link(), by=owner)
    other = award_in_force()
    again = expenses.add_link(other, link(), by=other.application.created_by)
    type(award.application).objects.filter(pk=award.application_id).update(number="GR-2026-00077")

    client.force_login(factories.make_staff("finance"))
    staff = client.get(reverse("admin:grants_expense_change", args=[again.pk])).content.decode()
    client.force_login(other.application.created_by)
    grantee = client.get(reverse("grants:expense_edit", args=[again.public_id])).content.decode()

    assert ("GR-2026-00077" in staff, "GR-2026-00077" in grantee) == (True, False)
