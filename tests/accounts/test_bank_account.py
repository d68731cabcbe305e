"""Where an organisation is paid: said by its owners, seen by its members and by finance, never in the trail."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from accounts.actions.bank_accounts import add_bank_account, close_bank_account, keyed_hash
from accounts.forms.bank_account import BankAccountForm
from accounts.models import Bank, BankAccount
from accounts.statuses import Role
from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from notifications.letters import render_letter
from notifications.models import Message
from portal.actions.erasure import erase_person
from portal.actions.retention import erase_what_is_due
from portal.queries.personal_data import personal_data
from tests.factories import add_member, application_at, make_organisation, make_staff, make_user
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
IBAN = "KZ86125KZT5004100100"  # the published example of the National Bank
KASPI = "KZ41722C000000000001"
UNKNOWN = "KZ699990000000000001"
TYPED = {"iban": "kz86 125k zt50 0410 0100", "bic": "", "bank_name": "", "is_holder_confirmed": "on"}


@shared
def owner():
    return make_user("owner@example.test", language="ru")


@shared
def organisation(owner):
    return make_organisation(owner)


def page(organisation, language: str = "en") -> str:
    with override(language):
        return reverse("accounts:bank_account", args=[organisation.public_id])


def add(organisation, by, iban: str = IBAN) -> BankAccount:
    facts = {"bic": "NBRKKZKX", "bank_name": "ҚР Ұлттық Банкі", "is_holder_confirmed": True}
    return add_bank_account(organisation, iban=iban, by=by, **facts)


def test_the_number_is_asked_and_the_bank_is_filled_in_by_it(client, organisation, owner):
    client.force_login(owner)

    answer = client.post(page(organisation), TYPED)

    account = BankAccount.objects.get()
    assert (answer.status_code, answer.url) == (302, page(organisation))
    assert (account.iban, account.bic, account.bank_name, account.added_by) == (
        IBAN,
        "NBRKKZKX",
        "National Bank of Kazakhstan",
        owner,
    )


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"iban": ""}, "iban", "Type the account number."),
        ({"iban": "KZ86125KZT500410010"}, "iban", "An account number has 20 characters"),
        ({"iban": "DE89370400440532013000"}, "iban", "An account number has 20 characters"),
        ({"iban": "KZ85125KZT5004100100"}, "iban", "There is no such account"),
        ({"bic": "SABRRUMM"}, "bic", "A BIC of a bank in Kazakhstan has 8 characters"),
        ({"bic": "CASPKZKAXXX"}, "bic", "A BIC of a bank in Kazakhstan has 8 characters"),
        ({"iban": UNKNOWN}, "bic", "We do not know the bank of this number."),
        ({"iban": UNKNOWN, "bic": "CASPKZKA"}, "bank_name", "We do not know the bank of this number."),
        ({"bank_name": "б" * 121}, "bank_name", "Ensure this value has at most 120 characters"),
        ({"is_holder_confirmed": ""}, "is_holder_confirmed", "A grant is paid to the applicant's own account alone."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    client, organisation, owner, changes, field, sentence
):
    client.force_login(owner)

    answer = client.post(page(organisation), TYPED | changes)

    form = answer.context["form"]
    assert (answer.status_code, form.errors[field][0][: len(sentence)]) == (200, sentence)
    assert form["iban"].value() == (TYPED | changes)["iban"]
    assert BankAccount.objects.count() == 0


def test_another_number_closes_the_first_and_keeps_it(organisation, owner):
    first = add(organisation, owner)

    second = add(organisation, owner, KASPI)

    first.refresh_from_db()
    assert (first.iban, bool(first.closed_at), first.closed_by) == (IBAN, True, owner)
    assert list(BankAccount.objects.open()) == [second]


def test_the_same_press_twice_is_one_account_and_one_letter(organisation, owner):
    assert add(organisation, owner) == add(organisation, owner)
    assert (BankAccount.objects.count(), Message.objects.filter(event="bank_account_added").count()) == (1, 1)


def test_closing_twice_is_one_closing(organisation, owner):
    account = add(organisation, owner)

    closed = [close_bank_account(account, by=owner).closed_at for _n in range(2)]

    assert closed[0] == closed[1]
    assert AuditEvent.objects.filter(verb="bank_account.close").count() == 1


def test_an_owner_takes_the_account_off_by_a_button(client, organisation, owner):
    add(organisation, owner)
    client.force_login(owner)

    answers = [client.post(page(organisation), {"then": "close"}).status_code for _n in range(2)]

    assert (answers, BankAccount.objects.open().count()) == ([302, 302], 0)


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_only_an_owner_says_where_money_goes(client, organisation, owner, role):
    account, member = add(organisation, owner), make_user()
    add_member(organisation, member, role)
    client.force_login(member)

    shown, pressed = client.get(page(organisation)), client.post(page(organisation), TYPED | {"iban": KASPI})

    assert (shown.status_code, "KZ86" in shown.content.decode(), 'name="iban"' in shown.content.decode()) == (
        200,
        True,
        False,
    )
    assert pressed.status_code == 403
    for write in (lambda: add(organisation, member, KASPI), lambda: close_bank_account(account, by=member)):
        with pytest.raises(NotAllowed):
            write()
    assert list(BankAccount.objects.open()) == [account]


@pytest.mark.parametrize(
    "wrong", [{"iban": "KZ85125KZT5004100100"}, {"bic": "SABRRUMM"}, {"bank_name": " "}, {"is_holder_confirmed": False}]
)
def test_a_wrong_account_is_refused_whatever_door_it_comes_by(organisation, owner, wrong):
    right = {"iban": IBAN, "bic": "NBRKKZKX", "bank_name": "Банк", "is_holder_confirmed": True}

    with pytest.raises(Refused):
        add_bank_account(organisation, by=owner, **(right | wrong))

    assert BankAccount.objects.count() == 0


SEES = {"owner", "editor", "viewer", "finance"}


def test_exactly_these_people_see_an_account(organisation, owner):
    add(organisation, owner)
    people = {"owner": owner, "editor": make_user(), "viewer": make_user(), "outsider": make_user()}
    for role in ("editor", "viewer"):
        add_member(organisation, people[role], role)
    people |= {role.value: make_user(roles=[role]) for role in Role} | {"anonymous": AnonymousUser()}

    seen = {who for who, person in people.items() if BankAccount.objects.visible_to(person).exists()}

    assert seen == SEES


def test_who_is_no_member_finds_no_page(client, organisation, owner):
    add(organisation, owner)
    client.force_login(make_user())

    assert client.get(page(organisation)).status_code == 404


@pytest.mark.parametrize("accounts", [1, 3])
def test_the_page_costs_the_same_however_many_accounts_there_were(
    client, organisation, owner, accounts, django_assert_num_queries
):
    for iban in (IBAN, KASPI, IBAN)[:accounts]:
        add(organisation, owner, iban)
    client.force_login(owner)
    client.get(page(organisation))

    with django_assert_num_queries(7):
        client.get(page(organisation))


def test_an_odd_bic_is_a_hint_and_no_refusal(client, organisation, owner):
    client.force_login(owner)

    client.post(page(organisation), TYPED | {"bic": "HSBKKZKX", "bank_name": "Halyk Bank"})
    text = client.get(page(organisation)).content.decode()

    assert (BankAccount.objects.get().bic, "Our list has another BIC" in text) == ("HSBKKZKX", True)


def test_banks_are_rows_that_staff_mend(organisation):
    Bank.objects.filter(code="125").update(bic="AAAAKZBB")

    form = BankAccountForm(TYPED)

    assert (form.is_valid(), form.cleaned_data["bic"]) == (True, "AAAAKZBB")


def test_the_trail_and_the_letters_hold_no_number(organisation, owner):
    account = add(organisation, owner)
    close_bank_account(account, by=owner)

    events = AuditEvent.objects.filter(object_id=account.public_id).order_by("pk")
    letters = [render_letter(message) for message in Message.objects.filter(event__startswith="bank_account")]
    assert [(e.verb, e.data["iban_hmac"]) for e in events] == [
        ("bank_account.add", keyed_hash(IBAN)),
        ("bank_account.close", keyed_hash(IBAN)),
    ]
    assert len(letters) == 2
    assert [word for word in (IBAN, IBAN[-4:], "KZ86") if word in str(letters) + str([e.data for e in events])] == []


def test_every_owner_gets_the_letter_and_no_other_member(organisation, owner):
    second, editor = make_user(), make_user()
    add_member(organisation, second, "owner")
    add_member(organisation, editor, "editor")

    add(organisation, owner)

    told = Message.objects.filter(event="bank_account_added").values_list("user", flat=True)
    assert set(told) == {owner.pk, second.pk}


def test_the_database_refuses_another_number_a_second_open_account_and_opening_again(organisation, owner):
    account = add(organisation, owner)
    rows = BankAccount.objects.filter(pk=account.pk)
    add(organisation, owner, KASPI)
    changes = [
        {"iban": KASPI},
        {"bic": "HSBKKZKX"},
        {"organisation": make_organisation()},
        {"closed_at": None, "closed_by": None},
    ]

    for change in changes:
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            rows.update(**change)
    rows.update(bank_name="Ұлттық Банк")


def test_finance_reads_the_number_on_its_page_and_that_is_kept(client, organisation, owner):
    account = add(organisation, owner)
    finance = make_staff("finance")
    client.force_login(finance)

    listed = client.get(reverse("admin:accounts_bankaccount_changelist")).content.decode()
    shown = client.get(reverse("admin:accounts_bankaccount_change", args=[account.pk])).content.decode()

    assert (IBAN in listed, "•••• 0100" in listed, IBAN in shown) == (False, True, True)
    assert AuditEvent.objects.filter(verb="bank_account.read", actor_id=finance.pk).count() == 1


def test_a_person_takes_the_account_along_with_their_data(organisation, owner):
    add(organisation, owner)

    taken = personal_data(owner)["organisations"][0]["bank_accounts"]

    assert [row["iban"] for row in taken] == [IBAN]


def test_erasing_the_last_member_erases_where_they_would_have_been_paid(organisation, owner):
    add(organisation, owner)

    row = erase_person(owner, by=owner)

    assert (BankAccount.objects.count(), row.erased["bank_accounts"]) == (0, 1)


def test_an_account_stays_while_a_colleague_needs_it(organisation, owner):
    add(organisation, owner)
    add_member(organisation, make_user(), "owner")

    erase_person(owner, by=owner)

    assert BankAccount.objects.open().count() == 1


@pytest.mark.parametrize(("status", "left"), [("declined", 0), ("awarded", 1)])
def test_a_closed_account_goes_after_a_year_unless_there_is_an_award(at, status, left):
    application = application_at(status)
    close_bank_account(add(application.organisation, application.created_by), by=application.created_by)

    at(clock.now() + timedelta(days=370))
    erase_what_is_due()

    assert BankAccount.objects.count() == left
