"""What follows from a committee's resolution; settings take it as COMMITTEE_SUBJECTS.

By the word before the colon of an item's subject; committees/queries/subjects.py says what each function is asked.
"""

SUBJECTS: dict[str, dict[str, str]] = {
    "application": {
        "declared": "grants.actions.agenda.note_declared",
        "refresh": "grants.actions.agenda.find_conflicts",
        "resolved": "grants.actions.agenda.stage_resolved",
        "facts": "grants.queries.agenda.facts_of",
        "papers": "grants.queries.agenda.papers_of",
        "closed": "grants.queries.agenda.closed_items",
        "annexes": "grants.queries.agenda.annexes_of",
        "blocs": "grants.queries.agenda.bloc_name",
        "links": "grants.queries.agenda.links_of",
    },
    "appeal": {
        "declared": "grants.actions.appeal_items.note_declared",
        "refresh": "grants.actions.appeal_items.find_conflicts",
        "facts": "grants.queries.appeal_items.facts_of",
        "papers": "grants.queries.appeal_items.papers_of",
        "closed": "grants.queries.appeal_items.closed_items",
    },
}
