"""The minutes of a meeting: canonical facts (ids, counts, hashes), and the words that a paper prints from them.

The facts are the same in every language and hold no name; made again from the rows they are the same to the letter.
"""

import hashlib
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from committees.models import Meeting, Substitution
from committees.queries.agenda import ItemRow, bloc_name, rows_of
from committees.queries.session import Session, session_of
from committees.queries.subjects import annexes_of, facts_of
from core.canonical import plain, sha256_of
from core.pdf import FOLDER
from core.templatetags.words import long_date, moment

TEMPLATE = "minutes"


def template_sha256() -> str:
    """Of the template's files: the same facts under another template are another paper."""
    digest = hashlib.sha256()
    for name in ("base", TEMPLATE):
        digest.update((FOLDER / f"{name}.typ").read_bytes())
    return digest.hexdigest()


def content_of(meeting: Meeting) -> dict[str, Any]:
    """The canonical facts of a closed meeting."""
    session = session_of(meeting)
    rows = rows_of(meeting, session)
    facts = facts_of([row.item for row in rows])
    order = meeting.committee.order
    content = {
        "meeting": meeting.public_id,
        "committee": meeting.committee.code,
        "number": meeting.number,
        "held_on": meeting.held_on,
        "notice_sent_at": meeting.notice_sent_at,
        "opened_at": meeting.opened_at,
        "closed_at": meeting.closed_at,
        "order": {"number": order.number, "signed_on": order.signed_on} if order else None,
        "seats": [_seat(session, seat) for seat in sorted(session.seats.values(), key=lambda seat: seat.pk)],
        "substitutions": sorted(
            [row.alternate_id, row.replaces_id, row.item.public_id if row.item else ""]
            for row in Substitution.objects.filter(meeting=meeting).select_related("item")
        ),
        "observers": [[one.pk, one.is_present, one.is_remote] for one in meeting.observers.order_by("pk")],
        "observers_needed": meeting.observers_needed,
        "items": [_item(row, facts.get(row.item.pk, {})) for row in rows],
        "annexes": annexes_of(meeting),
    }
    return plain(content)


def _seat(session: Session, seat: Any) -> dict[str, Any]:
    noted = session.attendance.get(seat.pk)
    return {
        "seat": seat.pk,
        "role": seat.role,
        "is_present": bool(noted and noted.is_present),
        "is_remote": bool(noted and noted.is_remote),
        "has_declared": seat.pk in session.declared,
    }


def _item(row: ItemRow, facts: dict[str, Any]) -> dict[str, Any]:
    item, resolution = row.item, row.resolution
    recused = row.session.conflicts.get(item.pk, {})
    return {
        "item": item.public_id,
        "position": item.position,
        "bloc": item.bloc,
        "is_alone": row.is_alone,
        "proposal": {"kk": item.proposal_kk, "ru": item.proposal_ru},
        "motive": {"kk": item.motive_kk, "ru": item.motive_ru} if item.motive_kk else None,
        "conflicts": sorted([one.seat_id, one.source, one.kind] for rows in recused.values() for one in rows),
        "ballots": sorted([one.seat_id, one.choice, one.is_bloc] for one in row.ballots),
        "dissents": sorted([one.seat_id, sha256_of(one.text)] for one in row.dissents),
        "resolution": resolution
        and {
            "resolution": resolution.public_id,
            "verdict": resolution.verdict,
            "counts": resolution.counts,
            "is_by_casting_vote": resolution.is_by_casting_vote,
            "sha256": resolution.sha256,
        },
        "facts": facts,
    }


def words_of(meeting: Meeting, content: dict[str, Any], *, closed: Collection[str] = ()) -> dict[str, Any]:
    """Everything that templates/pdf/minutes.typ prints, in the current language: the facts with their names. `closed`
    are codes of items that the copy's reader may not read: their numbers stand alone.
    """
    session = session_of(meeting)
    rows = {row.item.public_id: row for row in rows_of(meeting, session)}
    unread = {rows[code].item.reference for code in closed}
    title = _("Minutes No. %(number)s") % {"number": meeting.number}
    return {
        "title": f"{title} · {meeting.committee.name}",
        "from": _("funding portal"),
        "foot": title,
        "kind": str(meeting.committee.name),
        "heading": title,
        "facts": _facts(meeting),
        "present_title": _("Present"),
        "seat_head": [pgettext("person", "Name"), _("Role"), _("Attendance"), _("Declaration")],
        "seats": [_seat_words(session, one) for one in content["seats"]],
        "places": _places(meeting, session),
        "observers_title": _("Observers"),
        "observers": [
            [f"{one.name}{', ' if one.body else ''}{one.body}", _attendance(one.is_present, one.is_remote)]
            for one in meeting.observers.order_by("pk")
        ],
        "observers_words": _("Needed: %(needed)s.") % {"needed": meeting.observers_needed},
        "items_title": _("Resolved"),
        "items": [
            _left_out(rows[one["item"]]) if one["item"] in closed else _item_words(rows[one["item"]], one)
            for one in content["items"]
        ],
        "annexes_title": _("Annexes"),
        "annexes": [_annex(one) for one in content["annexes"] if one.get("number") not in unread],
        "hash_label": _("Fingerprint of these facts (SHA-256)"),
        "sha256": sha256_of(content),
        "hash_words": _(
            "Made by the portal from its own rows. Whoever makes them again comes to the same fingerprint."
        ),
        "signatures_title": _("Signatures"),
        "signatures": [str(session.seats[one["seat"]].user) for one in content["seats"] if one["is_present"]],
    }


