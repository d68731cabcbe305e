"""Public pages: what they show, what they keep to themselves, how much they ask of the database."""

import gzip
import re
from datetime import UTC, date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from core import clock
from grants.models import Call
from grants.statuses import ApplicationStatus as A
from portal.queries.grants import year_progress
from tests.factories import (
    application_at,
    assign,
    decide,
    make_call,
    make_fund,
    make_investment,
    make_project,
    make_staff,
    make_user,
    make_year,
    pay,
    release,
    review,
)
from tests.shared import shared

pytestmark = [pytest.mark.django_db]
PAGES = ("portal:home", "portal:progress_grants", "portal:progress_fund")
LANGUAGES = ("kk", "ru", "en")


def address(name, language="en"):
    with override(language):
        return reverse(name)


def get(client, name, language="en"):
    return client.get(address(name, language)).content.decode()


def staged(call, title="", amount=2_000_000):
    """An application whose award is decided and not released."""
    application = application_at(A.ELIGIBLE, call=call)
    if title:
        type(application).objects.filter(pk=application.pk).update(title=title)
    for _ in range(call.reviews_needed):
        review(assign(application), 5)
    decide(application, "award", amount=amount)
    return application


def released(call, number):
    for _ in range(number):
        staged(call)
    release(call)


def fund_with(number):
    fund = make_fund()
    for _ in range(number):
        pay(make_investment(make_project(fund)))
    return fund


@shared
def season():
    """One award, one open call, one investment."""
    released(make_call(), 1)
    make_call()
    fund_with(1)


# --- how much a page asks -----------------------------------------------------------------------------


@pytest.mark.embedded
@pytest.mark.parametrize("rows", [1, 3])
def test_the_first_page_asks_four_questions(client, rows, django_assert_num_queries):
    released(make_call(), rows)
    for _ in range(rows):
        make_call()
    fund_with(rows)

    with django_assert_num_queries(4):
        answer = client.get(address("portal:home"))

    with django_assert_num_queries(1):  # the calls; the figures of a few seconds ago stand
        client.get(address("portal:home"))

    assert answer.context["year"].awarded_projects == rows
    assert answer.context["fund"].projects_done == rows


@pytest.mark.embedded
@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_grants_asks_eight_questions(client, rows, django_assert_num_queries):
    released(make_call(), rows)
    for _ in range(rows):
        make_call()

    # years; applications, awards, calls, sectors, districts; the list of awards and its count
    with django_assert_num_queries(8):
        client.get(address("portal:progress_grants"))


