"""The frozen rules: in words to the last leaf, as a file, and changed by two with a public reason."""

import copy
import json
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from accounts.models import Sector
from core.canonical import canonical_json, plain, sha256_of
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from grants.actions import call_defaults
from grants.actions.call_terms import refuse_wrong_terms
from grants.actions.rules import change_rules, open_terms, propose_rules
from grants.models import Call, SectorFloor
from grants.queries.ranking import rank_call
from grants.queries.rules import compile_rules, newest_rules, ranking_terms, seed_for
from grants.queries.rules_words import rule_changes, rule_lines, versions_read
from tests import factories
from tests.grants.test_admin_calls import form_of
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
REASONS = {"reason_kk": "Сарапшылар аз.", "reason_ru": "Экспертов мало."}


@shared
def call() -> Call:
    """A published call with everything that rules may hold: tiers, budget, plan, statements, a floor."""
    draft = factories.make_draft_call()
    SectorFloor.objects.create(call=draft, sector=Sector.objects.get(code="it"), amount=Decimal(1_000_000))
    filled = call_defaults.fill_with_usual(draft, by=factories.make_user(roles=["officer"]))
    return factories.publish(filled)


@pytest.fixture
def officer():
    return factories.make_user(roles=["officer"])


@pytest.fixture
def administrator():
    return factories.make_user(roles=["administrator"])


def leaves(content: Any, path: tuple = ()) -> list[tuple]:
    """The path of every value that is no list and no object."""
    parts = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else None
    if parts is None:
        return [path]
    return [leaf for key, value in parts for leaf in leaves(value, (*path, key))]


def changed_at(content: dict, path: tuple) -> dict:
    """The same rules with one leaf changed to another value of its type."""
    made = copy.deepcopy(content)
    place = made
    for key in path[:-1]:
        place = place[key]
    before = place[path[-1]]
    place[path[-1]] = (
        not before
        if isinstance(before, bool)
        else before + 1
        if isinstance(before, int)
        else 7
        if before is None
        else others(path, before)
    )
    return made


def others(path: tuple, before: str) -> str:
    """Another text that can stand in this place."""
    if path[-1] in ("opens_at", "closes_at"):
        return "2031-01-01T00:00:00Z"
    known = {"raw": "adjusted", "application": "award", "award": "application"}
    if before.replace(".", "").isdigit():
        return f"1{before}"
    return known.get(before, f"{before}x")


def code_of(action, *what, **how) -> str:
    with pytest.raises(Refused) as caught:
        action(*what, **how)
    return caught.value.code


def changed(call: Call, officer, administrator, **changes):
    propose_rules(call, changes=changes, **REASONS, by=officer)
    return change_rules(call, by=administrator)


def test_no_change_of_the_frozen_json_is_hidden_from_the_public_diff(call):
    content = newest_rules(call).content

    hidden = [path for path in leaves(content) if not rule_changes(content, changed_at(content, path))]

    assert len(leaves(content)) > 100
    assert hidden == []


def test_a_rule_that_nobody_has_words_for_stands_there_as_it_is(call):
    content = {**newest_rules(call).content, "weather": "fine"}

    assert [(c.label, c.after) for c in rule_changes(newest_rules(call).content, content)] == [("weather", '"fine"')]


def test_the_frozen_rules_hold_what_ranks_and_every_key_is_said_once(call):
    content = newest_rules(call).content

    keys = [line.key for line in rule_lines(content)]
    assert len(keys) == len(set(keys))
    assert content["formulas"]["adjusted"] == {"name": "additive_severity", "version": 1}
    assert content["line"]["floors"][0]["sector"] == "it"
    assert ranking_terms(content)["floors"] == {"it": "1000000.00"}
    assert (content["ranks_by"], content["adjusted_from"], content["experts"]["load_max"]) == ("raw", 60, 60)


def test_rules_older_than_a_term_rank_as_they_did(call):
    content = newest_rules(call).content
    old = {key: content[key] for key in ("criteria", "tie_breaks", "pass_mark", "reviews_needed")}

    terms = ranking_terms(old)

    assert (terms["ranks_by"], terms["adjusted_from"], terms["floors"], terms["partial_percent"]) == (
        "raw",
        60,
        {},
        None,
    )


def test_a_seed_follows_from_the_rules_the_purpose_and_the_run(call):
    rules = newest_rules(call)

    seeds = {seed_for(rules, what, run) for what in ("assign", "sample") for run in (1, 2)}

    assert len(seeds) == 4
    assert seed_for(rules, "assign") == seed_for(newest_rules(call), "assign")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_everybody_reads_the_whole_rules_in_words(client, call, language):
    page = client.get(f"/{language}/calls/{call.public_id}/rules/")

    content, rules = page.content.decode(), newest_rules(call)
    with translation.override(language):
        said = [str(line.text) for line in rule_lines(rules.content)]
    assert page.status_code == 200
    assert rules.sha256 in content
    assert [text for text in said if escape(text) not in content] == []


