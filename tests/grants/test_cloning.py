"""A call once more, for a new year: everything but what is named, and it publishes."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from accounts.models import Sector
from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from grants.actions.call_defaults import fill_with_usual
from grants.actions.cloning import LEFT_BEHIND, LISTS, MADE_ANEW, clone_call
from grants.models import Call, ProgrammeYear, SectorFloor
from grants.queries.cloning import in_another_year
from grants.statuses import CallStatus
from questionnaires.models import CrossRule, Question
from tests import factories as make
from tests.shared import shared

pytestmark = pytest.mark.django_db
# Every relation that points at a call is copied (LISTS) or named here.
BELONGS_TO_THE_OLD_CALL = {
    "applications", "assignment_runs", "check_rounds", "extensions", "questions", "ranking_runs", "rules_versions",
    "samples", "what_ifs",
}  # fmt: skip


@shared
def officer():
    return make.make_staff("officer")


@shared
def old(officer) -> Call:
    """A published call with every list and with terms that are not the usual ones."""
    call = make.make_draft_call(
        order=make.make_order(), experts_order=make.make_order(), is_blind=True, load_min=2, load_max=7,
        observers_needed=3, extra_review_over=30, allows_partial=True, held_back_percent=5, vat_percent=12,
        appeal_commission=make.make_committee(), pass_mark=65, grace_minutes=3, is_example=True,
    )  # fmt: skip
    call.criteria.all().delete()
    call.requirements.all().delete()
    fill_with_usual(call, by=officer)
    call.sectors.set(Sector.objects.filter(code="it"))
    SectorFloor.objects.create(call=call, sector=Sector.objects.get(code="it"), amount=10_000_000)
    CrossRule.objects.create(
        questionnaire=call.questionnaire,
        kind="sum_at_most",
        of=["jobs"],
        limit=500,
        message_kk="Көп.",
        message_ru="Много.",
    )
    make.publish(call)
    return call


@shared
def next_year(old) -> ProgrammeYear:
    return make.make_year(year=clock.today().year + 1)


def columns(row, *without: str) -> dict:
    left = {f.name: getattr(row, f.attname) for f in row._meta.concrete_fields}
    return {name: value for name, value in left.items() if name not in without}


def test_a_clone_differs_in_nothing_but_what_is_named(old, next_year, officer):
    new = clone_call(old, next_year, by=officer)

    new.refresh_from_db()
    before, after = columns(old), columns(new)
    assert {name for name in before if before[name] != after[name]} <= MADE_ANEW | LEFT_BEHIND
    assert {name for name in before if before[name] == after[name]} >= set(before) - MADE_ANEW - LEFT_BEHIND
    assert (new.status, new.order, new.published_at, new.questionnaire_version) == (CallStatus.DRAFT, None, None, None)
    assert list(new.sectors.all()) == list(old.sectors.all())


def test_no_column_that_actions_write_is_copied():
    """A stamp that is added to Call later is not editable, and has to be named as left behind."""
    written = {f.name for f in Call._meta.concrete_fields if not f.editable}

    assert written <= MADE_ANEW | LEFT_BEHIND


def test_every_row_of_a_call_is_copied_or_named_as_the_old_calls_own():
    relations = {relation.get_accessor_name() for relation in Call._meta.related_objects}

    assert relations == set(LISTS) | BELONGS_TO_THE_OLD_CALL


@pytest.mark.parametrize("name", LISTS)
def test_its_lists_are_the_same_rows_once_more(old, next_year, officer, name):
    new = clone_call(old, next_year, by=officer)

    rows = [[columns(row, "id", "call") for row in getattr(call, name).all()] for call in (old, new)]
    assert rows[0] == rows[1]
    assert len(rows[1]) > 0


def test_days_move_by_whole_years_and_vat_is_that_of_the_day_of_opening(old, next_year, officer):
    new = clone_call(old, next_year, by=officer)

    assert new.opens_at == in_another_year(old.opens_at, 1)
    assert new.closes_at == in_another_year(old.closes_at, 1)
    assert (old.vat_percent, new.vat_percent) == (12, 16)


def test_a_year_that_is_over_leads_to_days_in_the_future(old, officer):
    new = clone_call(old, make.make_year(year=clock.today().year - 3), by=officer)

    assert new.opens_at > clock.now()


def test_the_29th_of_february_is_the_28th_where_there_is_none():
    moved = in_another_year(datetime.fromisoformat("2028-02-29T18:00+05:00"), 1)

    assert moved.isoformat() == "2029-02-28T18:00:00+05:00"


def test_its_questions_are_a_desk_of_their_own(old, next_year, officer):
    new = clone_call(old, next_year, by=officer)

    Question.objects.filter(section__questionnaire=new.questionnaire, key="jobs").update(limit=7)
    assert new.questionnaire.code == f"{old.questionnaire.code}-{next_year.year}"
    assert new.questionnaire.title_kk == f"{old.questionnaire.title_kk} · {next_year.year}"
    assert Question.objects.get(section__questionnaire=old.questionnaire, key="jobs").limit == 1000
    assert new.questionnaire.cross_rules.count() == 1
    assert new.questionnaire.versions.count() == 0


def test_the_same_questionnaire_may_be_shared(old, next_year, officer):
    new = clone_call(old, next_year, has_own_questions=False, by=officer)

    assert new.questionnaire == old.questionnaire


def test_a_clone_publishes_and_its_trail_names_the_old_call(old, next_year, officer):
    new = clone_call(old, next_year, by=officer)

    make.publish(new)

    new.refresh_from_db()
    assert new.status == CallStatus.PUBLISHED
    assert AuditEvent.objects.get(verb="call.clone", object_id=new.public_id).data["from"] == old.public_id


def test_days_in_the_past_and_out_of_order_are_refused(old, next_year, officer):
    now = clock.now()
    for opens_at, closes_at in ((now - timedelta(days=1), None), (now + timedelta(days=9), now + timedelta(days=8))):
        with pytest.raises(Refused):
            clone_call(old, next_year, opens_at=opens_at, closes_at=closes_at, by=officer)

    assert Call.objects.count() == 1


def test_only_those_who_prepare_calls_clone(old, next_year):
    with pytest.raises(NotAllowed):
        clone_call(old, next_year, by=make.make_staff("secretary"))


def test_the_page_asks_for_the_days_and_leads_to_the_draft(client, old, next_year, officer):
    client.force_login(officer)
    address = reverse("admin:grants_call_clone", args=[old.pk])
    opened = client.get(address)
    begun = opened.context["form"].initial

    answer = client.post(
        address,
        {
            "programme_year": next_year.pk,
            "opens_at": begun["opens_at"].strftime("%Y-%m-%dT%H:%M"),
            "closes_at": begun["closes_at"].strftime("%Y-%m-%dT%H:%M"),
            "has_own_questions": "on",
        },
    )

    new = Call.objects.exclude(pk=old.pk).get()
    assert begun["programme_year"] == next_year.pk
    assert answer["Location"] == reverse("admin:grants_call_change", args=[new.pk])
    assert client.get(reverse("admin:grants_call_change", args=[old.pk])).content.decode().count(address) == 1
