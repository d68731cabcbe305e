"""Nouns of the grants app."""

from grants.models.application import Application, ApplicationDocument, Submission
from grants.models.award import Award
from grants.models.call import Call
from grants.models.correction import Correction
from grants.models.decision import Decision
from grants.models.expert import Assignment, Conflict, Expert
from grants.models.programme import Programme, ProgrammeYear
from grants.models.review import Review, ScoreEntry
from grants.models.rules import CallRules, Criterion, DocumentRequirement
from grants.models.screening import IneligibilityProposal, ReasonPhrase, ScreeningCheck

__all__ = [
    "Application",
    "ApplicationDocument",
    "Assignment",
    "Award",
    "Call",
    "CallRules",
    "Conflict",
    "Correction",
    "Criterion",
    "Decision",
    "DocumentRequirement",
    "Expert",
    "IneligibilityProposal",
    "Programme",
    "ProgrammeYear",
    "ReasonPhrase",
    "Review",
    "ScoreEntry",
    "ScreeningCheck",
    "Submission",
]
