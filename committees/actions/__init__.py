"""Actions of the committees app."""
