"""The shape of input of the grants app."""