def _facts(meeting: Meeting) -> list[list[str]]:
    order = meeting.committee.order
    rows = [
        [_("Held on"), long_date(meeting.held_on)],
        [_("Place"), str(meeting.place)],
        [_("Opened"), moment(meeting.opened_at)],
        [_("Closed"), moment(meeting.closed_at)],
        [_("Notice sent"), moment(meeting.notice_sent_at)],
    ]
    return rows + ([[_("Order"), f"{order} · {order.title}"]] if order else [])


def _attendance(is_present: bool, is_remote: bool) -> str:
    if not is_present:
        return _("absent")
    return _("present from afar") if is_remote else _("present")


def _seat_words(session: Session, fact: dict[str, Any]) -> list[str]:
    seat = session.seats[fact["seat"]]
    declared = _("declared") if fact["has_declared"] else "—"
    return [
        str(seat.user),
        str(seat.get_role_display()),
        _attendance(fact["is_present"], fact["is_remote"]),
        declared,
    ]


def _places(meeting: Meeting, session: Session) -> list[str]:
    """Who sat in whose place."""
    found = []
    for row in Substitution.objects.filter(meeting=meeting).select_related("item").order_by("pk"):
        names = {"alternate": session.seats[row.alternate_id].user, "member": session.seats[row.replaces_id].user}
        sentence = _("%(alternate)s in the place of %(member)s") % names
        found.append(f"{sentence} ({row.item.reference})" if row.item else sentence)
    return found


def _item_words(row: ItemRow, fact: dict[str, Any]) -> dict[str, Any]:
    item, done = row.item, row.resolution
    return {
        "title": f"{item.position}. {item.title}",
        "proposal": str(item.proposal),
        "lines": [line for line in (*_lines(row), *_hashes(fact)) if line],
        "verdict": str(done.get_verdict_display()) if done else "",
        "votes": [[str(one.seat.user), str(one.get_choice_display())] for one in row.ballots],
        "dissents": [[str(one.seat.user), one.text] for one in row.dissents],
    }


def _left_out(row: ItemRow) -> dict[str, Any]:
    """An item that a conflict of interest closes to the reader of this copy."""
    words = _("Left out of this copy: a conflict of interest closes this item to its reader.")
    title = f"{row.item.position}. {row.item.reference}"
    return {"title": title, "proposal": words, "lines": [], "verdict": "", "votes": [], "dissents": []}


def _lines(row: ItemRow) -> list[str]:
    item, done = row.item, row.resolution
    bloc = "" if row.is_alone else _("Voted on in the bloc: %(name)s.") % {"name": bloc_name(item)}
    motive = _("Departs from the ranking. Motive: %(motive)s") % {"motive": item.motive} if item.motive_kk else ""
    recused = ", ".join(str(seat.user) for seat in row.recused)
    lines = [bloc, motive, _("Recused: %(names)s.") % {"names": recused} if recused else ""]
    if done:
        counts = {**done.counts, "for": done.votes_for, "against": done.votes_against, "abstain": done.votes_abstain}
        lines.append(
            _("Able to vote: %(able)s, needed: %(needed)s. For: %(for)s, against: %(against)s, abstained: %(abstain)s.")
            % counts
        )
        lines.append(_("A tie, decided by the chair's vote.") if done.is_by_casting_vote else "")
        lines.append(done.reason)
    return lines


def _hashes(fact: dict[str, Any]) -> list[str]:
    """Scores and votes behind the item, by their fingerprints."""
    scores, votes = fact["facts"].get("scores_sha256"), fact["resolution"] and fact["resolution"]["sha256"]
    return [
        _("Scores (SHA-256): %(hash)s") % {"hash": scores} if scores else "",
        _("Votes (SHA-256): %(hash)s") % {"hash": votes} if votes else "",
    ]


def _annex(fact: dict[str, Any]) -> str:
    """An order or an appeal in one line."""
    names = {
        "order_call": _("Order that announced the call"),
        "order_experts": _("Order of the experts"),
        "appeal": _("Appeal"),
    }
    outcomes = {"upheld": _("Upheld"), "dismissed": _("Dismissed"), "open": _("Waits for an answer")}
    told = {**fact, "outcome": outcomes.get(fact.get("outcome", ""), "")}
    rest = [str(told[key]) for key in ("order", "number", "words", "outcome") if told.get(key)]
    return f"{names.get(fact['kind'], fact['kind'])}: {' · '.join(rest)}"
