"""Colleagues come in by a link, one each, and write together; the owner sees, changes and removes them."""

import logging
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.urls import reverse
from django.utils.translation import override

from accounts.actions.invitations import MOST_A_DAY, accept_invitation, digest_of, invite, take_back_invitation
from accounts.actions.members import change_member_role, remove_member
from accounts.models import Invitation, Membership
from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from notifications.actions.deliver import deliver
from notifications.models import Message
from tests.factories import add_member, make_organisation, make_user
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def page(name: str, *args) -> str:
    with override("en"):
        return reverse(f"accounts:{name}", args=args)


@pytest.fixture
def owner():
    return make_user("owner@example.test", language="en", display_name="Асель Оспанова")


@pytest.fixture
def organisation(owner):
    return make_organisation(owner)


def make_link(organisation, owner, role: str = "editor", **how) -> str:
    """The token of a fresh invitation."""
    _invitation, path = invite(organisation, role=role, by=owner, **how)
    return path.rstrip("/").rpartition("/")[2]


def refusal(action) -> str:
    with pytest.raises(Refused) as refused:
        action()
    return refused.value.code


def test_an_invited_person_signs_up_and_joins_by_the_link_that_was_open_before(client, organisation, owner):
    token = make_link(organisation, owner)

    opened = client.get(page("invitation_open", token), follow=True)
    client.force_login(make_user("new@example.test"))
    joined = client.post(page("invitation_accept"))

    assert organisation.name in opened.content.decode()
    assert f"?next={page('invitation_accept')}" in opened.content.decode()
    assert joined.url == page("organisation_list")
    assert Membership.objects.get(user__email="new@example.test").role == "editor"


def test_what_was_open_survives_the_real_sign_in(client, organisation, owner):
    make_user("new@example.test", language="en")
    client.get(page("invitation_open", make_link(organisation, owner)))

    login = client.post(page("invitation_accept")).url
    typed = {"login": "new@example.test", "password": "correct horse battery", "next": page("invitation_accept")}
    back = client.post(login, typed)
    asked = client.get(back.url)

    assert back.url == page("invitation_accept")
    assert asked.context["invitation"].organisation == organisation


def test_who_has_no_account_signs_up_with_a_code_and_comes_back_to_join(client, organisation, owner):
    client.get(page("invitation_open", make_link(organisation, owner)))
    here, signup = page("invitation_accept"), page("invitation_accept").replace("invitations/", "signup/")
    shown = client.get(signup).context["form"]["shown_sha256"].value()
    typed = {"email": "new@example.test", "password1": "zhibek zholy 64 almaty", "consent": "on"}
    client.post(signup, {**typed, "shown_sha256": shown, "next": here})

    code = Message.objects.get(event="account_code").context["code"]
    with override("en"):
        back = client.post(reverse("account_email_verification_sent"), {"code": code, "next": here})
    client.post(back.url)

    assert (back.url, Membership.objects.filter(user__email="new@example.test").count()) == (here, 1)


def test_the_token_is_nowhere_in_the_database_once_the_letter_is_sent_and_in_no_log(
    client, organisation, owner, caplog
):
    caplog.set_level(logging.DEBUG)
    token = make_link(organisation, owner, email="new@example.test", language="kk")
    client.get(page("invitation_open", token))
    deliver(Message.objects.get(event="invited").pk)

    kept = Invitation.objects.get().token_sha256
    message = Message.objects.get(event="invited")
    texts = [str(message.context), *(str(s.get_decoded()) for s in Session.objects.all())]
    texts += [str(e.data) for e in AuditEvent.objects.all()] + [caplog.text]

    assert token in mail.outbox[0].body
    assert kept == digest_of(token)
    assert [text for text in texts if token in text] == []


def test_two_links_are_never_alike_and_not_short(organisation, owner):
    tokens = {make_link(organisation, owner) for _n in range(5)}

    assert len(tokens) == 5
    assert min(len(token) for token in tokens) >= 43


def test_the_letter_speaks_the_language_that_the_inviter_chose(client, organisation, owner):
    client.force_login(owner)

    body = client.post(
        page("organisation_members", organisation.public_id),
        {"role": "viewer", "email": "new@example.test", "language": "ru"},
    ).content.decode()

    message = Message.objects.get(event="invited")
    assert (message.language, message.address, message.context["path"][:4]) == ("ru", "new@example.test", "/ru/")
    assert message.context["path"] in body


