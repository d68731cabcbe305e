"""Doorway of people to papers that belong to no other app: proof for being let into an organisation."""
