"""Doorway of people to the portal's own pages."""