def test_the_link_stands_on_one_answer_and_on_no_page_after_it(client, organisation, owner):
    client.force_login(owner)
    address = page("organisation_members", organisation.public_id)
    shown = client.post(address, {"role": "editor", "email": "", "language": "en"}).context["made"]["link"]

    later = client.get(address).content.decode()

    assert (shown in later, Message.objects.filter(event="invited").count()) == (False, 0)


def test_who_was_invited_at_another_address_needs_the_link_alone(organisation, owner):
    token = make_link(organisation, owner, email="somebody@example.test")
    other = make_user("other@example.test")

    membership = accept_invitation(digest_of(token), by=other)

    assert membership.user == other


def test_a_link_lets_one_person_in(organisation, owner):
    digest = digest_of(make_link(organisation, owner))
    accept_invitation(digest, by=make_user())

    assert refusal(lambda: accept_invitation(digest, by=make_user())) == "gone"
    assert organisation.memberships.count() == 2


def test_a_member_who_opens_the_link_does_not_use_it_up(organisation, owner):
    digest = digest_of(make_link(organisation, owner))

    code = refusal(lambda: accept_invitation(digest, by=owner))

    assert (code, Invitation.objects.usable().count()) == ("member", 1)


def test_a_link_works_for_seven_days(organisation, owner, at):
    digest, person = digest_of(make_link(organisation, owner)), make_user()
    at(clock.now() + timedelta(days=7, seconds=1))

    assert refusal(lambda: accept_invitation(digest, by=person)) == "gone"


def test_a_link_that_was_taken_back_opens_nothing_and_its_letter_stays_home(client, organisation, owner):
    token = make_link(organisation, owner, email="new@example.test")
    invitation = Invitation.objects.get()
    client.force_login(owner)

    client.post(page("invitation_take_back", organisation.public_id, invitation.public_id))

    assert refusal(lambda: accept_invitation(digest_of(token), by=make_user())) == "gone"
    assert Message.objects.pending().filter(event="invited").count() == 0


def test_an_unknown_link_says_the_same_as_an_old_one(client):
    body = client.get(page("invitation_open", "x" * 43), follow=True).content.decode()

    assert "This invitation opens nothing" in body


def test_guessing_links_is_limited_for_a_network(client):
    client.force_login(make_user(language="en"))
    words = "Too many tries from your network"

    told = [words in client.post(page("invitation_accept")).content.decode() for _n in range(31)]

    assert told == [False] * 30 + [True]


def test_nobody_makes_the_portal_a_mailing_machine(organisation, owner):
    for n in range(MOST_A_DAY):
        invitation, _path = invite(organisation, role="viewer", by=owner, email=f"p{n}@example.test")
        take_back_invitation(invitation, by=owner)

    assert refusal(lambda: invite(organisation, role="viewer", by=owner)) == "too_many"


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_only_an_owner_invites_and_sees_addresses(client, organisation, owner, role):
    colleague = make_user("colleague@example.test", language="en", display_name="Дина")
    add_member(organisation, colleague, role)
    client.force_login(colleague)
    address = page("organisation_members", organisation.public_id)

    read = client.get(address)
    invited = client.post(address, {"role": "owner", "language": "en"})

    assert (read.status_code, invited.status_code, Invitation.objects.count()) == (200, 403, 0)
    assert (owner.email in read.content.decode(), read.context["requests"]) == (False, [])


def test_the_action_itself_refuses_a_stranger(organisation):
    with pytest.raises(NotAllowed):
        invite(organisation, role="owner", by=make_user())


def test_an_owner_changes_a_role_and_removes_a_member(client, organisation, owner):
    colleague = make_user()
    add_member(organisation, colleague, "viewer")
    client.force_login(owner)
    address = page("member_edit", organisation.public_id, colleague.public_id)

    client.post(address, {"role": "editor"})
    role = organisation.memberships.get(user=colleague).role
    client.post(address, {"then": "remove"})

    assert (role, organisation.memberships.filter(user=colleague).count()) == ("editor", 0)
    assert list(AuditEvent.objects.filter(verb__startswith="member.").order_by("pk").values_list("verb", "data")) == [
        ("member.change_role", {"member": colleague.pk, "from": "viewer", "to": "editor"}),
        ("member.remove", {"member": colleague.pk, "from": "editor"}),
    ]


@pytest.mark.parametrize("end", ["remove", "step down"])
def test_a_former_owner_does_not_come_back_by_a_link_of_their_own(organisation, owner, end):
    partner = make_user()
    add_member(organisation, partner, "owner")
    token, place = make_link(organisation, partner, role="owner"), organisation.memberships.get(user=partner)

    if end == "remove":
        remove_member(place, by=owner)
    else:
        change_member_role(place, "viewer", by=owner)

    assert refusal(lambda: accept_invitation(digest_of(token), by=make_user())) == "gone"
    assert AuditEvent.objects.filter(verb="invitation.take_back").count() == 1


