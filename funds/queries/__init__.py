"""Reads of the funds app that are more than one QuerySet."""
