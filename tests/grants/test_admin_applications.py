"""The list of applications in the admin: who sees what, search, filters, bulk actions, cost."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import District, Sector
from core import paging
from grants.actions import applications, corrections, screening
from grants.models import Application
from grants.statuses import ApplicationStatus
from tests import factories as make
from tests.shared import shared

pytestmark = pytest.mark.django_db
LIST = "admin:grants_application_changelist"
QUERIES = 10


@shared
def an_officer():
    return make.make_staff("officer")


@pytest.fixture
def officer(client, an_officer):
    client.force_login(an_officer)
    return an_officer


def shown(client: Client, **query: str) -> set[str]:
    answer = client.get(reverse(LIST), query)
    assert answer.status_code == 200
    return {row.number for row in answer.context["cl"].result_list}


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("officer", 200), ("secretary", 200), ("commission", 200), ("auditor", 200), ("finance", 200),
        ("administrator", 403), ("analyst", 403), ("manager", 403),
    ],
)  # fmt: skip
def test_whose_page_the_list_is(client, role, status):
    client.force_login(make.make_staff(role))

    assert client.get(reverse(LIST)).status_code == status


def test_drafts_and_never_sent_ones_are_nobodys_business(client, officer):
    draft = make.application_at("draft")
    given_up = applications.withdraw_application(make.application_at("draft"), by=None or _owner_of_last())
    sent = make.application_at("submitted")
    make.add_member(draft.organisation, officer, "owner")

    numbers = shown(client)

    assert numbers == {sent.number}
    for hidden in (draft, given_up):
        assert client.get(reverse("admin:grants_application_change", args=[hidden.pk])).status_code == 404


def _owner_of_last():
    return Application.objects.latest("pk").created_by


def test_finance_sees_awarded_ones_alone(client):
    awarded = make.application_at("awarded")
    make.application_at("submitted")
    client.force_login(make.make_staff("finance"))

    assert shown(client) == {awarded.number}


def test_a_search_folds_kazakh_letters_and_asks_the_number(client, officer):
    first = make.application_at("submitted")
    second = make.application_at("submitted", owner=_owner_of("ТОО «Қазақ аниме»"))

    assert shown(client, q="казак аниме") == {second.number}
    assert shown(client, q=first.number) == {first.number}


def _owner_of(name: str):
    owner = make.make_user()
    make.make_organisation(owner, name=name)
    return owner


def test_filters_by_whose_turn_it_is(client, officer):
    mine, returned, proposed = (make.application_at("submitted") for _ in range(3))
    asked = make.application_at("eligible")
    screening.assign_officer(mine, officer, by=officer)
    corrections.open_correction(returned, fields=["title"], reason_kk="Атауы.", reason_ru="Название.", by=officer)
    screening.propose_ineligible(proposed, reason_kk="Жоқ.", reason_ru="Нет.", by=officer)
    Application.objects.filter(pk__in=[returned.pk, proposed.pk]).update(officer=None)

    found = {
        turn: shown(client, turn=turn)
        for turn in ("mine", "officer", "nobody", "applicant", "late", "second", "experts")
    }

    assert found == {
        "mine": {mine.number},
        "officer": {mine.number},
        "nobody": set(),
        "applicant": {returned.number},
        "late": set(),
        "second": {proposed.number},
        "experts": {asked.number},
    }


def test_filters_by_status_call_officer_day_sector_and_district(client, officer):
    one, other = make.application_at("submitted"), make.application_at("eligible")
    screening.assign_officer(one, officer, by=officer)
    Application.objects.filter(pk=one.pk).update(
        sector=Sector.objects.get(code="film"), district=District.objects.get(kato="751710000")
    )

    assert shown(client, status=ApplicationStatus.ELIGIBLE) == {other.number}
    assert shown(client, call__id__exact=str(one.call_id)) == {one.number}
    assert shown(client, officer="me") == {one.number}
    assert shown(client, officer=str(other.officer_id)) == {other.number}
    assert shown(client, officer="none") == set()
    assert shown(client, sent="today") == {one.number, other.number}
    assert shown(client, sector__id__exact=str(Sector.objects.get(code="film").pk)) == {one.number}
    assert shown(client, district__id__exact=str(District.objects.get(kato="751710000").pk)) == {one.number}
    assert shown(client, status="draft") == {one.number, other.number}


def test_officers_assign_in_bulk_to_themselves_or_to_a_colleague(client, officer):
    one, colleague = make.application_at("submitted"), make.make_staff("officer")

    client.post(reverse(LIST), {"action": "assign_to_me", "_selected_action": [one.pk], "officer": ""})
    one.refresh_from_db()
    first = one.officer
    client.post(reverse(LIST), {"action": "assign_to_chosen", "_selected_action": [one.pk], "officer": colleague.pk})
    one.refresh_from_db()

    assert (first, one.officer) == (officer, colleague)


def test_a_bulk_action_without_its_officer_says_so(client, officer):
    one = make.application_at("submitted")
    before = one.officer

    answer = client.post(
        reverse(LIST), {"action": "assign_to_chosen", "_selected_action": [one.pk], "officer": ""}, follow=True
    )

    one.refresh_from_db()
    assert one.officer == before
    assert [m.level_tag for m in answer.context["messages"]] == ["error"]


def test_others_than_officers_have_no_bulk_actions_and_nobody_deletes(client):
    one = make.application_at("submitted")
    client.force_login(make.make_staff("secretary"))

    client.post(reverse(LIST), {"action": "assign_to_me", "_selected_action": [one.pk]})
    deleted = client.post(reverse("admin:grants_application_delete", args=[one.pk]), {"post": "yes"})
    added = client.get(reverse("admin:grants_application_add"))

    before, one_again = one.officer, Application.objects.get(pk=one.pk)
    assert one_again.officer == before
    assert (deleted.status_code, added.status_code) == (403, 403)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_one_row_and_with_three(client, officer, django_assert_num_queries, rows):
    for _ in range(rows):
        make.application_at("submitted")
    client.get(reverse(LIST))

    with django_assert_num_queries(QUERIES):
        client.get(reverse(LIST))


def test_a_list_counts_no_further_than_it_must(client, officer, monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 2)
    for _ in range(3):
        make.application_at("submitted")

    listed = client.get(reverse(LIST)).context["cl"]

    assert (listed.result_count, listed.paginator.is_capped) == (2, True)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_list_renders_in_each_language(client, officer, language):
    one = make.application_at("submitted")
    client.cookies["django_language"] = language

    answer = client.get(reverse(LIST))

    assert one.title in answer.content.decode()
