"""From the accepted award to the signed contract: readiness, making, voiding, signing, lapsing."""

import pytest

from grants.models import Tranche
from tests import factories_awards as make
from tests.shared import shared

pytestmark = pytest.mark.django_db


@shared
def award():
    return make.ready_award()


def test_smoke(award):
    contract = make.sign(make.contracts.make_contract(award, by=make.factories.make_user(roles=["officer"])))

    assert make.again(award).status == "signed"
    assert contract.number.startswith("GC-")
    assert [t.amount for t in Tranche.objects.all()] == [1_400_000, 600_000]
