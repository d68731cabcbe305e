"""Nouns of the committees app."""

from committees.models.agenda import AgendaItem, ConflictDeclaration, ConflictLifting, Declaration
from committees.models.ballot import Ballot, Dissent
from committees.models.committee import Committee, Seat
from committees.models.meeting import Attendance, Meeting, Observer, Substitution
from committees.models.minutes import Minutes, MinutesSignature
from committees.models.resolution import Annulment, Resolution

__all__ = [
    "AgendaItem",
    "Annulment",
    "Attendance",
    "Ballot",
    "Committee",
    "ConflictDeclaration",
    "ConflictLifting",
    "Declaration",
    "Dissent",
    "Meeting",
    "Minutes",
    "MinutesSignature",
    "Observer",
    "Resolution",
    "Seat",
    "Substitution",
]
