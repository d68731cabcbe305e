"""Doorways of the shell."""
