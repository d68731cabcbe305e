"""Nouns of the questionnaires app."""

from questionnaires.models.answers import Answer, AnswerFile, AnswerSet
from questionnaires.models.desk import CrossRule, Question, Questionnaire, Section
from questionnaires.models.version import QuestionnaireVersion

__all__ = [
    "Answer",
    "AnswerFile",
    "AnswerSet",
    "CrossRule",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Section",
]
