"""A computed assignment: asked for, computed by a task, applied at once, replaced; the same from the shell."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Sector
from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from grants.actions import assigning, pins, reviews
from grants.actions.reminders import remind_reviews
from grants.formulas.assigning import as_plain, from_plain
from grants.formulas.languages import language_of
from grants.models import Application, Assignment, AssignmentRun, Call, Conflict, Expert, Pin
from grants.queries.assigning_inputs import read_call, task_of
from grants.queries.assigning_result import compute
from grants.queries.assigning_words import names_in, pair_words, relaxation_words, stuck_words
from grants.statuses import ConflictKind, PinKind
from grants.tasks import compute_assignment, sweep_assignment_runs
from notifications.models import Message
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def call() -> Call:
    return factories.make_call(reviews_needed=2)


@shared
def three(call) -> list[Application]:
    return [factories.application_at("eligible", call=call) for _n in range(3)]


@shared
def experts(three) -> list[Expert]:
    made = [factories.make_expert() for _n in range(4)]
    for expert in made[:3]:
        expert.sectors.set([Sector.objects.get(code="it")])
    return made


@shared
def officer():
    return factories.make_user(roles=["officer"])


def computed(call, officer, **how) -> AssignmentRun:
    run = assigning.ask_run(call, by=officer, **how)
    assert compute_assignment(run.pk)
    run.refresh_from_db()
    return run


def live_pairs() -> set[tuple[str, int]]:
    return {
        (row.application.public_id, row.expert_id) for row in Assignment.objects.live().select_related("application")
    }


def test_a_run_keeps_inputs_result_hashes_and_time(call, experts, officer):
    run = computed(call, officer)

    assert run.is_full
    assert (len(run.inputs_sha256), len(run.result_sha256)) == (64, 64)
    assert run.progress == 100
    assert len(run.result["pairs"]) == 6
    assert run.finished_at is not None
    assert compute(from_plain(run.inputs)).result_sha256 == run.result_sha256
    assert not Assignment.objects.exists()


def test_the_same_data_give_the_same_hashes_again(call, experts, officer):
    one, other = computed(call, officer), computed(call, officer)

    assert (one.inputs_sha256, one.result_sha256) == (other.inputs_sha256, other.result_sha256)


def test_a_run_holds_no_names_and_no_addresses(call, experts, officer):
    run = computed(call, officer)

    text = json.dumps([run.inputs, run.result], ensure_ascii=False)
    people = [expert.user for expert in experts]
    assert [person.email for person in people if person.email in text] == []
    assert [row.title for row in Application.objects.all() if row.title in text] == []


def test_applying_asks_everybody_and_writes_one_letter_to_each(call, experts, officer):
    run = computed(call, officer)

    assigning.apply_run(run, by=officer)
    assigning.apply_run(run, by=officer)

    asked = {row.expert_id for row in Assignment.objects.live()}
    letters = Message.objects.filter(event="assigned_batch")
    assert Assignment.objects.live().count() == 6
    assert {row.run_id for row in Assignment.objects.live()} == {run.pk}
    assert letters.count() == len(asked)
    assert {letter.context["count"] for letter in letters} <= {1, 2, 3}
    assert AuditEvent.objects.filter(verb="assignment_run.apply").count() == 1
    assert AuditEvent.objects.filter(verb="assignment_run.assign").count() == len(asked)


def test_each_pair_says_why_it_was_made(call, experts, officer):
    assigning.apply_run(computed(call, officer), by=officer)

    row = Assignment.objects.live().filter(expert=experts[0]).first()
    words = pair_words(row.why)

    assert row.why["fits"]
    assert len(words) == 3


def test_a_conflict_that_comes_after_the_computing_stops_the_applying(call, three, experts, officer):
    run = computed(call, officer)
    pair = run.result["pairs"][0]
    application = Application.objects.get(public_id=pair["application"])
    person = Expert.objects.get(user__public_id=pair["expert"]).user
    Conflict.objects.create(person=person, application=application, kind=ConflictKind.RECORDED, note="Родственник")

    with pytest.raises(Refused) as refusal:
        assigning.apply_run(run, by=officer)

    assert refusal.value.code == "conflict"
    assert not Assignment.objects.exists()


def test_anything_else_that_changed_stops_the_applying_too(call, three, experts, officer):
    run = computed(call, officer)
    type(experts[0]).objects.filter(pk=experts[0].pk).update(max_load=1)

    with pytest.raises(Refused) as refusal:
        assigning.apply_run(run, by=officer)

    assert refusal.value.code == "stale"
    assert not Assignment.objects.exists()


def test_a_second_run_keeps_what_is_read_and_done_and_moves_as_little_as_it_can(call, three, experts, officer):
    assigning.apply_run(computed(call, officer), by=officer)
    before = live_pairs()
    done, begun = Assignment.objects.live().order_by("pk")[:2]
    factories.review(done)
    reviews.declare_no_conflict(begun, by=begun.expert.user)

    run = computed(call, officer)
    assigning.apply_run(run, by=officer)

    held = {(row["application"], row["expert"]): row["held"] for row in run.result["pairs"]}
    assert live_pairs() == before
    assert held[done.application.public_id, done.expert.user.public_id] == "review"
    assert held[begun.application.public_id, begun.expert.user.public_id] == "begun"
    assert Message.objects.filter(event="assigned_batch", dedupe_key__contains=run.public_id).count() == 0


def test_pins_fix_a_pair_and_keep_one_apart(call, three, experts, officer):
    pins.add_pin(three[0], experts[3], kind=PinKind.TOGETHER, reason="Знает рынок", by=officer)
    pins.add_pin(three[1], experts[0], kind=PinKind.APART, reason="Спор", by=officer)

    run = computed(call, officer)

    pairs = {(row["application"], row["expert"]) for row in run.result["pairs"]}
    assert (three[0].public_id, experts[3].user.public_id) in pairs
    assert (three[1].public_id, experts[0].user.public_id) not in pairs


def test_a_pin_is_never_above_a_conflict_of_interest(call, three, experts, officer):
    pin = pins.add_pin(three[0], experts[3], kind=PinKind.TOGETHER, reason="Знает рынок", by=officer)
    Conflict.objects.create(person=experts[3].user, application=three[0], kind=ConflictKind.RECORDED)
    Conflict.objects.create(person=experts[2].user, application=three[0], kind=ConflictKind.RECORDED)

    run = computed(call, officer)
    with pytest.raises(Refused) as refusal:
        pins.add_pin(three[0], experts[2], kind=PinKind.TOGETHER, reason="Знает рынок", by=officer)

    assert refusal.value.code == "conflict"
    assert Pin.objects.live().get() == pin
    assert (three[0].public_id, experts[3].user.public_id) not in {
        (row["application"], row["expert"]) for row in run.result["pairs"]
    }


def test_a_pin_needs_a_reason_and_a_later_word_replaces_it(three, experts, officer):
    with pytest.raises(Refused) as refusal:
        pins.add_pin(three[0], experts[0], kind=PinKind.APART, reason=" ", by=officer)
    first = pins.add_pin(three[0], experts[0], kind=PinKind.APART, reason="Спор", by=officer)
    second = pins.add_pin(three[0], experts[0], kind=PinKind.TOGETHER, reason="Спора нет", by=officer)
    pins.remove_pin(second, by=officer)

    assert refusal.value.code == "no_reason"
    assert Pin.objects.filter(removed_at__isnull=False).count() == 2
    assert first.pk != second.pk


def test_who_falls_ill_is_replaced_and_their_finished_reviews_stay(call, three, experts, officer):
    assigning.apply_run(computed(call, officer), by=officer)
    busiest = max(experts, key=lambda expert: Assignment.objects.live().filter(expert=expert).count())
    theirs = list(Assignment.objects.live().filter(expert=busiest).order_by("pk"))
    factories.review(theirs[0])
    others = live_pairs() - {(row.application.public_id, busiest.pk) for row in theirs}

    run = computed(call, officer, replaces=busiest)
    assigning.apply_run(run, by=officer)

    kept = (theirs[0].application.public_id, busiest.pk)
    assert others | {kept} <= live_pairs()
    assert [pair for pair in live_pairs() if pair[1] == busiest.pk] == [kept]
    assert Assignment.objects.live().count() == 6
    assert theirs[0].review.submitted_at is not None
    assert {row.returned_reason for row in Assignment.objects.filter(expert=busiest, returned_at__isnull=False)} <= {
        "replaced"
    }


def test_what_was_handed_back_is_not_given_to_the_same_expert_again(call, three, experts, officer):
    assigning.apply_run(computed(call, officer), by=officer)
    row = Assignment.objects.live().first()
    reviews.hand_back(row, reason="Мало времени", by=row.expert.user)

    run = computed(call, officer)
    assigning.apply_run(run, by=officer)

    assert (row.application.public_id, row.expert_id) not in live_pairs()
    assert Assignment.objects.live().count() == 6


def test_a_letter_about_a_batch_of_which_nothing_is_left_is_not_sent(call, three, experts, officer):
    assigning.apply_run(computed(call, officer), by=officer)
    expert = Assignment.objects.live().first().expert

    for row in Assignment.objects.live().filter(expert=expert):
        reviews.hand_back(row, reason="Заболел", by=expert.user)

    assert Message.objects.get(event="assigned_batch", user=expert.user).cancelled_at is not None


def test_what_is_impossible_is_said_in_words_and_giving_way_makes_it_possible(call, three, experts, officer):
    Expert.objects.update(max_load=1)

    stuck = computed(call, officer)
    known = names_in(stuck.inputs)
    words = [relaxation_words(one, known) for one in stuck.result["relaxations"]]
    relaxed = computed(call, officer, relaxed=[assigning.Relaxation(**one) for one in stuck.result["relaxations"]])

    assert not stuck.is_full
    assert stuck_words(stuck.result, known) != []
    assert len(words) == len(stuck.result["relaxations"])
    assert sum(one["number"] for one in stuck.result["relaxations"]) == 2
    assert relaxed.is_full
    with pytest.raises(Refused) as refusal:
        assigning.apply_run(stuck, by=officer)
    assert refusal.value.code == "not_full"
    assert assigning.apply_run(relaxed, by=officer).applied_at is not None


def test_an_application_that_nobody_reads_asks_for_a_translation(call, three, experts, officer):
    for expert in experts:
        type(expert).objects.filter(pk=expert.pk).update(languages=["en"])

    stuck = computed(call, officer)

    assert {one["kind"] for one in stuck.result["relaxations"]} == {"translate"}
    assert {lack["away"]["language"] for lack in stuck.result["lacks"]} == {4}


def test_one_run_at_a_time_and_only_staff_ask(call, experts, officer):
    assigning.ask_run(call, by=officer)

    with pytest.raises(Refused) as refusal:
        assigning.ask_run(call, by=officer)
    with pytest.raises(NotAllowed):
        assigning.ask_run(call, by=experts[0].user)

    assert refusal.value.code == "running"
    assert sweep_assignment_runs() == 1
    assert sweep_assignment_runs() == 0


def test_a_run_that_a_worker_holds_is_not_computed_twice(call, experts, officer):
    run = assigning.ask_run(call, by=officer)
    AssignmentRun.objects.filter(pk=run.pk).update(started_at=assigning.clock.now())

    assert not compute_assignment(run.pk)


def test_the_shell_prints_what_the_page_shows_with_the_same_hashes(call, experts, officer):
    run, out, plain = computed(call, officer), StringIO(), StringIO()

    call_command("assign_experts", call.public_id, "--dry-run", "--json", stdout=out)
    call_command("assign_experts", call.public_id, "--dry-run", stdout=plain)

    printed = json.loads(out.getvalue())
    assert printed["inputs_sha256"] == run.inputs_sha256
    assert printed["result"] == run.result
    assert run.result_sha256 in plain.getvalue()
    with pytest.raises(CommandError):
        call_command("assign_experts", call.public_id)
    with pytest.raises(CommandError):
        call_command("assign_experts", "nothing", "--dry-run")


def test_inputs_cost_the_same_queries_with_one_and_with_three_applications(
    call, three, experts, django_assert_num_queries
):
    other = Call.objects.get(
        pk=factories.application_at("eligible", call=factories.make_call(reviews_needed=2)).call_id
    )

    with django_assert_num_queries(19):
        whole = task_of(call)
    with django_assert_num_queries(19):
        single = task_of(other)

    assert (len(as_plain(whole)["papers"]), len(as_plain(single)["papers"])) == (3, 1)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Қазақ тіліндегі ойын студиясы", "kk"),
        ("Игровая студия на русском языке", "ru"),
        ("Студия «Әлем» делает игры, музыку и анимацию для детей и подростков, а также для взрослых людей", "ru"),
        ("A studio for games", "en"),
        ("", "ru"),
    ],
)
def test_letters_tell_the_language_of_a_text(text, language):
    assert language_of(text) == language


def test_several_reviews_that_are_due_are_one_letter_which_is_cancelled_when_none_is_left(
    call, three, experts, officer
):
    assigning.apply_run(computed(call, officer), by=officer)
    Assignment.objects.update(due_on=clock.today())
    expert = max(experts, key=lambda one: Assignment.objects.live().filter(expert=one).count())

    remind_reviews()
    remind_reviews()
    theirs = Message.objects.filter(user=expert.user, event="reviews_due")
    written = theirs.get()
    for row in Assignment.objects.live().filter(expert=expert):
        reviews.hand_back(row, reason="Заболел", by=expert.user)

    assert written.context["count"] == 2
    assert theirs.get().cancelled_at is not None


def test_in_a_blind_call_nobody_who_reads_dossiers_is_computed_in():
    call = factories.make_call(reviews_needed=1, is_blind=True)
    factories.application_at("eligible", call=call)
    factories.make_expert(factories.make_user(roles=["officer", "expert"]))
    free = factories.make_expert()

    found = read_call(call)

    assert found.experts == [free]
