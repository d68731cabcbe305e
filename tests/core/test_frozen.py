"""JSON of append-only rows: parsed once, stored as any other JSON."""

import pytest
from django.db.models import F

from core.frozen import FrozenJSONField
from grants.models import CallRules
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
