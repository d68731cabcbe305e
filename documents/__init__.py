"""Stored files: upload, checks, hash. No address of its own: the owner's view checks, then serves."""
