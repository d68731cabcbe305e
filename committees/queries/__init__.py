"""Queries of the committees app."""
