"""Doorway of the shell to the accounts app."""