def test_the_file_is_byte_for_byte_what_the_hash_is_of(client, call):
    rules = newest_rules(call)

    answer = client.get(reverse("grants:call_rules_json", args=[call.public_id, 1]))

    assert answer["Content-Type"] == "application/json"
    assert answer.content.decode() == canonical_json(rules.content)
    assert sha256_of(json.loads(answer.content)) == rules.sha256


def test_the_page_of_the_call_leads_to_the_rules_and_a_draft_has_none(client, call):
    detail = client.get(reverse("grants:call_detail", args=[call.public_id])).content.decode()

    assert reverse("grants:call_rules", args=[call.public_id]) in detail
    client.force_login(factories.make_staff("officer"))
    draft = factories.make_draft_call(call.programme_year)
    assert client.get(reverse("grants:call_rules", args=[draft.public_id])).status_code == 404


def test_two_people_change_the_rules_and_everybody_reads_why_and_what(client, call, officer, administrator):
    draft = factories.make_draft(call=call)

    rules = changed(call, officer, administrator, reviews_needed=3, extra_review_over=30)

    page = client.get(f"/ru/calls/{call.public_id}/rules/").content.decode()
    first, second = call.rules_versions.all()
    versions = versions_read([first, second])
    draft.refresh_from_db()
    call.refresh_from_db()
    assert (rules.number, rules.sha256, rules.reason_ru) == (2, sha256_of(rules.content), REASONS["reason_ru"])
    assert (call.reviews_needed, call.extra_review_over, draft.rules) == (3, 30, rules)
    assert [(c.before, c.after) for c in versions[0][1]] == [("2", "3"), ("25", "30")]
    assert versions[1] == (first, [])
    assert REASONS["reason_ru"] in page
    assert first.sha256 in page
    assert second.sha256 in page
    assert rules.content == plain(compile_rules(Call.objects.select_related("questionnaire_version").get(pk=call.pk)))
    assert AuditEvent.objects.get(verb="call.change_rules").data["terms"] == ["extra_review_over", "reviews_needed"]


def test_one_person_alone_changes_nothing(call, officer, administrator):
    propose_rules(call, changes={"reviews_needed": 3}, **REASONS, by=officer)

    assert code_of(change_rules, call, by=officer) == "same_person"
    with pytest.raises(NotAllowed):
        change_rules(call, by=factories.make_user(roles=["auditor"]))
    assert Call.objects.get(pk=call.pk).reviews_needed == 2
    assert call.rules_versions.count() == 1


def test_what_people_applied_under_changes_no_more_once_one_has_sent(call, officer, administrator):
    weights = {c.key: c.weight for c in call.criteria.all()}
    first, second = list(weights)[:2]
    moved = {first: weights[first] + 1, second: weights[second] - 1}
    changed(call, officer, administrator, criteria=moved, pass_mark=55)
    factories.application_at("submitted", call=call)

    assert newest_rules(call).content["pass_mark"] == 55
    assert code_of(propose_rules, call, changes={"pass_mark": 50}, **REASONS, by=officer) == "too_late"
    assert code_of(propose_rules, call, changes={"criteria": weights}, **REASONS, by=officer) == "too_late"
    assert changed(call, officer, administrator, floors={"it": "2000000"}).number == 3


def test_who_gets_the_money_changes_no_more_once_a_review_is_in(officer, administrator):
    call = factories.make_call(reviews_needed=1)
    application = factories.application_at("eligible", call=call)
    factories.review(factories.assign(application))
    before = rank_call(call).rows[0].mean

    for name, value in (("floors", {"it": "1"}), ("allows_partial", True), ("pass_mark", 10)):
        assert code_of(propose_rules, call, changes={name: value}, **REASONS, by=officer) == "too_late"
    rules = changed(call, officer, administrator, load_max=10)

    ranking = rank_call(call)
    assert (ranking.rules, ranking.inputs["rules"], ranking.rows[0].mean) == (rules, rules.sha256, before)


def test_nothing_changes_once_a_decision_is_staged_or_the_call_is_a_draft(officer):
    call = factories.make_call(reviews_needed=1)
    application = factories.application_at("eligible", call=call)
    factories.review(factories.assign(application))
    factories.decide(application)

    assert open_terms(call) == []
    assert open_terms(factories.make_draft_call(call.programme_year)) == []
    assert code_of(propose_rules, call, changes={"load_max": 10}, **REASONS, by=officer) == "too_late"


