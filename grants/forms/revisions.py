"""The revisions that a page of fields carries, so that without JavaScript too nobody's text is overwritten unseen.

`rev_<field>` holds "<revision>-<digest>" of what was rendered. `choose_<field>` is the person's answer after both texts
were shown: the revision that theirs may replace, or "theirs".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.refusals import Overtaken
from grants.actions.saving import THEIRS, Known, SectionSaved, digest_of, kept_values
from grants.forms.saving import in_words
from grants.models import Application

REV, CHOICE = "rev_", "choose_"


@dataclass(frozen=True)
class Clash:
    """One field that two people wrote: both texts, and the revision that this person may replace."""

    field: str
    label: Any
    mine: str
    theirs: str
    rev: int


def known_of(data: Mapping[str, Any]) -> dict[str, Known]:
    """What the page knew of each field. A revision that is no number is one that never was: the person is asked."""
    found = {}
    for name in data:
        if name.startswith(REV):
            field = name.removeprefix(REV)
            rev, _dash, digest = str(data[name]).partition("-")
            chosen = str(data.get(f"{CHOICE}{field}", ""))
            over = THEIRS if chosen == "theirs" else _number(chosen)
            found[field] = Known(rev=-1 if (number := _number(rev)) is None else number, digest=digest, over=over)
    return found


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def revisions_of(
    application: Application, names: Iterable[str], posted: Mapping[str, Any] | None = None, stays: Iterable[str] = ()
) -> list[tuple[str, str]]:
    """(field, token) for the hidden inputs of a page; fields in `stays` keep the token that was posted."""
    kept, names = kept_values(application, set(names)), list(names)
    fresh = {name: f"{rev}-{digest_of(value)}" for name, (value, rev) in kept.items()}
    unsaved = {name: (posted or {}).get(REV + name, "") for name in stays}
    return [(name, unsaved.get(name) or fresh.get(name, f"0-{digest_of('')}")) for name in names]


def page_revisions(
    application: Application, forms: Iterable[Any], data: Mapping[str, Any] | None, saved: SectionSaved | None
) -> list[tuple[str, str]]:
    """The tokens of a page: what was saved is known anew; what was not keeps the revision that it was typed over."""
    forms = list(forms)
    names = {name for form in forms for name in form.fields}
    wrong = {name for form in forms if data for name in form.errors}
    written = saved.written - wrong if saved else frozenset()
    return revisions_of(application, sorted(names), data, names - written if data else ())


def clashes_of(application: Application, forms: Iterable[Any], clashes: Mapping[str, Overtaken]) -> list[Clash]:
    """Both texts of each clash, in words."""
    labels = {name: made.label for form in forms for name, made in form.fields.items()}
    return [
        Clash(
            field=name,
            label=labels[name],
            mine=in_words(application, name, getattr(other.typed, "pk", other.typed)),
            theirs=in_words(application, name, other.kept),
            rev=other.rev,
        )
        for name, other in clashes.items()
    ]
