"""Nouns of the grants app."""

from grants.models.application import Application, ApplicationDocument, Submission
from grants.models.award import Award
from grants.models.call import Call
from grants.models.correction import Correction
from grants.models.decision import Decision
from grants.models.eligibility import EligibilityStatement, GuardianConsent
from grants.models.expert import Assignment, Conflict, Expert
from grants.models.extension import Extension
from grants.models.help import CallQuestion, HelpRequest
from grants.models.plan import BudgetCategory, BudgetLine, Milestone
from grants.models.programme import Programme, ProgrammeYear
from grants.models.review import Review, ScoreEntry
from grants.models.rules import CallRules, Criterion, DocumentRequirement
from grants.models.screening import IneligibilityProposal, ReasonPhrase, ScreeningCheck
from grants.models.tier import SizeTier

__all__ = [
    "Application",
    "ApplicationDocument",
    "Assignment",
    "Award",
    "BudgetCategory",
    "BudgetLine",
    "Call",
    "CallQuestion",
    "CallRules",
    "Conflict",
    "Correction",
    "Criterion",
    "Decision",
    "DocumentRequirement",
    "EligibilityStatement",
    "Expert",
    "Extension",
    "GuardianConsent",
    "HelpRequest",
    "IneligibilityProposal",
    "Milestone",
    "Programme",
    "ProgrammeYear",
    "ReasonPhrase",
    "Review",
    "ScoreEntry",
    "ScreeningCheck",
    "SizeTier",
    "Submission",
]
