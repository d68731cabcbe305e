"""Appeals: within their days, answered by people who took no part, and what an upheld one brings back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.statuses import Role
from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from core.working_days import add_working_days
from grants.actions.appeals import answer_appeal, make_appeal
from grants.models import Appeal, Application, Decision
from grants.queries.appeals import notice_of, took_part
from grants.statuses import ApplicationStatus as A
from grants.statuses import Outcome
from notifications.models import Message
from tests import factories
from tests.grants.rows import run
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
REASONS = {"reason_kk": "Дәлел жеткілікті.", "reason_ru": "Доводы достаточны."}


@shared
def declined() -> Application:
    year = factories.make_year(kind="accelerator")  # no commission: the secretary stages
    return factories.application_at(A.DECLINED, call=factories.make_call(year, reviews_needed=1))


@shared
def ineligible() -> Application:
    return factories.application_at(A.INELIGIBLE)


@shared
def stranger():
    """An officer who took no part."""
    return factories.make_staff("officer")


def appealed(application: Application, **how) -> Appeal:
    return make_appeal(application, text="Мен келіспеймін.", by=application.created_by, **how)


def uphold(appeal: Appeal, by, **how) -> Appeal:
    return answer_appeal(appeal, outcome="upheld", by=by, **{"returns_to": "vote", **REASONS, **how})


def code_of(action, *what, **how) -> str:
    with pytest.raises(Refused) as caught:
        action(*what, **how)
    return caught.value.code


# --- making one -----------------------------------------------------------------------------------


def test_an_owner_appeals_and_those_who_may_answer_are_told(declined, stranger):
    appeal = appealed(declined)

    decision = Decision.objects.get()
    letters = dict(Message.objects.filter(event__startswith="appeal").values_list("event", "user"))
    assert (appeal.against, appeal.decision) == ("decision", decision)
    assert timezone.localdate(appeal.due_at) == add_working_days(clock.today(), 10)
    assert letters == {
        "appeal_made": declined.created_by_id,
        "appeal_to_answer": letters["appeal_to_answer"],
        "appeal_due": letters["appeal_due"],
    }
    told = set(Message.objects.filter(event="appeal_to_answer").values_list("user", flat=True))
    assert stranger.pk in told
    assert told & took_part(declined) == set()
    assert AuditEvent.objects.get(verb="application.appeal").data["appeal"] == appeal.public_id


def test_an_ineligible_applicant_appeals_while_experts_still_read(ineligible):
    read = factories.application_at(A.ELIGIBLE, call=ineligible.call)

    appeal = appealed(ineligible)

    assert (appeal.against, appeal.decision) == ("ineligible", None)
    assert read.status == A.ELIGIBLE


def test_the_term_is_five_working_days_to_its_last_minute(declined, at):
    until = notice_of(declined).until
    last = add_working_days(clock.today(), 5)
    at(until + timedelta(minutes=1))
    late = code_of(appealed, declined)
    at(until)

    appealed(declined)

    assert timezone.localdate(until) == last
    assert late == "late"


def test_one_decision_is_appealed_against_once_and_by_an_owner(declined):
    editor = factories.make_user()
    factories.add_member(declined.organisation, editor, "editor")

    assert code_of(make_appeal, declined, text="x", by=editor) == "not_an_owner"
    assert code_of(make_appeal, declined, text="  ", by=declined.created_by) == "no_words"
    appealed(declined)
    assert code_of(appealed, declined) == "no_notice"


@pytest.mark.parametrize("status", [A.DRAFT, A.SUBMITTED, A.ELIGIBLE, A.AWARDED, A.WITHDRAWN])
def test_without_a_refusal_there_is_nothing_to_appeal_against(status):
    application = factories.application_at(status)

    assert notice_of(application) is None


# --- answering ------------------------------------------------------------------------------------


def test_nobody_who_took_part_answers(declined):
    appeal, found = appealed(declined), {}
    involved = User.objects.filter(pk__in=took_part(declined))

    for person in involved:
        person.groups.add(Group.objects.get(name="officer"))
        found[person.pk] = code_of(uphold, appeal, User.objects.get(pk=person.pk))

    assert set(found.values()) == {"took_part"}
    assert len(found) == 4  # the officer, the expert, the secretary, the member of the commission


def test_the_database_refuses_an_answer_of_who_took_part(declined, stranger):
    appeal = appealed(declined)
    sql = (
        "UPDATE grants_appeal SET answered_at = %s, answered_by_id = %s, outcome = 'dismissed', "
        "reason_kk = 'а', reason_ru = 'б'"
    )
    refused = []
    for person in took_part(declined):
        try:
            with transaction.atomic():
                run(sql, clock.now().isoformat(), person)
        except DatabaseError:
            refused.append(person)

    run(sql, clock.now().isoformat(), stranger.pk)

    appeal.refresh_from_db()
    assert set(refused) == took_part(declined)
    assert appeal.outcome == "dismissed"


CHANGES = ["text = 'x'", "outcome = 'upheld', returns_to = 'vote'", "reason_ru = 'x'", "due_at = made_at"]


def test_an_answered_appeal_never_changes_and_none_is_deleted(declined, stranger):
    answer_appeal(appealed(declined), outcome="dismissed", **REASONS, by=stranger)
    statements = [*(f"UPDATE grants_appeal SET {change}" for change in CHANGES), "DELETE FROM grants_appeal"]
    refused = 0
    for statement in statements:
        try:
            with transaction.atomic():
                run(statement)
        except DatabaseError:
            refused += 1

    assert refused == len(statements)


@pytest.mark.parametrize("role", ["commission", "expert", "finance", "auditor", "administrator"])
def test_other_roles_do_not_answer(declined, role):
    with pytest.raises(NotAllowed):
        uphold(appealed(declined), factories.make_staff(role))


def test_an_answer_needs_reasons_an_outcome_and_a_way(declined, stranger):
    appeal = appealed(declined)

    found = [
        code_of(uphold, appeal, stranger, reason_kk=" "),
        code_of(uphold, appeal, stranger, returns_to="nowhere"),
        code_of(answer_appeal, appeal, outcome="maybe", **REASONS, by=stranger),
    ]

    assert found == ["no_reason", "no_way", "no_outcome"]
    assert Application.objects.get().status == A.DECLINED


def test_a_dismissed_appeal_changes_nothing_and_is_told(declined, stranger):
    answer_appeal(appealed(declined), outcome="dismissed", **REASONS, by=stranger)

    declined.refresh_from_db()
    letter = Message.objects.get(event="appeal_dismissed")
    assert (declined.status, letter.context["reason"]) == (A.DECLINED, REASONS["reason_ru"])
    assert Message.objects.filter(event="appeal_due", cancelled_at=None).count() == 0


def test_an_upheld_appeal_against_not_eligible_brings_it_to_the_experts(ineligible, stranger):
    appeal = uphold(appealed(ineligible), stranger)

    ineligible.refresh_from_db()
    assert (ineligible.status, appeal.returns_to) == (A.ELIGIBLE, "review")
    assert Message.objects.filter(event="appeal_upheld").count() == 1


def test_an_upheld_appeal_is_decided_anew_and_released_by_two(declined, stranger):
    uphold(appealed(declined), stranger)
    declined.refresh_from_db()
    reopened = declined.status

    factories.decide(declined, Outcome.AWARD)
    factories.release(declined.call)

    declined.refresh_from_db()
    first, second = Decision.objects.order_by("pk")
    assert (reopened, declined.status) == (A.ELIGIBLE, A.AWARDED)
    assert (first.void_kind, second.outcome, second.voided_at) == ("appealed", "award", None)
    assert declined.awards.get().amount == 2_000_000
    assert declined.call.status == "decided"


def test_a_grant_call_votes_again_about_what_an_appeal_brought_back(stranger):
    declined = factories.application_at(A.DECLINED, call=factories.make_call(reviews_needed=1))
    voters = User.objects.filter(seats__isnull=False)
    uphold(appealed(declined), stranger)

    factories.decide(Application.objects.get(pk=declined.pk), Outcome.AWARD)
    factories.release(declined.call)

    declined.refresh_from_db()
    assert declined.status == A.AWARDED
    assert set(voters.values_list("pk", flat=True)) <= took_part(declined)


def test_a_release_waits_for_appeals_against_not_eligible():
    call = factories.make_call(reviews_needed=1)
    decided = factories.application_at(A.ELIGIBLE, call=call)
    factories.review(factories.assign(decided))
    refused = factories.application_at(A.INELIGIBLE, call=call)
    factories.decide(decided)
    appealed(refused)

    assert code_of(factories.release, call) == "appeal_open"


# --- the pages ------------------------------------------------------------------------------------


def test_the_applicant_reads_the_right_writes_and_follows_it(client, declined, stranger):
    client.force_login(declined.created_by)
    detail, page = (reverse(f"grants:application_{n}", args=[declined.public_id]) for n in ("detail", "appeal"))
    before = client.get(detail)
    empty = client.post(page, {"text": ""})
    sent = client.post(page, {"text": "Комиссия не увидела приложение.", "document": factories.pdf()})
    waiting = client.get(detail)
    uphold(Appeal.objects.get(), stranger)

    after = client.get(detail).content.decode()

    assert page in before.content.decode()
    assert set(empty.context["form"].errors) == {"text"}
    assert sent.status_code == 302
    assert waiting.context["standing"].until == Appeal.objects.get().due_at
    assert "Комиссия не увидела приложение." in waiting.content.decode()
    assert REASONS["reason_kk"] in after
    assert client.get(reverse("grants:appeal_document", args=[Appeal.objects.get().public_id])).status_code == 200


def test_an_officer_answers_at_the_desk_and_who_took_part_only_reads(client, declined, stranger):
    appeal = appealed(declined)
    page = reverse("admin:grants_appeal_change", args=[appeal.pk])
    client.force_login(factories.with_second_factor(declined.officer))
    involved = client.get(page)
    client.force_login(stranger)

    read = client.get(page)
    client.post(page, {"outcome": "dismissed", "returns_to": "vote", **REASONS})

    appeal.refresh_from_db()
    assert (involved.context["may_answer"], read.context["may_answer"]) == (False, True)
    assert appeal.text in read.content.decode()
    assert (appeal.outcome, appeal.answered_by) == ("dismissed", stranger)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_appeals_costs_the_same_however_many_there_are(client, stranger, rows, django_assert_num_queries):
    call = factories.make_call(reviews_needed=1)
    for _n in range(rows):
        appealed(factories.application_at(A.INELIGIBLE, call=call))
    client.force_login(stranger)
    client.get(reverse("admin:grants_appeal_changelist"))

    with django_assert_num_queries(5):
        client.get(reverse("admin:grants_appeal_changelist"))


def test_exactly_these_people_see_an_appeal(declined):
    appeal, viewer = appealed(declined), factories.make_user()
    factories.add_member(declined.organisation, viewer, "viewer")
    people = {"owner": declined.created_by, "viewer": viewer, "outsider": factories.make_user()}
    people |= {str(role.value): factories.make_user(roles=[role]) for role in Role}

    seen = {who for who, person in people.items() if Appeal.objects.visible_to(person).filter(pk=appeal.pk).exists()}

    assert seen == {"owner", "viewer", "officer", "secretary", "commission", "auditor"}