@pytest.mark.embedded
@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_the_fund_asks_five_questions(client, rows, django_assert_num_queries):
    fund_with(rows)

    # the fund; ledger, sectors; projects; founders
    with django_assert_num_queries(5):
        client.get(address("portal:progress_fund"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_is_at_most_60_kilobytes_in_8_requests(client, season, language):
    page = get(client, "portal:home", language)
    files = re.findall(r'(?:src|href)="/static/([^"]+)"', page)
    sizes = [len(gzip.compress(page.encode()))]
    sizes += [len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in files]

    assert len(sizes) <= 8
    assert sum(sizes) <= 60 * 1024


# --- what is public, and what is not yet -----------------------------------------------------------------


@pytest.mark.embedded
def test_a_staged_award_is_nowhere_until_it_is_released(client):
    call = make_call()
    application = staged(call, title="Құпия жоба")
    call.programme_year.refresh_from_db()
    assert call.programme_year.committed == Decimal(2_000_000)

    before = year_progress(call.programme_year)
    home, progress = get(client, "portal:home"), get(client, "portal:progress_grants")
    release(call)
    cache.clear()  # the figures of the first page may be some seconds old
    after = year_progress(call.programme_year)
    home_after, progress_after = get(client, "portal:home"), get(client, "portal:progress_grants")

    assert (before.total.awards, before.total.amount) == (0, Decimal(0))
    assert (after.total.awards, after.total.amount) == (1, Decimal(2_000_000))
    for page in (home, progress):
        assert "Құпия жоба" not in page
        assert "2,000,000" not in page
    assert "498,000,000" not in progress
    assert "KZT\u00a02,000,000" in home_after
    for words in ("Құпия жоба", application.organisation.name, "KZT\u00a02,000,000", "KZT\u00a0498,000,000"):
        assert words in progress_after


def test_declined_and_withdrawn_applications_are_counted_and_never_named(client):
    call = make_call()
    declined = application_at(A.DECLINED, call=call)
    type(declined).objects.filter(pk=declined.pk).update(title="Қабылданбаған жоба")

    page = get(client, "portal:progress_grants")
    found = year_progress(call.programme_year)

    assert (found.total.applications, found.total.awards) == (1, 0)
    assert found.decided.success == 0
    assert "Қабылданбаған жоба" not in page
    assert declined.organisation.name not in page


def test_a_draft_is_not_an_application_received():
    call = make_call()
    application_at(A.DRAFT, call=call)

    assert year_progress(call.programme_year).total.applications == 0


def test_sums_by_sector_and_district_add_up_to_the_year(client):
    call = make_call()
    released(call, 2)

    found = year_progress(call.programme_year)

    assert sum(t.amount for t in found.sectors) == found.total.amount == Decimal(4_000_000)
    assert sum(t.amount for t in found.districts) == found.total.amount
    assert [(one.pk, tally.awards) for one, tally in found.calls] == [(call.pk, 2)]


def test_the_public_page_of_the_fund_shows_no_sum_of_a_project(client):
    fund = make_fund()
    pay(make_investment(make_project(fund, title="Көкжиек"), amount=222_000), 111_000)
    pay(make_investment(make_project(fund, title="Дала"), amount=500_000), 400_000)
    make_investment(make_project(fund, title="Әлі төленбеген"), amount=333_000)

    page = get(client, "portal:progress_fund")

    assert "Көкжиек" in page
    assert "Әлі төленбеген" not in page
    assert "USD\u00a0511,000" in page
    for hidden in ("111,000", "222,000", "400,000", "333,000"):
        assert hidden not in page.replace("511,000", "")


def test_the_fund_stands_against_its_published_figures(client, at):
    from datetime import datetime

    fund = make_fund(counting_rule_en="Counts from the first payment.")
    fund.investors.create(name="Freedom Holding Corp.", position=1)
    for _ in range(2):
        pay(make_investment(make_project(fund)), on=date(2025, 12, 1))
    at(datetime(2027, 10, 1, 6, tzinfo=UTC))

    page = get(client, "portal:progress_fund")

    for words in ("Target, at least: 50", "USD\u00a039,000,000", "Behind the pace", "Freedom Holding Corp."):
        assert words in page
    assert "Counts from the first payment." in page


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_portal_says_so(client, page):
    answer = client.get(address(page))

    assert answer.status_code == 200


def test_an_unknown_year_is_not_found(client):
    make_year()

    assert client.get(address("portal:progress_grants") + "?year=1999").status_code == 404
    assert client.get(address("portal:progress_grants") + "?year=abc").status_code == 404
    assert client.get(address("portal:progress_grants") + "?page=x").status_code == 200


def test_a_year_that_is_being_prepared_does_not_take_the_first_page(client):
    this = clock.today().year
    make_year(year=this)
    make_year(year=this + 1)

    assert client.get(address("portal:home")).context["year"].year == this


# --- the call on the first page ---------------------------------------------------------------------------


def test_the_open_call_stands_on_the_first_page_with_its_clock(client):
    call = make_call()

    page = get(client, "portal:home")

    assert reverse("grants:call_detail", args=[call.public_id]).split("/", 2)[2] in page
    assert "data-deadline-epoch" in page
    assert "clock.js" in page


def test_a_call_to_come_shows_when_it_opens_and_a_draft_shows_nothing(client):
    call = make_call(opens_at=clock.now() + timedelta(days=2), closes_at=clock.now() + timedelta(days=9))

    assert "The next call" in get(client, "portal:home")
    Call.objects.filter(pk=call.pk).update(status="draft")
    assert "No call is open now" in get(client, "portal:home")


def test_an_invented_call_is_marked_wherever_it_stands(client):
    call = make_call(is_example=True)
    released(call, 1)
    make_call(is_example=True)

    for page in ("portal:home", "portal:progress_grants"):
        assert "Invented example" in get(client, page)


# --- languages, scripts, structure -------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_its_language_and_has_one_heading(client, season, name, language):
    page = get(client, name, language)

    assert f'<html lang="{language}"' in page
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert "{{" not in page
    assert "{%" not in page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_no_script_and_no_inline_style(client, season, name):
    page = get(client, name)

    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert re.findall(r"\sstyle=", page) == []
    assert re.findall(r"\son[a-z]+=", page) == []


def test_a_text_without_english_is_marked_with_its_language(client):
    make_call(title_en="")

    assert '<span lang="ru">Гранты креативному бизнесу</span>' in get(client, "portal:home")


@pytest.mark.parametrize(("asked", "path"), [("ru", "/ru/"), ("en-GB", "/en/"), ("de", "/kk/"), ("", "/kk/")])
def test_the_root_leads_to_the_readers_language(client, asked, path):
    answer = client.get("/", headers={"accept-language": asked})

    assert (answer.status_code, answer.url) == (302, path)


# --- after signing in -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("officer", "admin:index"),
        ("secretary", "admin:index"),
        ("commission", "admin:index"),
        ("finance", "admin:index"),
        ("auditor", "admin:index"),
        ("administrator", "admin:index"),
        ("expert", "grants:review_list"),
        ("manager", "funds:dashboard"),
        ("analyst", "funds:dashboard"),
        ("ic", "funds:dashboard"),
    ],
)
def test_after_signing_in_each_role_lands_on_its_first_page(client, role, name):
    client.force_login(make_staff(role))

    answer = client.get(address("portal:after_sign_in", "en"))

    assert answer.url == address(name, "ru")
    assert answer.cookies["django_language"].value == "ru"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entrepreneur_lands_on_their_applications_in_their_language(client, language):
    client.force_login(make_user(language=language))

    assert client.get(address("portal:after_sign_in", "en")).url == address("grants:application_list", language)


# --- what machines ask for -----------------------------------------------------------------------------------


def test_robots_and_favicon_answer(client):
    robots, icon = client.get("/robots.txt"), client.get("/favicon.ico")

    assert "Disallow: /admin/" in robots.content.decode()
    assert icon.url.endswith("apple.svg")


def test_a_refusal_that_no_form_has_shown_becomes_a_page(rf):
    from django.contrib.auth.models import AnonymousUser

    from core.middleware import RefusalMiddleware
    from core.refusals import NotAllowed, Refused

    request = rf.get("/en/")
    request.user = AnonymousUser()
    middleware = RefusalMiddleware(lambda r: None)

    with override("en"):
        late = middleware.process_exception(request, Refused("The call is closed."))
        foreign = middleware.process_exception(request, NotAllowed("You may not."))

    assert (late.status_code, foreign.status_code) == (409, 403)
    assert "The call is closed." in late.content.decode()
