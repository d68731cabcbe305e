"""What I agreed to, and withdrawing it."""

import pytest

from accounts.actions.consents import give_consent, withdraw_consent
from accounts.models import Consent
from accounts.queries.consents import in_force, last_words, may_show
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
HOME = "/ru/account/consents/"


def test_a_withdrawal_is_a_row_of_its_own_and_the_first_one_stays():
    person = factories.make_user()
    given = give_consent("publication", by=person, about="a1")

    withdraw_consent(given, by=person)

    rows = list(Consent.objects.order_by("pk").values_list("is_given", "about", "text_sha256"))
    assert rows == [(True, "a1", given.text_sha256), (False, "a1", given.text_sha256)]
    assert AuditEvent.objects.latest("pk").verb == "consent.withdraw"


def test_withdrawing_twice_is_one_row():
    person = factories.make_user()
    given = give_consent("publication", by=person, about="a1")

    withdraw_consent(given, by=person)
    withdraw_consent(given, by=person)

    assert Consent.objects.count() == 2


def test_it_ends_for_its_own_application_alone():
    person = factories.make_user()
    first, second = (give_consent("publication", by=person, about=about) for about in ("a1", "a2"))

    withdraw_consent(first, by=person)

    assert in_force(person) == [second]
    assert may_show(["a1", "a2", "a3"]) == {"a1": False, "a2": True}


def test_given_again_it_counts_again():
    person = factories.make_user()
    withdraw_consent(give_consent("publication", by=person, about="a1"), by=person)

    give_consent("publication", by=person, about="a1")

    assert may_show(["a1"]) == {"a1": True}


def test_one_withdrawal_closes_the_pictures_of_a_project_for_all():
    first, second = factories.make_user(), factories.make_user()
    given = [give_consent("publication", by=person, about="a1") for person in (first, second)]

    withdraw_consent(given[0], by=first)

    assert may_show(["a1"]) == {"a1": False}


@pytest.mark.parametrize(("kind", "code"), [("personal_data", "account_needs_it"), ("declaration", "declaration")])
def test_what_cannot_be_withdrawn_says_what_to_do(kind, code):
    person = factories.make_user()
    given = give_consent(kind, by=person)

    with pytest.raises(Refused) as refused:
        withdraw_consent(given, by=person)

    assert (refused.value.code, Consent.objects.count()) == (code, 1)


def test_nobody_withdraws_for_another():
    given = give_consent("publication", by=factories.make_user())

    with pytest.raises(NotAllowed):
        withdraw_consent(given, by=factories.make_user())


def test_the_page_withdraws_and_another_persons_consent_is_not_found(client):
    person, other = factories.make_user(), factories.make_user()
    mine, theirs = (give_consent("publication", by=one, about="a1") for one in (person, other))
    client.force_login(person)

    done = client.post(HOME + "withdraw/", {"consent": mine.pk}, follow=True)
    found = client.post(HOME + "withdraw/", {"consent": theirs.pk})

    assert (done.status_code, found.status_code) == (200, 404)
    assert [row.is_given for row in last_words(person)] == [False]


@pytest.mark.parametrize("bad", ["", "x", "9" * 40, "-1"])
def test_a_key_that_is_none_is_not_found(client, bad):
    client.force_login(factories.make_user())

    assert client.post(HOME + "withdraw/", {"consent": bad}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_two_queries_of_its_own(client, django_assert_num_queries, rows):
    person = factories.make_user()
    for n in range(rows):
        give_consent("publication", by=person, about=f"a{n}")
    client.force_login(person)
    client.get(HOME)

    with django_assert_num_queries(4):
        client.get(HOME)
