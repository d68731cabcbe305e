"""Rankings that are frozen and replayed, what-ifs, the ranking from the shell."""

import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.models import Sector
from core.canonical import canonical_json, plain, sha256_of
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from grants.actions.rankings import MOST_WHAT_IFS, freeze_ranking, remove_what_if, save_what_if
from grants.formulas import ranking_run
from grants.models import Call, RankingRun, SectorFloor, WhatIf
from grants.queries.ranking import rank_call
from grants.queries.rules import newest_rules
from grants.queries.what_if import compared, marginal, replay
from grants.statuses import RanksBy
from tests import factories
from tests.grants.scored import scored_call
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
SAMPLE = [[5, 4], [4, 3], [3, 4], [2, 3], [1, 2], [4, 5]]  # each application by two of three experts


@shared
def call() -> Call:
    """Six applications for 1 000 000 ₸ each by three experts; money for three; severity is taken off at 12 reviews."""
    return scored_call(SAMPLE, budget=3_500_000, adjusted_from=12)


@pytest.fixture
def officer():
    return factories.make_user(roles=["officer"])


@pytest.fixture
def secretary():
    return factories.make_staff("secretary")


def code_of(action, *what, **how) -> str:
    with pytest.raises(Refused) as caught:
        action(*what, **how)
    return caught.value.code


def test_a_frozen_ranking_names_the_hashes_of_rules_inputs_and_result(call, officer):
    run = freeze_ranking(call, by=officer)

    event = AuditEvent.objects.get(verb="ranking.freeze")
    assert (run.number, run.rules) == (1, newest_rules(call))
    assert run.content["rules"] == run.rules.sha256 == run.inputs["rules"]
    assert run.inputs_sha256 == run.content["inputs"] == sha256_of(run.inputs)
    assert run.sha256 == sha256_of(run.content)
    assert event.data == {
        "call": call.public_id, "run": 1, "rules": run.rules.sha256, "inputs": run.inputs_sha256, "ranking": run.sha256,
    }  # fmt: skip


def test_a_replay_from_the_frozen_inputs_gives_the_same_canonical_json(call, officer):
    run = freeze_ranking(call, by=officer)
    kept = RankingRun.objects.get(pk=run.pk)
    factories.review(factories.assign(call.applications.order_by("number").last()), score=0)

    again = replay(kept)

    assert again.holds
    assert canonical_json(again.content) == canonical_json(kept.content)
    assert rank_call(call).inputs_sha256 != kept.inputs_sha256


@pytest.mark.parametrize("spoiled", ["inputs", "content", "rules"])
def test_a_changed_byte_anywhere_is_noticed(call, officer, spoiled):
    run = freeze_ranking(call, by=officer)
    if spoiled == "inputs":
        run.inputs["applications"][0]["amount"] = "999999.00"
    elif spoiled == "content":
        run.content["rows"][0]["award"] = "1.00"
    else:
        run.rules.content["pass_mark"] = 59

    assert not replay(run).holds


def test_freezing_again_without_a_change_gives_the_same_run(call, officer):
    first = freeze_ranking(call, by=officer)
    again = freeze_ranking(call, by=officer)
    factories.review(factories.assign(call.applications.order_by("number").last()), score=2)

    changed = freeze_ranking(call, by=officer)

    assert (again, changed.number) == (first, 2)
    assert changed.inputs_sha256 != first.inputs_sha256


