"""Writes of the funds app: one verb, one function, one transaction."""
