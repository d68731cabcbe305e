"""Writes of the grants app: one verb, one function, one transaction."""
