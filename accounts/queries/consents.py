"""Which text of a consent is in force."""

from collections.abc import Collection

from accounts.models import ConsentText
from core import clock


def text_in_force(kind: str) -> ConsentText:
    """The newest version whose time has come; raises DoesNotExist where staff have none."""
    return ConsentText.objects.filter(kind=kind, valid_from__lte=clock.now()).latest("version")


def texts_in_force(kinds: Collection[str]) -> dict[str, ConsentText]:
    """The same for several kinds in one query, in the order in which they are asked for."""
    valid = ConsentText.objects.filter(kind__in=kinds, valid_from__lte=clock.now()).order_by("version")
    newest = {text.kind: text for text in valid}
    return {kind: newest[kind] for kind in kinds}
