"""Organisations: made, changed, seen by their members alone; bad input gets a sentence beside its field."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.actions.organisations import change_organisation
from accounts.forms.organisation import OrganisationForm
from accounts.models import Membership, Organisation, Sector
from accounts.statuses import MembershipRole
from core.models import AuditEvent
from core.refusals import NotAllowed
from tests.factories import add_member, make_organisation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
IIN, BIN = "990101100000", "250440000004"


def page(name: str, *args, language: str = "en") -> str:
    with override(language):
        return reverse(name, args=args)


def typed(**changes: str) -> dict[str, str]:
    """A right form of a ТОО."""
    right = {
        "kind": "llp",
        "name": "ТОО «Сарыарқа Ойын»",
        "country": "KZ",
        "identifier": BIN,
        "sector": str(Sector.objects.get(code="it").pk),
        "district": "751110000",
        "address": "Алматы, Абай 10",
        "phone": "8 (701) 123-45-67",
        "head_name": "Әлия Сапарова",
        "head_iin": IIN,
    }
    return {**right, **changes}


def errors_of(**changes: str) -> dict[str, list[str]]:
    with override("en"):
        return {name: [str(e) for e in errors] for name, errors in OrganisationForm(typed(**changes)).errors.items()}


def create(client, **changes: str):
    return client.post(page("accounts:organisation_create"), typed(**changes))


def test_the_person_who_adds_an_organisation_owns_it(client):
    person = make_user()
    client.force_login(person)

    response = create(client)

    membership = Membership.objects.get()
    assert response.url == page("accounts:organisation_list")
    assert (membership.user, membership.role, membership.organisation.name) == (person, "owner", "ТОО «Сарыарқа Ойын»")


def test_facts_are_kept_in_one_form(client):
    client.force_login(make_user())

    create(client, identifier="250440 000-004", phone="+7 701 123 45 67")

    organisation = Organisation.objects.get()
    assert (organisation.identifier, organisation.phone, organisation.district.kato) == (
        BIN,
        "+77011234567",
        "751110000",
    )


def test_a_natural_person_is_their_own_head_without_being_asked(client):
    client.force_login(make_user(display_name="Дина Ахметова"))

    create(client, kind="ip", name="ИП Ахметова", identifier=IIN, head_name="", head_iin="")

    organisation = Organisation.objects.get()
    assert (organisation.head_name, organisation.head_iin) == ("Дина Ахметова", IIN)


def test_a_person_from_abroad_has_no_iin_as_head(client):
    client.force_login(make_user())

    create(client, kind="person", country="UZ", identifier="AA1234567", head_name="", head_iin="")

    organisation = Organisation.objects.get()
    assert (organisation.identifier, organisation.head_iin) == ("AA1234567", "")


def test_a_team_has_no_number_and_a_head(client):
    client.force_login(make_user())

    create(client, kind="team", identifier="whatever was typed")

    organisation = Organisation.objects.get()
    assert (organisation.identifier, organisation.head_name) == ("", "Әлия Сапарова")


def test_an_organisation_outside_almaty_says_so(client):
    client.force_login(make_user())

    create(client, district="outside")

    assert Organisation.objects.get().district is None


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"identifier": "25044000000"}, "identifier", "A BIN has exactly 12 digits and nothing else."),
        ({"identifier": "25044000000A"}, "identifier", "A BIN has exactly 12 digits and nothing else."),
        ({"identifier": "000000000000"}, "identifier", "A BIN has exactly 12 digits and nothing else."),
        ({"identifier": "250440000005"}, "identifier", "There is no such BIN: the last digit does not fit the others."),
        ({"identifier": "250740000690"}, "identifier", "Such a BIN is never issued."),
        ({"identifier": ""}, "identifier", "Fill this in."),
        ({"kind": "ip", "identifier": "99010110000"}, "identifier", "An IIN has exactly 12 digits and nothing else."),
        ({"kind": "person", "identifier": "990101100001"}, "identifier", "There is no such IIN:"),
        ({"kind": "self_employed", "identifier": "99O101100000"}, "identifier", "An IIN has exactly 12 digits"),
        ({"head_iin": "990101100001"}, "head_iin", "There is no such IIN:"),
        ({"head_iin": ""}, "head_iin", "Fill this in."),
        ({"head_name": ""}, "head_name", "Fill this in."),
        ({"kind": "team", "head_name": ""}, "head_name", "Fill this in."),
        ({"phone": "12345"}, "phone", "Check the phone number: too many or too few digits."),
        ({"kind": "bank"}, "kind", "Select a valid choice."),
        ({"country": "XX"}, "country", "Select a valid choice."),
        ({"district": ""}, "district", "Fill this in."),
        ({"country": "UZ", "identifier": ""}, "identifier", "Fill this in."),
        ({"country": "UZ", "identifier": "A1"}, "identifier", "Enter your own number with 3 to 30 Latin letters"),
        ({"country": "UZ", "identifier": "<b>1234</b>"}, "identifier", "Enter your own number with 3 to 30 Latin"),
        ({"country": "UZ", "identifier": "Паспорт 12"}, "identifier", "Enter your own number with 3 to 30 Latin"),
        ({"district": "999999999"}, "district", "Select a valid choice."),
        ({"sector": "0"}, "sector", "Select a valid choice."),
        ({"name": ""}, "name", "This field is required."),
        ({"name": "x" * 201}, "name", "Ensure this value has at most 200 characters"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_beside_its_field(changes, field, sentence):
    errors = errors_of(**changes)

    assert list(errors) == [field]
    assert errors[field][0].startswith(sentence)


def test_refused_input_stays_in_the_form_and_makes_nothing(client):
    client.force_login(make_user())

    response = create(client, identifier="250440000005")

    body = response.content.decode()
    assert (Organisation.objects.count(), 'value="250440000005"' in body) == (0, True)
    assert 'aria-invalid="true"' in body
    assert "There is no such BIN" in body


def test_markup_in_a_name_is_shown_as_text(client):
    client.force_login(make_user())

    create(client, name="<b onclick=x>Студия</b>")

    body = client.get(page("accounts:organisation_list")).content.decode()
    assert ("<b onclick" in body, "&lt;b onclick=x&gt;Студия&lt;/b&gt;" in body) == (False, True)


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"kind": "person", "identifier": BIN}, "This looks like a BIN, not an IIN."),
        ({"identifier": "850615300000"}, "This looks like an IIN, not a BIN."),
        ({"kind": "ip", "identifier": "040230500007"}, "The date inside this IIN is unusual."),
    ],
)
def test_an_odd_number_is_saved_with_a_hint(client, changes, hint):
    from core.identifiers import control_digit

    changes["identifier"] = changes["identifier"][:11] + str(control_digit(changes["identifier"][:11]))
    client.force_login(make_user())

    response = client.post(page("accounts:organisation_create"), typed(**changes), follow=True)

    said = [str(message) for message in response.context["messages"]]
    assert Organisation.objects.count() == 1
    assert any(words.startswith(hint) for words in said)


def test_the_hint_stands_on_the_page_of_the_organisation_too(client):
    person = make_user()
    client.force_login(person)
    organisation = make_organisation(person, identifier="850615300000")

    response = client.get(page("accounts:organisation_edit", organisation.public_id))

    assert len(response.context["hints"]) == 1


def test_two_people_may_name_the_same_number_nobody_proves_it_here(client):
    make_organisation(make_user(), identifier=BIN)
    client.force_login(make_user())

    create(client, then="alone")

    assert Organisation.objects.filter(identifier=BIN).count() == 2


def test_the_trail_names_fields_and_holds_no_names_and_no_numbers(client):
    person = make_user()
    client.force_login(person)
    create(client)
    organisation = Organisation.objects.get()

    client.post(
        page("accounts:organisation_edit", organisation.public_id), typed(name="ТОО «Жаңа»", head_iin="910228400006")
    )

    events = list(AuditEvent.objects.order_by("pk").values_list("verb", "object_id", "data"))
    assert events == [
        ("organisation.create", organisation.public_id, {"kind": "llp"}),
        ("organisation.change", organisation.public_id, {"changed": ["name", "head_iin"]}),
    ]


def test_saving_without_a_change_leaves_no_trace(client):
    client.force_login(make_user())
    create(client)

    client.post(page("accounts:organisation_edit", Organisation.objects.get().public_id), typed())

    assert AuditEvent.objects.filter(verb="organisation.change").count() == 0


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("editor", 200), ("viewer", 403), (None, 404)])
def test_owners_and_editors_change_viewers_are_told_others_find_nothing(client, role, status):
    organisation, person = make_organisation(make_user()), make_user()
    if role:
        add_member(organisation, person, role)
    client.force_login(person)

    response = client.get(page("accounts:organisation_edit", organisation.public_id))

    assert response.status_code == status


def test_the_action_itself_refuses_who_may_not_write():
    organisation, viewer = make_organisation(make_user()), make_user()
    add_member(organisation, viewer, MembershipRole.VIEWER)

    with pytest.raises(NotAllowed):
        change_organisation(organisation, by=viewer, name="Чужое")

    organisation.refresh_from_db()
    assert organisation.name != "Чужое"


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/en/calls/", "/en/calls/"),
        ("https://evil.example/", None),
        ("//evil.example/", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_saving_goes_back_to_where_the_person_came_from_on_our_own_site(client, wanted, goes):
    client.force_login(make_user())

    response = create(client, next=wanted)

    assert response.url == (goes or page("accounts:organisation_list"))


def test_the_list_shows_mine_alone_and_costs_the_same_for_one_and_three(client, django_assert_num_queries):
    person = make_user()
    make_organisation(make_user(), name="Чужая")
    make_organisation(person, name="Моя 1")
    client.force_login(person)
    with django_assert_num_queries(4):  # session, person with roles, memberships, own requests to be let in
        client.get(page("accounts:organisation_list"))
    make_organisation(person, name="Моя 2")
    make_organisation(person, name="Моя 3")

    with django_assert_num_queries(4):
        response = client.get(page("accounts:organisation_list"))

    assert [m.organisation.name for m in response.context["memberships"]] == ["Моя 1", "Моя 2", "Моя 3"]


def test_an_empty_list_says_what_to_do(client):
    client.force_login(make_user())

    body = client.get(page("accounts:organisation_list")).content.decode()

    assert page("accounts:organisation_create") in body
