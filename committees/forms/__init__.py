"""Forms of the committees app."""