def test_the_last_owner_stays_an_owner(client, organisation, owner):
    client.force_login(owner)
    address = page("member_edit", organisation.public_id, owner.public_id)

    answers = [client.post(address, typed).status_code for typed in ({"role": "viewer"}, {"then": "remove"})]

    assert (answers, organisation.memberships.get().role) == ([409, 409], "owner")


def test_an_owner_whose_account_is_closed_does_not_count(organisation, owner):
    add_member(organisation, make_user(is_active=False), "owner")

    assert refusal(lambda: remove_member(organisation.memberships.get(user=owner), by=owner)) == "last_owner"


def test_an_editor_leaves_and_changes_nobody(client, organisation, owner):
    colleague = make_user()
    add_member(organisation, colleague, "editor")
    client.force_login(colleague)

    promoted = client.post(page("member_edit", organisation.public_id, colleague.public_id), {"role": "owner"})
    other = client.post(page("member_edit", organisation.public_id, owner.public_id), {"then": "remove"})
    left = client.post(page("member_edit", organisation.public_id, colleague.public_id), {"then": "remove"})

    assert (promoted.status_code, other.status_code, left.status_code) == (403, 403, 302)
    assert [m.user for m in organisation.memberships.all()] == [owner]


def test_a_stranger_finds_neither_members_nor_invitations(client, organisation, owner):
    invitation, _path = invite(organisation, role="viewer", by=owner)
    client.force_login(make_user())

    answers = [
        client.get(page("organisation_members", organisation.public_id)).status_code,
        client.get(page("member_edit", organisation.public_id, owner.public_id)).status_code,
        client.post(page("invitation_take_back", organisation.public_id, invitation.public_id)).status_code,
    ]

    assert answers == [404, 404, 404]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"role": "king", "language": "en"}, "role"),
        ({"role": "", "language": "en"}, "role"),
        ({"role": "editor", "language": "de"}, "language"),
        ({"role": "editor", "language": "en", "email": "без собаки"}, "email"),
        ({"role": "editor", "language": "en", "email": "a@b"}, "email"),
        ({"role": "editor", "language": "en", "email": "x@" + "y" * 260 + ".kz"}, "email"),
    ],
)
def test_bad_input_is_answered_beside_its_field_and_makes_no_link(client, organisation, owner, typed, field):
    client.force_login(owner)

    response = client.post(page("organisation_members", organisation.public_id), typed)

    assert (list(response.context["form"].errors), Invitation.objects.count()) == ([field], 0)


def test_the_page_costs_the_same_for_one_and_three_of_each(client, organisation, owner, django_assert_num_queries):
    client.force_login(owner)
    invite(organisation, role="viewer", by=owner)
    client.get(page("organisation_members", organisation.public_id))
    with django_assert_num_queries(7) as once:
        client.get(page("organisation_members", organisation.public_id))
    for _n in range(2):
        invite(organisation, role="viewer", by=owner)
        add_member(organisation, make_user(), "viewer")

    with django_assert_num_queries(len(once)):
        client.get(page("organisation_members", organisation.public_id))


@pytest.mark.django_db(transaction=True)
def test_two_presses_on_one_invitation_make_one_membership():
    owner, person = make_user(), make_user()
    organisation = make_organisation(owner)
    digest = digest_of(make_link(organisation, owner))

    came_back = at_once(*[lambda: accept_invitation(digest, by=person)] * 2)

    assert [m.user_id for m in came_back] == [person.pk, person.pk]
    assert Membership.objects.filter(organisation=organisation).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_people_on_one_link_at_once_are_one_member_and_one_refusal():
    owner, people = make_user(), [make_user(), make_user()]
    organisation = make_organisation(owner)
    digest = digest_of(make_link(organisation, owner))

    came_back = at_once(*[lambda p=p: accept_invitation(digest, by=p) for p in people])

    assert sorted(type(one).__name__ for one in came_back) == ["Membership", "Refused"]


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_step_down_at_once_leave_one():
    first, second = make_user(), make_user()
    organisation = make_organisation(first)
    add_member(organisation, second, "owner")
    rows = list(organisation.memberships.all())

    at_once(*[lambda m=m: change_member_role(m, "viewer", by=m.user) for m in rows])

    assert sorted(Membership.objects.filter(organisation=organisation).values_list("role", flat=True)) == [
        "owner",
        "viewer",
    ]
