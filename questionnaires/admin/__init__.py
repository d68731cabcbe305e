"""The editor's desk of questionnaires: one file per noun; `fields.py` holds the boxes that only this desk has."""

from questionnaires.admin import preview, questionnaires, questions, sections

__all__ = ["preview", "questionnaires", "questions", "sections"]
