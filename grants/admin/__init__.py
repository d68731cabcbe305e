"""Doorway of the grant programme's staff: one file per noun."""

from grants.admin import (
    applications,
    calls,
    decisions,
    experts,
    extensions,
    help,
    programmes,
    questions,
    ranking,
    reasons,
    reviews,
    screening,
)

__all__ = [
    "applications",
    "calls",
    "decisions",
    "experts",
    "extensions",
    "help",
    "programmes",
    "questions",
    "ranking",
    "reasons",
    "reviews",
    "screening",
]
