"""Doorway of people to their account and their organisations."""
