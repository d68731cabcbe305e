"""A published version never changes."""

from core.triggers import append_only

TRIGGERS = append_only("questionnaires_questionnaireversion", unique=(("questionnaire_id", "number"),))
