"""Doorway of people to calls, applications and reviews."""
