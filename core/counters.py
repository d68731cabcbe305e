"""Gap-free numbers: taken last in the transaction, so that a refused action gives its number back."""

from django.db import transaction
from django.db.models import F

from core.models import Counter


def next_number(key: str) -> int:
    """The next number under `key` (1, 2, 3, ...). Holds the counter's row until the transaction ends."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is taken inside the transaction that uses it")
    counter = Counter.objects.filter(key=key)
    if not counter.update(value=F("value") + 1):
        Counter.objects.get_or_create(key=key)
        counter.update(value=F("value") + 1)
    return Counter.objects.values_list("value", flat=True).get(key=key)
