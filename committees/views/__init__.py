"""Views of the committees app."""
