"""Gap-free numbers: taken last in the transaction, so that a refused action gives its number back."""

from django.db import connection, transaction

# One statement on PostgreSQL and on SQLite: it makes the row, or adds to it and holds it.
NEXT = """
    INSERT INTO core_counter (key, value) VALUES (%s, 1)
    ON CONFLICT (key) DO UPDATE SET value = core_counter.value + 1 RETURNING value
"""


def next_number(key: str) -> int:
    """The next number under `key` (1, 2, 3, ...). Holds the counter's row until the transaction ends."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is taken inside the transaction that uses it")
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [key])
        return int(cursor.fetchone()[0])
