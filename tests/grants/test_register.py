"""The register of exceptions reads rows that stand elsewhere; the sample of awards is chosen by a seed alone."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from core import clock
from grants.actions import batches, payments, registers, reviews
from grants.actions.exports import ask_export, make_export
from grants.formulas.sampling import sample
from grants.models import Application, Award, Conflict, Correction, Export
from grants.queries.exceptions import lines_of, public_counts, register
from grants.statuses import ConflictKind, ExceptionKind, ExportKind
from tests import factories
from tests import factories_money as money
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def auditor():
    return factories.make_staff("auditor")


@shared
def awarded() -> Application:
    """One application with every kind of exception."""
    application = factories.application_at("eligible")
    expert = factories.make_expert()
    assignment = factories.review(factories.assign(application, expert))
    scores = {
        c.key: {"score": 3, "words": "Қайта оқыдым.", "evidence": "fact:summary"}
        for c in application.call.criteria.all()
    }
    reviews.submit_review(assignment, scores=scores, comment="Нақтылау керек.", change_reason="Қате.", by=expert.user)
    factories.review(factories.assign(application))
    factories.decide(application)
    now, officer = clock.now(), factories.make_user(roles=["officer"])
    reasons = {"reason_kk": "Себеп", "reason_ru": "Причина"}
    Correction.objects.create(
        application=application,
        fields=["title"],
        opened_by=officer,
        opened_at=now - timedelta(days=3),
        due_at=now - timedelta(days=2),
        expired_at=now,
        **reasons,
    )
    Conflict.objects.create(
        person=factories.make_user(), application=application, kind=ConflictKind.PHONE, lift_reason="Хаб.",
        lift_proposed_at=now, lift_proposed_by=officer, lifted_at=now, lifted_by=factories.make_user(roles=["officer"]),
    )  # fmt: skip
    factories.extend(factories.make_draft(call=application.call), closes_at=now + timedelta(days=25), **reasons)
    return application


def kinds(reader, **of) -> list[str]:
    return sorted(kind for kind, _pk, _at in register(reader, **of))


def test_every_kind_is_read_from_its_own_rows(awarded, auditor):
    lines = lines_of(list(register(auditor)))

    assert {line.kind for line in lines} == set(ExceptionKind) - {ExceptionKind.PAYMENT}
    assert all(line.why for line in lines)
    assert len([line for line in lines if line.kind == ExceptionKind.SCORE]) == 3
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)


def test_a_payment_that_was_cancelled_and_one_that_came_back_stand_in_it_with_their_reasons(auditor):
    people = money.staff_of_money()
    award = money.payable_award(factories.application_at("awarded"))
    cancelled = money.batch_of(money.first_of(award), people=people)
    batches.cancel_batch(cancelled, by=people["maker"])
    made = batches.make_batch(cancelled.programme_year, tranches=[money.first_of(award)], by=people["maker"])
    registers.write_register(batches.check_batch(made, by=people["checker"]).pk)
    sent = batches.send_batch(made, by=people["payer"])
    failed = {"reason": "Шот жабық.", "returned_on": clock.today()}
    payments.payment_came_back(sent.payments.get(), by=people["payer"], **failed)

    lines = lines_of(list(register(auditor, kind=ExceptionKind.PAYMENT)))

    assert [line.application for line in lines] == [award.application] * 2
    assert lines[0].why == "Шот жабық."
    assert cancelled.number in lines[1].why


def test_it_is_filtered_by_call_and_by_kind(awarded, auditor):
    elsewhere = factories.make_call()

    assert kinds(auditor, call=elsewhere) == []
    assert kinds(auditor, call=awarded.call, kind=ExceptionKind.LIFTED) == ["lifted"]


def test_who_has_a_conflict_reads_nothing_of_that_application(awarded):
    reader = factories.make_staff("officer")
    Conflict.objects.create(person=reader, application=awarded, kind=ConflictKind.RECORDED)

    assert kinds(reader) == ["extension"]


def test_who_still_owes_a_review_reads_no_scores_of_the_call(awarded):
    reader = factories.make_user(roles=["officer", "expert"])
    other = factories.application_at("eligible", call=factories.make_call())
    Application.objects.filter(pk=other.pk).update(call=awarded.call)
    factories.assign(other, factories.make_expert(reader))

    assert kinds(reader) == ["correction", "extension", "lifted"]


def test_the_public_reads_numbers_of_released_calls_alone(awarded):
    before = public_counts()
    factories.release(awarded.call)

    ((call, numbers),) = public_counts()

    assert before == []
    counted = {"departure": 1, "score": 3, "extension": 1, "lifted": 1, "correction": 1, "payment": 0}
    assert (call, numbers) == (awarded.call, counted)


@pytest.mark.parametrize(
    ("role", "status"),
    [("auditor", 200), ("officer", 200), ("secretary", 200), ("administrator", 200), ("finance", 404)],
)
@pytest.mark.parametrize("which", ["exceptions", "sample"])
def test_the_pages_are_for_those_who_prepare_and_audit(client, awarded, role, status, which):
    client.force_login(factories.make_staff(role))

    assert client.get(reverse(f"admin:grants_award_{which}")).status_code == status


def test_the_register_costs_the_same_for_one_call_and_for_all(client, awarded, auditor, django_assert_max_num_queries):
    client.force_login(auditor)

    with django_assert_max_num_queries(22):
        page = client.get(reverse("admin:grants_award_exceptions")).content.decode()

    assert "Хаб." in page


def test_the_register_is_taken_as_a_file_with_the_filters_of_its_page(client, awarded, auditor):
    client.force_login(auditor)
    ask = reverse("admin:grants_export_ask", args=["register"])
    page = client.get(reverse("admin:grants_award_exceptions"), {"kind": "lifted"}).content.decode()

    client.post(f"{ask}?kind=lifted", {"file_format": "xlsx"})
    client.post(ask, {"file_format": "xlsx"})

    lifted, whole = Export.objects.order_by("pk")
    assert f"{ask}?kind=lifted" in page
    assert [(row[0], row[5]) for row in cells_of(lifted)[1:]] == [(awarded.number, "Хаб.")]
    assert len(cells_of(whole)) == 1 + len(list(register(auditor)))


def test_an_exception_that_is_closed_since_is_left_out_of_the_file(awarded):
    reader = factories.make_staff("officer")
    rows = [f"{kind}:{pk}" for kind, pk, _at in register(reader)]
    export = ask_export(ExportKind.REGISTER, rows=rows, file_format="xlsx", by=reader)
    Conflict.objects.create(person=reader, application=awarded, kind=ConflictKind.RECORDED)

    assert [row[0] for row in cells_of(export)[1:]] != []
    assert awarded.number not in [row[0] for row in cells_of(export)[1:]]


def cells_of(export: Export) -> list[list]:
    make_export(export.pk)
    export.refresh_from_db()
    with default_storage.open(str(export.document.file.name), "rb") as stored:
        return [[cell.value for cell in row] for row in load_workbook(stored).active.iter_rows()]


# --- the sample -----------------------------------------------------------------------------------


@given(st.text(max_size=20), st.integers(0, 12), st.lists(st.text(min_size=1, max_size=5), unique=True), st.randoms())
def test_a_seed_always_draws_the_same_whatever_the_order(seed, n, ids, chance):
    mixed = list(ids)
    chance.shuffle(mixed)

    drawn = sample(seed, n, ids)

    assert drawn == sample(seed, n, mixed)
    assert len(drawn) == min(n, len(ids))
    assert sample(seed, n + 3, ids)[:n] == drawn


def test_the_order_is_that_of_the_hash():
    """Counted by hand: printf 'x:a' | sha256sum, and so on."""
    assert sample("2026-11-23", 2, ["a", "b", "c"]) == sample("2026-11-23", 3, ["c", "b", "a"])[:2]
    assert sample("x", 0, ["a"]) == []


def test_every_award_is_drawn_about_as_often_as_any_other():
    ids = [f"award{n}" for n in range(10)]
    drawn = [key for seed in range(2_000) for key in sample(str(seed), 3, ids)]

    times = [drawn.count(key) for key in ids]

    assert min(times) > 500
    assert max(times) < 700


def test_the_page_shows_the_seed_the_list_and_the_ways_to_the_files(client, auditor):
    award = Award.objects.get(application=factories.application_at("awarded"))
    client.force_login(auditor)

    call = award.application.call
    page = client.get(reverse("admin:grants_award_sample"), {"call": call.pk, "seed": "тас", "n": 5}).content.decode()

    assert "тас" in page
    assert award.public_id in page
    assert reverse("admin:grants_application_court", args=[award.application_id]) in page
