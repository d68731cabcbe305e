"""Which text of a consent is in force."""

from accounts.models import ConsentText
from core import clock


def text_in_force(kind: str) -> ConsentText:
    """The newest version whose time has come; raises DoesNotExist where staff have none."""
    return ConsentText.objects.filter(kind=kind, valid_from__lte=clock.now()).latest("version")
