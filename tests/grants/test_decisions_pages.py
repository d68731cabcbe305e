"""The pages on which decisions are staged and released."""

import pytest
from django.urls import reverse

from grants.models import Application, Call, Decision, ReasonPhrase
from grants.statuses import Outcome
from tests import factories
from tests.grants.deciding import close, scored, statuses
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def call() -> Call:
    return factories.make_call(factories.make_year(budget=2_500_000, kind="hackathon"), reviews_needed=1)


@shared
def four(call) -> list[Application]:
    """By rank: two fit under the line, one passes the mark and finds no money, one fails."""
    return [scored(call, score) for score in (5, 4, 3, 1)]


@shared
def secretary():
    return factories.make_staff("secretary")


@shared
def member():
    return factories.make_staff("commission")


# --- the pages --------------------------------------------------------------------------------------------------


def test_the_secretary_stages_one_from_the_page(client, four, secretary):
    phrase = ReasonPhrase.objects.create(kind="award", text_kk="Жақсы жоба.", text_ru="Хороший проект.")
    client.force_login(secretary)
    address = reverse("admin:grants_decision_stage", args=[four[0].public_id, "award"])

    typed = {"amount": "900 000", "phrases": [phrase.pk], "reason_ru": "И смета точна."}
    response = client.post(address, typed)

    decision = Decision.objects.get()
    assert response.status_code == 302
    assert decision.amount == 900_000
    assert (decision.reason_kk, decision.reason_ru) == ("Жақсы жоба.", "Хороший проект.\nИ смета точна.")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"amount": "миллион", "reason_kk": "а", "reason_ru": "б"}, "amount"),
        ({"amount": "900 000", "reason_kk": "а"}, "reason_ru"),
        ({"amount": "900 000", "reason_ru": "б"}, "reason_kk"),
        ({"amount": "9 000 000", "reason_kk": "а", "reason_ru": "б"}, "__all__"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_kept(client, four, secretary, typed, field):
    client.force_login(secretary)

    response = client.post(reverse("admin:grants_decision_stage", args=[four[0].public_id, "award"]), typed)

    assert set(response.context["form"].errors) == {field}
    assert typed["amount"] in response.content.decode()
    assert Decision.objects.count() == 0


def test_the_page_asks_for_a_motive_only_where_it_departs(client, four, secretary):
    client.force_login(secretary)

    def fields(row, outcome):
        page = client.get(reverse("admin:grants_decision_stage", args=[row.public_id, outcome]))
        return page.context["form"].fields

    assert "departure_motive" not in fields(four[0], "award")
    assert "departure_motive" in fields(four[0], "decline")
    assert "departure_motive" in fields(four[2], "award")
    assert "departure_motive" not in fields(four[2], "reserve")


def test_the_secretary_stages_all_and_a_member_releases_from_the_pages(client, call, four, secretary, member):
    bulk = reverse("admin:grants_decision_stage_as_ranked", args=[call.public_id])
    release = reverse("admin:grants_decision_release", args=[call.public_id])
    typed = {f"{o}-reason_{lang}": f"{o} {lang}" for o in Outcome.values for lang in ("kk", "ru")}
    client.force_login(secretary)
    incomplete = client.post(bulk, {**typed, "below": "reserve", "decline-reason_kk": ""})
    assert Decision.objects.count() == 0
    client.post(bulk, {**typed, "below": "reserve"})
    client.post(release, {"confirmed": "on"})
    close(call)
    client.post(release, {"confirmed": "on", "step": "propose"})
    client.force_login(member)
    unconfirmed = client.post(release, {})
    assert statuses(four) == ["eligible"] * 4

    response = client.post(release, {"confirmed": "on"}, follow=True)

    assert incomplete.status_code == 200
    assert set(unconfirmed.context["form"].errors) == {"confirmed"}
    assert statuses(four) == ["awarded", "awarded", "reserved", "declined"]
    assert response.status_code == 200


@pytest.mark.parametrize("name", ["grants_decision_stage_as_ranked", "grants_decision_release"])
def test_who_may_not_stage_or_release_is_told_so(client, call, four, name):
    client.force_login(factories.make_staff("officer"))
    address = reverse(f"admin:{name}", args=[call.public_id])

    response = client.post(address, {"confirmed": "on"})

    assert response.status_code == 403
    assert Decision.objects.count() == 0
