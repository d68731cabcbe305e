"""JSON of append-only rows: parsed once, stored as any other JSON."""

import pytest
from django.db.models import F

from core.frozen import FrozenJSONField, place
from grants.models import CallRules
from questionnaires.models import QuestionnaireVersion
from tests import factories

pytestmark = pytest.mark.django_db


def test_two_reads_of_one_row_share_what_was_parsed():
    call = factories.make_call()

    first, second = CallRules.objects.get(call=call), CallRules.objects.get(call=call)

    assert first.content is second.content


@pytest.mark.parametrize("name", ["pass_mark", "score", "tiers", "limits"])
def test_a_part_of_it_is_read_as_it_stands_in_the_whole(name):
    rules = factories.make_call().rules_versions.get()

    part = CallRules.objects.annotate(part=F(f"content__{name}")).get(pk=rules.pk).part

    assert part == rules.content[name]


def test_to_migrations_it_is_a_plain_json_field():
    assert FrozenJSONField().deconstruct()[1] == "django.db.models.JSONField"


def test_content_that_this_process_has_written_is_known_by_its_hash(django_assert_num_queries):
    rules = factories.make_call().rules_versions.get()
    row = CallRules.objects.defer("content").get(pk=rules.pk)

    with django_assert_num_queries(0):
        content = row.content

    assert content == rules.content


def test_content_that_this_process_has_not_met_is_read_once(django_assert_num_queries):
    rules = factories.make_call().rules_versions.get()
    place.cache_clear()
    first, second = (CallRules.objects.defer("content").get(pk=rules.pk) for _time in range(2))

    with django_assert_num_queries(1):
        contents = [first.content, second.content]

    assert contents == [rules.content, rules.content]


def test_what_carries_no_true_hash_is_read_from_its_own_row(django_assert_num_queries):
    questionnaire = factories.make_call().questionnaire
    for number in (8, 9):
        QuestionnaireVersion.objects.create(
            questionnaire=questionnaire, number=number, content={"sections": [number]}, sha256="short"
        )

    rows = questionnaire.versions.filter(sha256="short").defer("content").order_by("number")

    assert [row.content for row in rows] == [{"sections": [8]}, {"sections": [9]}]
