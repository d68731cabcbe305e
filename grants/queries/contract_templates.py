"""What is wrong with a template, and how it looks with invented data."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.words import long_date, money
from grants.formulas.contract_text import unknown_in
from grants.models import ContractParagraph, ContractTemplate
from grants.queries.contract_content import BOTH, example_inputs
from grants.statuses import ParagraphKind, Placeholder

WITH_TEXT = frozenset({ParagraphKind.TITLE, ParagraphKind.HEADING, ParagraphKind.TEXT})
NEEDED = (ParagraphKind.TITLE, ParagraphKind.BUDGET, ParagraphKind.TRANCHES, ParagraphKind.PARTIES)


def template_faults(template: ContractTemplate) -> list[str]:
    """Everything that keeps it from being published, as sentences. One query."""
    rows = list(template.paragraphs.all())
    kinds = {row.kind for row in rows}
    found = [
        _("«%(kind)s» is missing: a contract needs it.") % {"kind": kind.label} for kind in NEEDED if kind not in kinds
    ]
    for n, row in enumerate(rows, start=1):
        found += [
            _("Paragraph %(number)s: %(fault)s") % {"number": n, "fault": fault} for fault in paragraph_faults(row)
        ]
    return found


def paragraph_faults(row: ContractParagraph) -> Iterable[str]:
    """What is wrong with one: a text in one language only, braces that name nothing."""
    if row.kind not in WITH_TEXT:
        return
    if not row.text_kk.strip() or not row.text_ru.strip():
        yield _("write it in Kazakh and in Russian.")
    for text in (row.text_kk, row.text_ru):
        for wrong in unknown_in(text, Placeholder.values):
            yield _("%(name)s is not on the list of placeholders.") % {"name": wrong}


def example_of(template: ContractTemplate) -> dict[str, Any]:
    """The inputs of a preview: invented data, named as such."""
    at = clock.now()
    values: dict[str, dict[str, str]] = {}
    for language in BOTH:
        with translation.override(language):
            values[language] = {name.value: str(name.label) for name in Placeholder} | {
                Placeholder.NUMBER.value: "GC-0000-00000",
                Placeholder.DATE.value: long_date(at),
                Placeholder.SIGN_UNTIL.value: long_date(at + timedelta(days=14)),
                Placeholder.AMOUNT.value: money(Decimal(3_000_000)),
                Placeholder.OWN_AMOUNT.value: money(Decimal(750_000)),
            }
    return example_inputs(template, values, at=at)
