"""Reads of the questionnaires app."""
