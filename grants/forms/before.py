"""What a person ticks before the form; nothing is ticked for them."""

from typing import Any

from grants.queries.before import ORDER, Statement

PREFIX = "yes_"


def read_before(data: Any, statements: list[Statement]) -> dict[str, Any]:
    """Which statements were confirmed, and for which tier: nothing else of the POST is read."""
    tier = data.get("tier", "")
    return {
        "confirmed": [row.key for row in statements if data.get(f"{PREFIX}{row.key}") == "on"],
        "tier": tier if tier in ORDER else "",
    }
