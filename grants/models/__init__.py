"""Nouns of the grants app."""

from grants.models.agenda import ApplicationItem
from grants.models.appeal import Appeal
from grants.models.application import Application, ApplicationDocument
from grants.models.assigning import AssignmentRun, Pin, StaffTranslation
from grants.models.award import Award
from grants.models.award_plan import AwardLine, AwardMilestone, PlanLine, PlanMilestone, PlanVersion
from grants.models.bank_answer import BankAnswer
from grants.models.calibration import CalibrationSample, CalibrationScore
from grants.models.call import Call
from grants.models.candidate import ExpertCandidate, ExpertInvitation, WorkAct
from grants.models.conflict import Conflict
from grants.models.contract import AwardPaper, Contract, ContractParagraph, ContractTemplate, Signatory
from grants.models.correction import Correction
from grants.models.decision import Decision
from grants.models.eligibility import EligibilityStatement, GuardianConsent
from grants.models.expense import Expense, ExpenseMark
from grants.models.expert import Assignment, Expert
from grants.models.export import Export
from grants.models.extension import Extension
from grants.models.external import ExternalCheckRound
from grants.models.extra import ExtraReview
from grants.models.floor import SectorFloor
from grants.models.help import CallQuestion, HelpRequest
from grants.models.indicator import AwardIndicator, Indicator
from grants.models.payment import LedgerEntry, Payment, PaymentBatch
from grants.models.plan import BudgetCategory, BudgetLine, Milestone
from grants.models.programme import Programme, ProgrammeYear
from grants.models.ranking import RankingRun, WhatIf
from grants.models.review import Review, ScoreEntry
from grants.models.rules import CallRules, Criterion, DocumentRequirement
from grants.models.screening import IneligibilityProposal, ReasonPhrase, ScreeningCheck
from grants.models.submission import Submission
from grants.models.tier import SizeTier
from grants.models.tranche import Hold, TaxCheck, Tranche, TrancheScheme

__all__ = [
    "Appeal",
    "Application",
    "ApplicationDocument",
    "ApplicationItem",
    "Assignment",
    "AssignmentRun",
    "Award",
    "AwardIndicator",
    "AwardLine",
    "AwardMilestone",
    "AwardPaper",
    "BankAnswer",
    "BudgetCategory",
    "BudgetLine",
    "CalibrationSample",
    "CalibrationScore",
    "Call",
    "CallQuestion",
    "CallRules",
    "Conflict",
    "Contract",
    "ContractParagraph",
    "ContractTemplate",
    "Correction",
    "Criterion",
    "Decision",
    "DocumentRequirement",
    "EligibilityStatement",
    "Expense",
    "ExpenseMark",
    "Expert",
    "ExpertCandidate",
    "ExpertInvitation",
    "Export",
    "Extension",
    "ExternalCheckRound",
    "ExtraReview",
    "GuardianConsent",
    "HelpRequest",
    "Hold",
    "Indicator",
    "IneligibilityProposal",
    "LedgerEntry",
    "Milestone",
    "Payment",
    "PaymentBatch",
    "Pin",
    "PlanLine",
    "PlanMilestone",
    "PlanVersion",
    "Programme",
    "ProgrammeYear",
    "RankingRun",
    "ReasonPhrase",
    "Review",
    "ScoreEntry",
    "ScreeningCheck",
    "SectorFloor",
    "Signatory",
    "SizeTier",
    "StaffTranslation",
    "Submission",
    "TaxCheck",
    "Tranche",
    "TrancheScheme",
    "WhatIf",
    "WorkAct",
]
