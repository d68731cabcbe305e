"""Formulas of the committees app."""
