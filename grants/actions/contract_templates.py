"""Templates of contracts: filled with the usual text, published once and frozen, copied for a change."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from grants import policy
from grants.models import ContractParagraph, ContractTemplate
from grants.queries.contract_templates import template_faults

FILE = Path(__file__).resolve().parent.parent / "data" / "contract_template.json"


@cache
def usual_contract() -> dict[str, Any]:
    """What the file holds: paragraphs in Kazakh and Russian, and where they come from."""
    return json.loads(FILE.read_text(encoding="utf-8"))


@transaction.atomic
def make_usual_template(*, by: Any) -> ContractTemplate:
    """A draft with the usual text, marked an invented example: a lawyer reads it before it is published."""
    _refuse_others(by)
    template = ContractTemplate.objects.create(title=usual_contract()["title"], is_example=True)
    ContractParagraph.objects.bulk_create(
        ContractParagraph(template=template, position=n, kind=row["kind"], text_kk=row["kk"], text_ru=row["ru"])
        for n, row in enumerate(usual_contract()["paragraphs"], start=1)
    )
    record("contract_template.make", template, by=by, data={"paragraphs": template.paragraphs.count()})
    return template


@transaction.atomic
def publish_template(template: ContractTemplate, *, by: Any) -> ContractTemplate:
    """From now on contracts are made from it, and it never changes. Twice is once.

    Raises Refused with every fault: a placeholder that is not on the list, a text in one language only, no parties.
    """
    _refuse_others(by)
    template = lock(template)
    if template.published_at is not None:
        return template
    if faults := template_faults(template):
        raise Refused(_("The template cannot be published yet. Nothing was changed."), code="faults", items=faults)
    template.published_at, template.published_by = clock.now(), by
    template.save(update_fields=["published_at", "published_by"])
    record("contract_template.publish", template, by=by, data={"kind": template.kind})
    return template


@transaction.atomic
def copy_template(template: ContractTemplate, *, by: Any) -> ContractTemplate:
    """A draft with the same paragraphs: how a published template is changed."""
    _refuse_others(by)
    made = ContractTemplate.objects.create(kind=template.kind, title=template.title, is_example=template.is_example)
    for row in template.paragraphs.all():
        row.pk, row.template, row._state.adding = None, made, True
        row.save()
    record("contract_template.copy", made, by=by, data={"from": template.pk})
    return made


def _refuse_others(by: Any) -> None:
    if not policy.may_edit_templates(by):
        raise NotAllowed(_("Only an officer or an administrator writes templates."), code="not_allowed")
