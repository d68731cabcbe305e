"""People, organisations, membership, roles, consents, sign-in."""
