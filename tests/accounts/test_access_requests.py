"""Whoever types a number that is already here is asked how to go on, and learns nothing about its owner."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions.access import MOST_A_DAY, ask_access, let_in, refuse_access
from accounts.models import AccessRequest, Membership, Organisation
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from notifications.models import Message
from tests.accounts.asking import BIN, OTHER_BIN, WORDS, create, page, prove, refusal, typed
from tests.factories import add_member, make_organisation, make_user
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def owner():
    return make_user("secret-owner@example.test", display_name="Тайный Владелец", language="ru")


@pytest.fixture
def organisation(owner):
    return make_organisation(
        owner, identifier=BIN, name="ТОО «Тайна»", head_name="Скрытая Голова", phone="+77017654321"
    )


@pytest.fixture
def asker(client):
    person = make_user("asker@example.test", display_name="Дина Бухгалтер", language="en")
    client.force_login(person)
    return person


def test_a_number_that_is_here_leads_to_three_ways_and_nothing_is_saved(client, organisation, asker):
    body = create(client).content.decode()

    assert Organisation.objects.count() == 1
    assert [words in body for words in ('value="ask"', 'value="prove"', 'value="alone"')] == [True] * 3
    assert 'value="ТОО «Сарыарқа»"' in body


def test_the_page_says_nothing_about_the_owner(client, organisation, asker):
    pages = [create(client), create(client, then="ask", words=WORDS), client.get(page("accounts:organisation_list"))]
    said = " ".join(one.content.decode() for one in pages)

    told = ("Тайн", "Скрыт", "secret-owner", "7654321", organisation.public_id)

    assert [secret for secret in told if secret in said] == []


def test_the_words_and_the_statements_are_the_same_for_one_owner_and_for_three(client, organisation, asker, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    answers, statements = [], []
    for _round in range(2):
        for then in ({}, {"then": "ask", "words": WORDS}):
            AccessRequest.objects.all().delete()
            client.cookies.clear()  # a fresh session, without the message of the round before
            client.force_login(asker)
            with CaptureQueriesContext(connection) as queries:
                response = create(client, **then)
            answers.append((response.status_code, strip(response.content.decode())))
            statements.append(len(queries))
        for n in range(2):
            make_organisation(make_user(), identifier=BIN, name=f"ТОО «Ещё {n}»")

    assert answers[:2] == answers[2:]
    assert statements[:2] == statements[2:]


def strip(body: str) -> str:
    """Without what differs with every answer: the token of the form."""
    return "\n".join(line for line in body.splitlines() if "csrfmiddlewaretoken" not in line)


def test_going_on_alone_makes_ones_own_organisation_at_once(client, organisation, asker):
    create(client, then="alone")

    mine = Organisation.objects.get(memberships__user=asker)
    assert (mine.identifier, mine.name, AccessRequest.objects.count()) == (BIN, "ТОО «Сарыарқа»", 0)


def test_a_mistyped_number_is_mended_in_the_form_as_it_was_typed(client, organisation, asker):
    response = create(client, then="mend")

    assert (response.context["form"]["name"].value(), Organisation.objects.count()) == ("ТОО «Сарыарқа»", 1)


def test_ones_own_number_in_a_second_organisation_asks_nothing(client, asker):
    make_organisation(asker, identifier=BIN)

    create(client)

    assert Organisation.objects.filter(identifier=BIN).count() == 2


def test_the_same_digits_from_another_country_are_another_number(client, organisation, asker):
    create(client, country="UZ", kind="llp", head_iin="")

    assert Organisation.objects.filter(country="UZ", identifier=BIN).count() == 1


def test_changing_the_number_to_one_that_is_here_asks_too(client, organisation, asker):
    mine = make_organisation(asker, identifier=OTHER_BIN)
    address = page("accounts:organisation_edit", mine.public_id)

    body = client.post(address, typed()).content.decode()
    mine.refresh_from_db()

    assert ('value="alone"' in body, mine.identifier) == (True, OTHER_BIN)


def test_the_owner_gets_a_letter_and_reads_who_asks_on_the_members_page(client, organisation, owner, asker):
    create(client, then="ask", words=WORDS)
    letter = Message.objects.get(event="access_asked")
    client.force_login(owner)

    body = client.get(page("accounts:organisation_members", organisation.public_id)).content.decode()

    assert (letter.user, letter.language, asker.email in str(letter.context)) == (owner, "ru", False)
    assert [words in body for words in ("Дина Бухгалтер", asker.email, WORDS)] == [True] * 3


@pytest.mark.parametrize(
    ("typed_in", "sentence"),
    [
        ({"words": ""}, "Write one sentence about who you are"),
        ({"words": "   "}, "Write one sentence about who you are"),
        ({"words": "я" * 1001}, "Ensure this value has at most 1000 characters"),
    ],
)
def test_bad_words_are_answered_beside_the_field_and_ask_nobody(client, organisation, asker, typed_in, sentence):
    response = create(client, then="ask", **typed_in)

    assert response.context["asking"].errors["words"][0].startswith(sentence)
    assert AccessRequest.objects.count() == 0


def test_the_owner_lets_in_and_the_asker_gets_a_letter(client, organisation, owner, asker):
    create(client, then="ask", words=WORDS)
    row = AccessRequest.objects.get()
    client.force_login(owner)

    client.post(
        page("accounts:access_answer", organisation.public_id, row.public_id), {"answer": "let_in", "role": "viewer"}
    )

    letter = Message.objects.get(event="access_answered")
    assert Membership.objects.get(user=asker).role == "viewer"
    assert (letter.user, letter.language, letter.context["is_yes"]) == (asker, "en", True)


def test_the_owner_refuses_and_the_asker_learns_no_more_than_no(client, organisation, owner, asker):
    create(client, then="ask", words=WORDS)
    refuse_access(AccessRequest.objects.get(), by=owner)

    body = client.get(page("accounts:organisation_list")).content.decode()
    letter = Message.objects.get(event="access_answered")

    assert (set(letter.context), letter.context["is_yes"]) == ({"is_yes", "path"}, False)
    assert ("Refused" in body, "Тайн" in body, Membership.objects.filter(user=asker).count()) == (True, False, 0)


def test_of_several_owners_the_asker_hears_one_no_when_all_have_refused(organisation, owner, asker):
    second = make_user()
    make_organisation(second, identifier=BIN)
    rows = {r.organisation_id: r for r in ask_access(BIN, "KZ", words=WORDS, by=asker)}
    refuse_access(rows.pop(organisation.pk), by=owner)
    early = Message.objects.filter(event="access_answered").count()

    refuse_access(rows.popitem()[1], by=second)

    assert (early, Message.objects.filter(event="access_answered").count()) == (0, 1)


def test_asking_twice_is_one_request_and_one_letter(organisation, asker):
    for _n in range(2):
        ask_access(BIN, "KZ", words=WORDS, by=asker)

    assert (AccessRequest.objects.count(), Message.objects.filter(event="access_asked").count()) == (1, 1)


def test_a_number_that_nobody_holds_is_no_request(asker):
    assert refusal(lambda: ask_access(BIN, "KZ", words=WORDS, by=asker)) == "not_here"


def test_a_person_asks_a_few_times_a_day(asker, at):
    from core import clock

    start = clock.now()
    numbers = [f"25044000{n:04d}" for n in range(MOST_A_DAY + 1)]
    for n, number in enumerate(numbers):
        make_organisation(make_user(), identifier=number)
        at(start.replace(microsecond=n))
        if n < MOST_A_DAY:
            ask_access(number, "KZ", words=WORDS, by=asker)

    assert refusal(lambda: ask_access(numbers[-1], "KZ", words=WORDS, by=asker)) == "too_many"


def test_asking_the_same_owner_again_and_again_is_limited_too(organisation, asker, at):
    from core import clock

    start = clock.now()
    for n in range(MOST_A_DAY):
        at(start + timedelta(minutes=n))
        ask_access(BIN, "KZ", words=WORDS, by=asker, to_staff=True)

    assert refusal(lambda: ask_access(BIN, "KZ", words=WORDS, by=asker, to_staff=True)) == "too_many"


def test_trying_numbers_is_limited_for_a_person(client, organisation, asker):
    answers = [create(client).status_code for _n in range(21)]

    assert answers == [200] * 20 + [409]


@pytest.mark.parametrize("number", [BIN, OTHER_BIN])
def test_past_the_limit_a_number_that_is_here_and_one_that_is_not_get_the_same_answer(
    client, organisation, asker, number
):
    for _n in range(20):
        prove(client, number=OTHER_BIN)

    answers = [create(client, identifier=number), prove(client, number=number)]

    said = [str(answer.context["refused"].sentence) for answer in answers[1:]]
    assert ([answer.status_code for answer in answers], said[0][:27]) == ([409, 409], "You have tried many numbers")
    assert (Organisation.objects.count(), AccessRequest.objects.count()) == (1, 0)


@pytest.mark.parametrize("role", ["editor", "viewer", None])
def test_only_an_owner_answers(client, organisation, asker, role):
    row = ask_access(BIN, "KZ", words=WORDS, by=asker)[0]
    other = make_user()
    if role:
        add_member(organisation, other, role)
    client.force_login(other)

    answer = client.post(page("accounts:access_answer", organisation.public_id, row.public_id), {"answer": "let_in"})

    assert (answer.status_code, Membership.objects.filter(user=asker).count()) == (404, 0)
    with pytest.raises(NotAllowed):
        let_in(row, role="owner", by=other)


def test_an_answer_that_is_neither_yes_nor_no_changes_nothing(client, organisation, owner, asker):
    row = ask_access(BIN, "KZ", words=WORDS, by=asker)[0]
    client.force_login(owner)

    answer = client.post(page("accounts:access_answer", organisation.public_id, row.public_id), {"answer": "maybe"})

    assert (answer.status_code, AccessRequest.objects.open().count()) == (409, 1)


def test_the_trail_holds_no_number_and_no_names(client, organisation, owner, asker):
    create(client, then="ask", words=WORDS)
    let_in(AccessRequest.objects.get(), role="editor", by=owner)

    trail = " ".join(str(e.data) for e in AuditEvent.objects.filter(verb__startswith="access."))

    assert [secret for secret in (BIN, "Дина", asker.email, WORDS) if secret in trail] == []
    assert list(
        AuditEvent.objects.filter(verb__startswith="access.").order_by("pk").values_list("verb", flat=True)
    ) == [
        "access.ask",
        "access.let_in",
    ]


@pytest.mark.django_db(transaction=True)
def test_asking_twice_at_once_is_one_request():
    make_organisation(make_user(), identifier=BIN)
    person = make_user()

    at_once(*[lambda: ask_access(BIN, "KZ", words=WORDS, by=person)] * 2)

    assert AccessRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_answer_at_once_give_one_answer():
    first, second, person = make_user(), make_user(), make_user()
    organisation = make_organisation(first, identifier=BIN)
    add_member(organisation, second, "owner")
    row = ask_access(BIN, "KZ", words=WORDS, by=person)[0]

    came_back = at_once(lambda: let_in(row, role="editor", by=first), lambda: refuse_access(row, by=second))

    answered = AccessRequest.objects.get()
    assert sum(isinstance(one, Refused) for one in came_back) == 1
    assert (answered.answer == "let_in") == Membership.objects.filter(user=person).exists()
