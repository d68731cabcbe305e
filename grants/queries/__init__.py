"""Reads of the grants app that are more than one QuerySet."""
