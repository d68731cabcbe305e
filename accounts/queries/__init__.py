"""Reads of the accounts app that are more than one QuerySet."""
