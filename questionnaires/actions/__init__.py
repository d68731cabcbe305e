"""Writes of the questionnaires app."""
