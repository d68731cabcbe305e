"""Nouns of the questionnaires app."""

from questionnaires.models.answers import Answer, AnswerSet
from questionnaires.models.desk import Question, Questionnaire, Section
from questionnaires.models.version import QuestionnaireVersion

__all__ = ["Answer", "AnswerSet", "Question", "Questionnaire", "QuestionnaireVersion", "Section"]
