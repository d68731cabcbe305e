"""Questions from the sections of drafts: for their askers, for the officers' desk, and the section that was opened."""

from grants.models import Application, HelpRequest
from grants.queries.content import Part, part_titles, parts

SHOWN = 5


def help_of(application: Application, section: str = "") -> list[HelpRequest]:
    """What was asked from this application, or from one section of it, the newest first. One query."""
    rows = HelpRequest.objects.filter(application=application)
    return list(rows.filter(section=section) if section else rows)


def with_titles(application: Application, asked: list[HelpRequest]) -> list[tuple[str, HelpRequest]]:
    """(title of the section, question); asks the database nothing."""
    titles = dict(part_titles(application))
    return [(titles.get(one.section, ""), one) for one in asked]


def waiting_help() -> tuple[int, list[HelpRequest]]:
    """For the desk: how many wait, and those that have waited longest. Two queries."""
    rows = HelpRequest.objects.open()
    return rows.count(), list(rows.select_related("application__organisation").order_by("asked_at", "pk")[:SHOWN])


def section_opened(asked: HelpRequest) -> Part | None:
    """The section as it stands now; the caller has asked for the right to look at it."""
    return next((part for part in parts(asked.application) if part.key == asked.section), None)
