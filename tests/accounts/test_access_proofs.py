"""Whoever shows a paper asks the officers instead of the owner: they decide, and they alone read it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions.access import ask_access, refuse_access
from accounts.models import AccessRequest, Membership
from core.refusals import NotAllowed
from documents.models import AccessProof, Document
from notifications.models import Message
from tests.accounts.asking import BIN, WORDS, create, prove
from tests.factories import make_organisation, make_staff, make_user

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


def test_with_proof_the_number_goes_along_and_stands_in_no_address(client, organisation, asker):
    there = create(client, then="prove")

    form = client.get(there.url).context["form"]

    assert (BIN in there.url, form["number"].value()) == (False, BIN)


def test_with_proof_officers_decide_and_make_an_owner(client, organisation, owner, asker):
    prove(client)
    row = AccessRequest.objects.get()
    officer = make_staff("officer")
    client.force_login(officer)
    address = reverse("admin:accounts_accessrequest_change", args=[row.pk])

    shown = client.get(address).content.decode()
    client.post(address, {"answer": "let_in"})

    assert ("приказ.pdf" in shown, row.to_staff) == (True, True)
    assert Membership.objects.get(user=asker).role == "owner"
    assert Message.objects.filter(event="access_asked", user=owner).count() == 1


def test_a_request_that_the_owner_does_not_answer_goes_to_staff_with_its_proof(client, organisation, asker):
    ask_access(BIN, "KZ", words=WORDS, by=asker)

    prove(client)

    row = AccessRequest.objects.get()
    assert (row.to_staff, row.proofs.count()) == (True, 1)


def test_an_owner_cannot_refuse_what_came_with_proof(client, organisation, owner, asker):
    prove(client)

    with pytest.raises(NotAllowed):
        refuse_access(AccessRequest.objects.get(), by=owner)


def test_several_organisations_share_one_stored_paper(client, organisation, asker):
    make_organisation(make_user(), identifier=BIN)

    prove(client)

    assert (AccessProof.objects.count(), Document.objects.count()) == (2, 1)


@pytest.mark.parametrize("role", ["auditor", "administrator", "finance", "secretary"])
def test_the_paper_is_for_officers_alone(client, organisation, asker, role):
    prove(client)
    row, proof = AccessRequest.objects.get(), AccessProof.objects.get()
    address = reverse("admin:accounts_accessrequest_paper", args=[row.pk, proof.pk])
    client.force_login(make_staff("officer"))
    read = client.get(address)
    client.force_login(make_staff(role))

    assert (read.status_code, client.get(address).status_code) == (200, 403)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": "9" * 31}, "number"),
        ({"words": ""}, "words"),
        ({"country": "XX"}, "country"),
        ({"file": ""}, "file"),
        ({"file": SimpleUploadedFile("proof.pdf", b"")}, "file"),
        ({"file": SimpleUploadedFile("proof.exe", b"MZ" + b"0" * 200)}, "file"),
    ],
)
def test_bad_proof_is_answered_beside_its_field_and_leaves_nothing(client, organisation, asker, changes, field):
    response = prove(client, **changes)

    assert list(response.context["form"].errors) == [field]
    assert (AccessRequest.objects.count(), Document.objects.count()) == (0, 0)


def test_proof_for_a_number_that_nobody_holds_leaves_no_file(client, asker):
    response = prove(client)

    assert (response.status_code, Document.objects.count()) == (409, 0)


def test_the_queue_costs_the_same_for_one_and_three(client, organisation, asker, django_assert_num_queries):
    prove(client)
    client.force_login(make_staff("officer"))
    address = reverse("admin:accounts_accessrequest_changelist")
    client.get(address)
    with CaptureQueriesContext(connection) as once:
        client.get(address)
    for _n in range(2):
        make_organisation(make_user(), identifier=BIN)
        ask_access(BIN, "KZ", words=WORDS, by=make_user(), to_staff=True)

    with django_assert_num_queries(len(once)):
        client.get(address)
