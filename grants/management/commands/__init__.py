"""Commands of the grants app."""
