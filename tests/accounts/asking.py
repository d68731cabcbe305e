"""What the tests of access requests share: a number that is here, its owner, who asks, and what is typed."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Sector
from core.refusals import Refused
from tests.factories import pdf

BIN, OTHER_BIN = "250440000004", "981240000001"

WORDS = "Я бухгалтер студии, Дина."


def page(name: str, *args, language: str = "en") -> str:
    with override(language):
        return reverse(name, args=args)


def typed(**changes: str) -> dict[str, str]:
    right = {
        "kind": "llp",
        "name": "ТОО «Сарыарқа»",
        "country": "KZ",
        "identifier": BIN,
        "sector": str(Sector.objects.get(code="it").pk),
        "district": "751110000",
        "head_name": "Әлия Сапарова",
        "head_iin": "990101100000",
    }
    return {**right, **changes}


def create(client, **changes: str):
    return client.post(page("accounts:organisation_create"), typed(**changes))


def prove(client, **changes):
    right = {"number": f"{BIN[:6]} {BIN[6:]}", "country": "KZ", "words": WORDS, "file": pdf("приказ.pdf")}
    return client.post(page("documents:access_prove"), {**right, **changes})


def refusal(action) -> str:
    with pytest.raises(Refused) as refused:
        action()
    return refused.value.code
