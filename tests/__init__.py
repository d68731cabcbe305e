"""A package: the wheel of gostcrypto carries a folder `tests`, which would win over a folder without this file."""
