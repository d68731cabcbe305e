"""The shape of input of the portal app."""
