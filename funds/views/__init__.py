"""Doorway of people to the funds app."""
