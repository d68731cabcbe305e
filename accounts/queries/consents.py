"""Which text of a consent is in force, and which consents a person has given and not withdrawn."""

from collections.abc import Collection
from typing import Any

from accounts.models import Consent, ConsentText
from accounts.statuses import ConsentKind
from core import clock

WITHDRAWABLE = frozenset({ConsentKind.PUBLICATION})


def text_in_force(kind: str) -> ConsentText:
    """The newest version whose time has come; raises DoesNotExist where staff have none."""
    return ConsentText.objects.filter(kind=kind, valid_from__lte=clock.now()).latest("version")


def texts_in_force(kinds: Collection[str]) -> dict[str, ConsentText]:
    """The same for several kinds in one query, in the order in which they are asked for."""
    valid = ConsentText.objects.filter(kind__in=kinds, valid_from__lte=clock.now()).order_by("version")
    newest = {text.kind: text for text in valid}
    return {kind: newest[kind] for kind in kinds}


def last_words(user: Any) -> list[Consent]:
    """The last row of each consent (a kind, about one thing), newest first: given or withdrawn. One query."""
    rows = Consent.objects.filter(user=user).select_related("text", "organisation").order_by("pk")
    last: dict[tuple[str, str], Consent] = {}
    for row in rows:
        last.pop((row.text.kind, row.about), None)
        last[row.text.kind, row.about] = row
    return list(reversed(last.values()))


def in_force(user: Any) -> list[Consent]:
    """What the person has agreed to and not withdrawn."""
    return [row for row in last_words(user) if row.is_given]


def may_show(abouts: Collection[str]) -> dict[str, bool]:
    """For each application about which somebody was asked: whether its photos and stories may be shown. One query.

    The last word of each person counts, and one withdrawal closes it for all. Who shows a photo or a story asks here.
    """
    rows = Consent.objects.filter(about__in=abouts, text__kind=ConsentKind.PUBLICATION).order_by("pk")
    last = {(about, user): is_given for about, user, is_given in rows.values_list("about", "user", "is_given")}
    return {about: all(given for (named, _user), given in last.items() if named == about) for about, _user in last}
