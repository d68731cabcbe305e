"""Dossiers in an export: what was asked and answered, section by section, as the reader's own dossier page shows it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from core.templatetags.words import moment, money
from grants.models import Application, Export
from grants.queries.dossier import for_dossier, read_dossier
from grants.queries.exports import Table, identifier_for, in_order

Pair = tuple[str, str]


def dossiers_of(export: Export, keys: list[int]) -> Iterator[dict[str, Any]]:
    """One after the other: heading, facts, sections of pairs. About twenty queries each."""
    for application in in_order(for_dossier(Application.objects.defer("search_text")), keys):
        dossier = read_dossier(application, export.asked_by)
        sections = [
            (str(title), [(str(line.label), _answer(line)) for line in lines]) for title, lines in dossier.sections
        ]
        plan = [(what, when) for what, when in dossier.plan]
        papers = [(str(row.requirement), row.document.original_name) for row in dossier.documents]
        checks = [(str(line.kind.label), str(line.words or "—")) for line in dossier.checks]
        beside = [(_("Milestones"), plan), (_("Documents"), papers), (_("Screening"), checks)]
        yield {
            "number": str(application.number),
            "title": application.title,
            "facts": _facts(application, export.asked_by),
            "sections": [*sections, *((title, rows) for title, rows in beside if rows)],
        }


def dossier_table(dossiers: Iterator[dict[str, Any]]) -> Table:
    """The same as rows: number, section, question, answer."""
    head = (_("Number"), _("Section"), _("Question"), _("Answer"))
    rows = (
        (one["number"], title, question, answer)
        for one in dossiers
        for title, pairs in (("", one["facts"]), *one["sections"])
        for question, answer in pairs
    )
    return Table(_("Dossiers"), head, rows)


def _facts(application: Application, reader: Any) -> list[Pair]:
    pairs = [
        (_("Call"), str(application.call)),
        (_("Applicant"), application.organisation.name),
        (_("IIN or BIN"), identifier_for(application, reader)),
        (_("Status"), str(application.get_status_display())),  # type: ignore[attr-defined]
        (_("Sent"), moment(application.submitted_at)),
    ]
    if application.amount_requested is not None:
        pairs.append((_("Asked"), money(application.amount_requested, application.currency)))
    return [(term, value) for term, value in pairs if value]


def _answer(line: Any) -> str:
    """A line of text; rows of a table and names of files each on a line of their own."""
    if not line.words:
        return str(line.value or "—")
    return "\n".join(_flat(row) for row in line.words)


def _flat(row: Any) -> str:
    """The name of a file, or the texts of a row of (name of the column, text)."""
    if isinstance(row, Mapping):
        return str(row["name"])
    return " · ".join(str(text) for _column, text in row if text)
