"""A sample that nobody can choose: ids in the order of a hash of the seed, the first n of them."""

import hashlib
from collections.abc import Iterable


def place(seed: str, key: str) -> str:
    """Where an id stands in the order of a seed: SHA-256 of «seed:id»."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def sample(seed: str, n: int, ids: Iterable[str]) -> list[str]:
    """The `n` ids whose hashes come first; the order in which they are given never matters.

    Whoever has the seed and the ids draws the same sample. A larger `n` begins with the smaller sample, and an id that
    is added later moves none of the others against each other.
    """
    return sorted(set(ids), key=lambda key: place(seed, key))[: max(n, 0)]