def test_a_frozen_ranking_cannot_be_changed_or_removed_by_anybody(call, officer):
    run = freeze_ranking(call, by=officer)

    for sql in ("UPDATE grants_rankingrun SET number = 9", "DELETE FROM grants_rankingrun"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert RankingRun.objects.get().sha256 == run.sha256


def test_inputs_and_result_hold_no_name_and_no_address(call, officer):
    run = freeze_ranking(call, by=officer)

    text = canonical_json([run.inputs, run.content])
    for application in call.applications.select_related("organisation"):
        assert application.organisation.name not in text
        assert application.organisation.identifier not in text
        assert application.title not in text
    assert "@" not in text


def test_the_order_in_which_rows_are_read_never_matters(call):
    inputs = rank_call(call, with_severity=True).inputs
    turned = {**inputs, "applications": inputs["applications"][::-1]}
    for row in turned["applications"]:
        row["reviews"] = row["reviews"][::-1]

    assert ranking_run.run(turned) == ranking_run.run(plain(inputs))


def test_severity_marks_marginal_cases_and_never_moves_a_rank(call):
    with_it, without = rank_call(call, with_severity=True), rank_call(call)

    assert [(r.rank, r.mean, r.is_above_line) for r in with_it.rows] == [
        (r.rank, r.mean, r.is_above_line) for r in without.rows
    ]
    assert {row.placed.adjusted is None for row in with_it.rows} == {False}
    assert {row.placed.adjusted for row in without.rows} == {None}
    for row in with_it.rows:
        assert row.placed.low < row.placed.adjusted < row.placed.high
        assert row.placed.is_marginal == (Decimal("0.2") < row.placed.probability < Decimal("0.8"))
    assert marginal(with_it) == [row for row in with_it.rows if row.placed.is_marginal]


def test_below_the_least_number_of_reviews_nothing_is_adjusted(call):
    """Twelve reviews are in; the rules of this call ask for thirteen."""
    Call.objects.filter(pk=call.pk).update(adjusted_from=13)
    factories.freeze_again(Call.objects.get(pk=call.pk))

    ranking = rank_call(call, with_severity=True)

    assert ranking.ranking.severity is None
    assert ranking.content["severity"] is None
    assert {row.placed.probability for row in ranking.rows} == {None}


def test_the_rules_of_a_call_may_rank_by_the_adjusted_score(call):
    Call.objects.filter(pk=call.pk).update(ranks_by=RanksBy.ADJUSTED)
    factories.freeze_again(Call.objects.get(pk=call.pk))

    rows = rank_call(call).rows

    scores = [row.placed.adjusted for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert [row.has_passed for row in rows] == [row.placed.adjusted >= call.pass_mark for row in rows]


def test_floors_and_parts_of_the_frozen_rules_reach_the_line(call):
    film = Sector.objects.exclude(code="it").first()
    last = rank_call(call).rows[3].application
    last.sector = film
    last.save(update_fields=["sector"])
    SectorFloor.objects.create(call=call, sector=film, amount=Decimal(500_000))
    Call.objects.filter(pk=call.pk).update(pass_mark=50, allows_partial=True, partial_percent=50)
    factories.freeze_again(Call.objects.get(pk=call.pk))

    rows = rank_call(call).rows

    awards = {row.application.pk: (int(row.award), row.is_partial, row.placed.is_by_floor) for row in rows}
    assert awards[last.pk] == (1_000_000, False, True)
    assert [int(row.award) for row in rows] == [1_000_000, 1_000_000, 500_000, 1_000_000, 0, 0]
    assert sum(row.award for row in rows) == 3_500_000


def test_only_those_who_prepare_the_papers_freeze_and_only_what_is_ranked(call, officer):
    commission, empty = factories.make_user(roles=["commission"]), factories.make_call(call.programme_year)

    assert code_of(freeze_ranking, call, by=commission) == "not_allowed"
    assert code_of(freeze_ranking, factories.make_draft_call(), by=officer) == "wrong_state"
    assert code_of(freeze_ranking, empty, by=officer) == "empty"


def test_a_what_if_is_kept_and_compared_with_the_frozen_rules(call, officer):
    save_what_if(call, name="Меньше денег", money=Decimal(2_000_000), pass_mark=60, by=officer)
    save_what_if(call, name="Часть", money=Decimal(2_500_000), pass_mark=60, partial_percent=50, by=officer)

    rules, less, part = compared(rank_call(call))

    assert (rules.what_if, rules.funded, rules.come_in, rules.fall_out) == (None, 3, [], [])
    assert (less.funded, int(less.awarded), int(less.left)) == (2, 2_000_000, 0)
    assert [row.rank for row in less.fall_out] == [3]
    assert (part.funded, int(part.awarded)) == (3, 2_500_000)


def test_the_same_name_takes_the_place_of_the_old_what_if_and_one_is_taken_away(call, officer):
    first = save_what_if(call, name="Иначе", money=Decimal(1), pass_mark=60, by=officer)
    again = save_what_if(call, name=" Иначе ", money=Decimal(2), pass_mark=50, by=officer)
    remove_what_if(again, by=officer)

    assert first.pk == again.pk or again.pk is None
    assert not WhatIf.objects.exists()
    assert [e.verb for e in AuditEvent.objects.filter(verb__startswith="what_if").order_by("pk")] == [
        "what_if.save", "what_if.save", "what_if.remove",
    ]  # fmt: skip


def test_a_dozen_what_ifs_are_enough(call, officer):
    terms = {"money": Decimal(1), "pass_mark": 60, "by": officer}
    for number in range(MOST_WHAT_IFS):
        save_what_if(call, name=f"{number}", **terms)

    assert code_of(save_what_if, call, name="one more", **terms) == "too_many"
    assert code_of(save_what_if, call, name="  ", **terms) == "no_name"
    with pytest.raises(NotAllowed):
        save_what_if(call, name="x", money=Decimal(1), pass_mark=60, by=factories.make_user(roles=["auditor"]))


def test_the_shell_prints_what_the_page_shows_with_the_hashes(client, call, secretary, capsys):
    client.force_login(secretary)
    page = client.get(reverse("admin:grants_ranking", args=[call.public_id]))

    call_command("rank_call", call.public_id, "--json")
    printed = json.loads(capsys.readouterr().out)

    content, shown = page.content.decode(), page.context["ranking"]
    sha256 = printed.pop("sha256")
    assert sha256 == sha256_of(printed) == shown.sha256
    assert (printed["rules"], printed["inputs"]) == (newest_rules(call).sha256, shown.inputs_sha256)
    assert [row["number"] for row in printed["rows"]] == [row.application.number for row in page.context["rows"]]
    for said in (sha256, printed["rules"], printed["inputs"], *(row["number"] for row in printed["rows"])):
        assert said in content


def test_the_shell_prints_a_table_too_and_knows_no_draft(call, capsys):
    call_command("rank_call", call.public_id)

    printed = capsys.readouterr().out
    numbers = [row.application.number for row in rank_call(call).rows]
    assert [line.split()[1] for line in printed.splitlines()[5:]] == numbers
    with pytest.raises(CommandError):
        call_command("rank_call", factories.make_draft_call(call.programme_year).public_id)


def test_the_page_shows_intervals_probabilities_and_marginal_cases(client, call, secretary):
    client.force_login(secretary)

    response = client.get(reverse("admin:grants_ranking", args=[call.public_id]))

    content, rows = response.content.decode(), response.context["rows"]
    assert set(response.context["intervals"]) == {row.application.pk for row in rows}
    assert content.count("chart__interval") == 6
    assert response.context["marginal"]
    assert content.count("chart__title") == 2
    assert response.context["sureness"]["is_adjusted"]


def test_freezing_and_asking_what_if_work_by_the_buttons(client, call, secretary):
    client.force_login(secretary)
    freeze, ask = (reverse(f"admin:grants_ranking_{n}", args=[call.public_id]) for n in ("freeze", "what_if"))
    typed = {"name": "Больше", "money": "5 000 000", "pass_mark": "60", "partial_percent": "", "floor_it": "2 000 000"}

    client.post(freeze)
    client.post(ask, typed)
    page = client.get(ask)
    wrong = client.post(ask, {**typed, "name": " "})

    what_if, run = WhatIf.objects.get(), RankingRun.objects.get()
    files = [client.get(reverse("admin:grants_ranking_file", args=[run.public_id, p])) for p in ("inputs", "content")]
    assert (what_if.money, what_if.floors, what_if.made_by) == (5_000_000, {"it": "2000000"}, secretary)
    assert [one.funded for one in page.context["compared"]] == [3, 4]
    assert wrong.context["form"].errors
    assert [sha256_of(json.loads(one.content)) for one in files] == [run.inputs_sha256, run.sha256]
    assert "SHA-256" in client.get(reverse("admin:grants_rankingrun_change", args=[run.pk])).content.decode()
    client.post(reverse("admin:grants_ranking_what_if_remove", args=[what_if.public_id]))
    assert not WhatIf.objects.exists()


def test_a_draft_call_has_no_ranking_and_no_rules_to_change(client, call):
    draft = factories.make_draft_call(call.programme_year)
    client.force_login(factories.make_staff("officer"))
    names = ("grants_ranking", "grants_ranking_what_if", "grants_rules_propose")

    answers = [client.get(reverse(f"admin:{name}", args=[draft.public_id])) for name in names]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_what_ifs_asks_the_database_equally_often(client, count, secretary, django_assert_num_queries):
    call = scored_call(SAMPLE[: 2 * count], budget=3_500_000, adjusted_from=4)
    for number in range(count):
        save_what_if(call, name=str(number), money=Decimal(2_000_000), pass_mark=60, by=secretary)
        freeze_ranking(call, by=secretary)
    client.force_login(secretary)
    pages = [
        reverse("admin:grants_ranking_what_if", args=[call.public_id]),
        reverse("admin:grants_rankingrun_changelist"),
    ]
    for page in pages:
        client.get(page)

    with django_assert_num_queries(14):
        assert client.get(pages[0]).status_code == 200
    with django_assert_num_queries(6):
        assert client.get(pages[1]).status_code == 200
