"""Reads that show both instruments."""