def test_what_became_too_late_between_the_two_is_refused_to_the_second(call, officer, administrator):
    propose_rules(call, changes={"pass_mark": 55}, **REASONS, by=officer)
    factories.application_at("submitted", call=call)

    assert code_of(change_rules, call, by=administrator) == "too_late"
    assert Call.objects.get(pk=call.pk).pass_mark == 60


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reviews_needed": 2}, "unchanged"),
        ({"load_min": 70}, "impossible"),
        ({"reviews_needed": -1}, "impossible"),
        ({"criteria": {"idea": 39}}, "weights"),
        ({"criteria": {"colour": 1}}, "impossible"),
        ({"floors": {"nowhere": "1"}}, "impossible"),
        ({"floors": {"it": "900000000"}}, "floors_too_high"),
        ({"title_kk": "Басқа"}, "too_late"),
    ],
)
def test_what_cannot_be_is_refused_before_anybody_is_asked(officer, changes, code):
    call = factories.make_call()

    assert code_of(propose_rules, call, changes=changes, **REASONS, by=officer) == code
    assert Call.objects.get(pk=call.pk).load_min == 0
    assert code_of(propose_rules, call, changes=changes, reason_kk=" ", reason_ru="x", by=officer) == "no_reason"


def test_a_floor_is_for_a_sector_of_the_call():
    call = factories.make_draft_call()
    call.sectors.set(Sector.objects.exclude(code="it"))
    SectorFloor.objects.create(call=call, sector=Sector.objects.get(code="it"), amount=Decimal(1))

    assert code_of(refuse_wrong_terms, call) == "floors_foreign"


def test_the_staffs_page_offers_only_what_may_still_change(client, call, administrator):
    first, second = factories.make_staff("officer"), factories.make_staff("officer")
    page, confirm = (reverse(f"admin:grants_rules_{n}", args=[call.public_id]) for n in ("propose", "confirm"))
    client.force_login(first)
    form = client.get(page).context["form"]
    typed = {name: form.initial[name] for name in form.initial if form.initial[name] is not None}
    typed |= {"pass_mark": 50, "floor_it": "3 000 000", **REASONS}
    typed = {name: value for name, value in typed.items() if value is not False}

    assert client.post(page, typed).status_code == 302
    waiting = client.get(page).content.decode()
    client.force_login(second)
    client.post(confirm)

    rules = newest_rules(call)
    assert REASONS["reason_ru"] in waiting
    assert (rules.number, rules.content["pass_mark"]) == (2, 50)
    assert rules.content["line"]["floors"][0]["amount"] == "3000000.00"
    factories.application_at("submitted", call=call)
    offered = set(client.get(page).context["form"].fields)
    assert offered & {"pass_mark", "ranks_by", "weight_idea"} == set()
    assert {"floor_it", "load_max"} <= offered


@pytest.mark.parametrize("versions", [1, 3])
def test_the_public_page_asks_equally_often(client, versions, officer, administrator, django_assert_num_queries):
    call = factories.make_call()
    for number in range(1, versions):
        changed(call, officer, administrator, load_max=60 - number)
    page = reverse("grants:call_rules", args=[call.public_id])
    client.get(page)

    with django_assert_num_queries(2):
        client.get(page)


def test_staff_set_floors_parts_and_loads_in_a_draft_and_are_told_what_cannot_be(client):
    client.force_login(factories.make_staff("officer"))
    call = factories.make_draft_call()
    page, it = reverse("admin:grants_call_change", args=[call.pk]), Sector.objects.get(code="it")
    typed = form_of(client, page) | {"sector_floors-TOTAL_FORMS": "1", "sector_floors-0-sector": str(it.pk)}
    typed |= {"sector_floors-0-currency": "KZT", "allows_partial": "on"}

    wrong = client.post(page, typed | {"load_min": "70", "partial_percent": "101", "held_back_percent": "100"})
    none = client.post(page, typed | {"sector_floors-0-amount": "0"})
    right = client.post(page, typed | {"sector_floors-0-amount": "5 000 000", "ranks_by": "adjusted"})

    call.refresh_from_db()
    assert set(wrong.context["adminform"].form.errors) == {"load_max", "partial_percent", "held_back_percent"}
    assert none.status_code == 200
    assert right.status_code == 302
    assert (call.allows_partial, call.ranks_by) == (True, "adjusted")
    assert [(floor.sector, floor.amount) for floor in call.sector_floors.all()] == [(it, 5_000_000)]
