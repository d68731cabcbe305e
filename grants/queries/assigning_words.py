"""A computed assignment in words: why a pair was made, what was impossible, what would help."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts.statuses import Language
from grants.queries.assigning_result import Names, names_in

__all__ = ["names_in", "pair_words", "relaxation_words", "stuck_words"]


def held_words() -> dict[str, str]:
    """Why a pair was not free to change."""
    return {
        "review": _("The review is in and stays"),
        "begun": _("The expert is reading it already"),
        "asked": _("Was asked before and stays"),
        "pin": _("Fixed by staff"),
        "kept": _("Was asked before"),
    }


def away_words() -> dict[str, str]:
    """Why an expert may not read an application."""
    return {
        "conflict": _("conflict of interest: %(count)s"),
        "language": _("do not read its language: %(count)s"),
        "apart": _("kept apart by staff: %(count)s"),
        "returned": _("have handed it back: %(count)s"),
        "away": _("not active now: %(count)s"),
    }


def pair_words(row: Mapping[str, Any]) -> list[str]:
    """Why this expert reads this application; `row` is a pair of a result, or `Assignment.why`."""
    language = str(Language(row["language"]).label)
    through = _("reads the translation by staff (original: %(language)s)") % {"language": language}
    return [
        *([held_words()[row["held"]]] if row["held"] else []),
        _sector_words(row),
        through if row["translation"] else _("reads the language: %(language)s") % {"language": language},
        _("load: %(load)s of %(most)s") % {"load": row["load"], "most": row["most"]},
    ]


def _sector_words(row: Mapping[str, Any]) -> str:
    """Whether the expert is of the sector; where the choice was free, why one of another sector was taken."""
    if row["fits"]:
        return _("expert of the sector")
    return _("of another sector") if row["held"] else _("of another sector: those of the sector are fuller or blocked")


def stuck_words(result: Mapping[str, Any], known: Names) -> list[str]:
    """What stands in the way, the whole first, then each application by itself."""
    found = []
    if result["needed"] > result["capacity"]:
        counts = {"needed": result["needed"], "capacity": result["capacity"]}
        found.append(_("%(needed)s reviews are needed, the experts can take %(capacity)s together.") % counts)
    away = away_words()
    for lack in result["lacks"]:
        reasons = "; ".join(away[why] % {"count": count} for why, count in lack["away"].items())
        words = {
            "number": _number(known, lack["application"]),
            "needed": lack["needed"],
            "possible": lack["possible"],
            "reasons": reasons,
        }
        sentence = _("%(number)s needs %(needed)s experts, %(possible)s may read it. The others: %(reasons)s.")
        found.append(
            sentence % words if reasons else _("%(number)s needs %(needed)s experts, %(possible)s may read it.") % words
        )
    return found or [_("Each application has enough experts by itself, but not all of them together within the loads.")]


def relaxation_words(one: Mapping[str, Any], known: Names) -> str:
    """One thing to give way in, as staff read it on its button."""
    words = {"count": one["number"]}
    if one["kind"] in ("raise", "below"):
        expert = known.experts.get(one["key"])
        words["expert"] = str(expert) if expert else "—"
        if one["kind"] == "raise":
            return _("%(expert)s: more applications than the limit, by %(count)s") % words
        return _("%(expert)s: fewer applications than the smallest load, by %(count)s") % words
    words["number"] = _number(known, one["key"])
    if one["kind"] == "translate":
        words["language"] = str(Language(one["language"]).label)
        return _("%(number)s: let experts read a translation by staff (%(language)s)") % words
    return _("%(number)s: fewer experts, by %(count)s") % words


def _number(known: Names, key: str) -> str:
    application = known.applications.get(key)
    return application.number or key if application else key
