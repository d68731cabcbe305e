"""The usual criteria and documents of the grant programme, put into a draft call by one press."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from grants import policy
from grants.models import Call, Criterion, DocumentRequirement
from grants.statuses import CallStatus

FILE = Path(__file__).resolve().parent.parent / "data" / "grant_programme.json"


@cache
def usual() -> dict[str, Any]:
    """What the file holds: criteria that sum to 100 with a text for each score, documents, and where it comes from."""
    return json.loads(FILE.read_text(encoding="utf-8"))


@transaction.atomic
def fill_with_usual(call: Call, *, by: Any) -> Call:
    """Adds the usual criteria where the call has none, and the usual documents where it has none.

    Raises Refused for a published call (its rules are frozen) and where both lists are already begun.
    """
    if not policy.may_edit_calls(by):
        raise NotAllowed(_("Only an officer or an administrator prepares calls."), code="not_allowed")
    call = lock(call)
    if call.status != CallStatus.DRAFT:
        raise Refused(_("This call is published, its rules are frozen."), code="wrong_state")
    criteria = [] if call.criteria.exists() else _criteria(call)
    requirements = [] if call.requirements.exists() else _requirements(call)
    if not criteria and not requirements:
        raise Refused(_("The call already has criteria and documents. Nothing was changed."), code="not_empty")
    Criterion.objects.bulk_create(criteria)
    DocumentRequirement.objects.bulk_create(requirements)
    record("call.fill", call, by=by, data={"criteria": len(criteria), "documents": len(requirements)})
    return call


def _titles(row: dict[str, Any]) -> dict[str, str]:
    return {f"title_{language}": text for language, text in row["title"].items()}


def _criteria(call: Call) -> list[Criterion]:
    return [
        Criterion(call=call, position=n, key=c["key"], weight=c["weight"], levels=c["levels"], **_titles(c))
        for n, c in enumerate(usual()["criteria"], start=1)
    ]


def _requirements(call: Call) -> list[DocumentRequirement]:
    return [
        DocumentRequirement(call=call, position=n, key=d["key"], is_required=d["is_required"], **_titles(d))
        for n, d in enumerate(usual()["documents"], start=1)
    ]
