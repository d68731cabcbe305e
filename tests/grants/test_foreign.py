"""Where the call allows it, a person, a team or a studio from abroad applies; where not, they are told before."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from core.refusals import Refused
from grants.actions.applications import start_application, submit_application
from grants.actions.checks import run_automatic_checks
from grants.forms.application import FactsForm
from grants.models import Application
from grants.queries.completeness import gaps
from grants.statuses import CheckKind
from tests.factories import make_call, make_draft, make_organisation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ABROAD = {"country": "UZ", "identifier": "AA1234567", "district": None}


def start_page(call) -> str:
    with override("en"):
        return reverse("grants:application_start", args=[call.public_id])


@pytest.fixture
def owner():
    return make_user(language="en")


@pytest.mark.parametrize("kind", ["person", "team", "llp"])
def test_a_foreign_applicant_is_told_before_a_draft_begins(client, owner, kind):
    call = make_call()
    make_organisation(owner, kind=kind, **ABROAD)
    client.force_login(owner)

    read = client.get(start_page(call)).content.decode()
    pressed = client.post(start_page(call))

    assert "This call is for applicants registered in Kazakhstan" in read
    assert (pressed.status_code, Application.objects.count()) == (409, 0)


def test_the_page_of_the_call_says_who_may_apply(client):
    bodies = []
    for allows in (False, True):
        call = make_call(allows_foreign=allows, allows_minors=allows)
        with override("en"):
            bodies.append(client.get(reverse("grants:call_detail", args=[call.public_id])).content.decode())

    assert ("only applicants registered in Kazakhstan" in bodies[0], "18 or older" in bodies[0]) == (True, True)
    assert ("people, teams and studios may apply" in bodies[1], "minors too" in bodies[1]) == (True, True)


def test_from_abroad_no_district_is_asked_and_the_application_is_sent(owner):
    make_organisation(owner, **ABROAD)
    application = make_draft(owner, make_call(allows_foreign=True))

    sent = submit_application(application, agreed={"declaration"}, by=owner)

    application.refresh_from_db()
    assert (sent.number, application.district, application.status) == (1, None, "submitted")
    assert "district" not in FactsForm(application=application).fields


def test_from_kazakhstan_a_district_is_asked_as_before(owner):
    make_organisation(owner)
    application = make_draft(owner, make_call(allows_foreign=True))
    application.district = None

    assert [gap.field for gap in gaps(application)] == ["district"]
    assert "district" in FactsForm(application=application).fields


def test_who_moves_abroad_in_a_call_for_kazakhstan_reads_it_in_the_draft(owner):
    organisation = make_organisation(owner)
    application = make_draft(owner, make_call())
    organisation.country = "KG"
    organisation.save(update_fields=["country"])
    application.refresh_from_db()

    assert [gap.field for gap in gaps(application)] == ["country"]
    with pytest.raises(Refused):
        submit_application(application, agreed={"declaration"}, by=owner)


def test_an_officer_looks_at_a_foreign_number_and_not_at_a_missing_district(owner):
    make_organisation(owner, **ABROAD)
    application = make_draft(owner, make_call(allows_foreign=True))

    run_automatic_checks(application)

    found = dict(application.checks.values_list("kind", "result"))
    assert (found[CheckKind.IDENTIFIER], found[CheckKind.DISTRICT]) == ("unclear", "passed")


def test_the_action_itself_refuses(owner):
    call, organisation = make_call(), make_organisation(owner, **ABROAD)

    with pytest.raises(Refused) as refused:
        start_application(call, organisation, by=owner)

    assert refused.value.code == "foreign"
