"""A package of its own name: gostcrypto's wheel carries a folder `tests`, which would win over a folder without this."""
