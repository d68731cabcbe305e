"""Each expert reads in an order of their own, so that no application is everybody's first or last."""

from hashlib import sha256


def own_place(call: str, expert: str, application: str) -> str:
    """Where an application stands for one expert: sort by it. The same for ever, from the public ids alone."""
    return sha256(f"{call}:{expert}:{application}".encode()).hexdigest()
