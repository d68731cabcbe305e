"""Reads about calls for the public pages."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from core import clock
from core.frozen import keep
from core.text import pick
from grants.models import Award, Call, CallRules, Extension
from grants.queries.requirements import is_before_decision
from grants.statuses import CallStatus


@dataclass
class CallsByTime:
    """Published calls by the server clock."""

    open: list[Call] = field(default_factory=list)
    upcoming: list[Call] = field(default_factory=list)
    past: list[Call] = field(default_factory=list)


def calls_by_time() -> CallsByTime:
    """Every published call in its group: what closes first stands first, what closed last stands first. One query."""
    groups = CallsByTime()
    for call in Call.objects.public().select_related("programme_year__programme").order_by("closes_at"):
        if call.is_open:
            groups.open.append(call)
        elif call.is_upcoming:
            groups.upcoming.append(call)
        else:
            groups.past.insert(0, call)
    return groups


HEAD = ("id", "call_id", "number", "sha256", "reason_kk", "reason_ru", "made_at")  # of a version: all but its content
PRINTED = (  # of a call, outside the parts of its page that are kept for some seconds
    *("public_id", "status", "title_kk", "title_ru", "title_en", "summary_kk", "summary_ru", "summary_en"),
    *("opens_at", "closes_at", "currency", "is_example", "cancelled_reason_kk", "cancelled_reason_ru", "released_at"),
    *(f"programme_year__{name}" for name in ("year", "programme__name_kk", "programme__name_ru", "programme__name_en")),
    "questionnaire__code",
)


def read_call_page(user: Any, public_id: str) -> tuple[Call, list[CallRules]] | None:
    """A call as its page prints it, and the heads of its frozen rules, the newest first; None for a call that the
    person may not see. One query, a row for each version of the rules.
    """
    heads = {f"version_{name}": F(f"rules_versions__{name}") for name in HEAD}
    seen = Call.objects.visible_to(user).filter(public_id=public_id).annotate(**heads)
    seen = seen.select_related("programme_year__programme", "questionnaire").only(*PRINTED)
    rows: list[Any] = list(seen.order_by("-rules_versions__number"))
    if not rows:
        return None
    made = [row for row in rows if row.version_id is not None]
    return rows[0], [CallRules.from_db(row._state.db, HEAD, [getattr(row, name) for name in heads]) for row in made]


def read_call_whole(call: Call, rules: CallRules | None) -> Call:
    """The whole call with the content of these rules (`frozen`), its questions, and `is_extended`: whether time was
    ever added. One query.
    """
    extended = Exists(Extension.objects.filter(call=OuterRef("pk")).order_by())
    rows = Call.objects.with_lifted_matches().annotate(**{"is_extended": extended})
    if rules:
        rows = rows.filter(rules_versions=rules.pk).annotate(**{"frozen": F("rules_versions__content")})
    whole = rows.select_related("programme_year", "questionnaire_version", "questionnaire").get(pk=call.pk)
    if rules and whole.questionnaire_version:  # who begins an application next need not read them
        keep(rules.sha256, whole.frozen)
        keep(whole.questionnaire_version.sha256, whole.questionnaire_version.content)
    return whole


@dataclass(frozen=True)
class CallStanding:
    """Where a call stands, as everybody may read it: a word, and the tone and shape that dress it."""

    label: str
    tone: str
    shape: str


def standing_of(call: Call) -> CallStanding:
    """A call's status and the server clock together."""
    if call.status == CallStatus.DRAFT:
        return CallStanding(_("Draft, only staff see it"), "neutral", "ring")
    if call.status == CallStatus.CANCELLED:
        return CallStanding(_("Cancelled"), "bad", "cross")
    if call.status in (CallStatus.DECIDED, CallStatus.ARCHIVED):
        return CallStanding(_("Decided"), "good", "check")
    if call.closes_at < clock.now():
        return CallStanding(_("Closed, applications are being considered"), "info", "half")
    if call.is_upcoming:
        return CallStanding(_("Opens soon"), "wait", "clock")
    return CallStanding(_("Open"), "good", "disc")


@dataclass(frozen=True)
class Results:
    """Released awards of a call: who, for which project, how much."""

    awards: list[Award]
    total: Decimal


def results_of(call: Call) -> Results | None:
    """What everybody may read once decisions are released; None before. One query."""
    if call.released_at is None:
        return None
    awards = Award.objects.counting().filter(application__call=call)
    rows = list(awards.select_related("application__organisation", "application__sector").order_by("-amount", "pk"))
    return Results(rows, sum((award.amount for award in rows), Decimal(0)))


@dataclass(frozen=True)
class RulesRead:
    """The frozen rules as a reader sees them: titles in the reader's language; documents of winners apart."""

    criteria: list[tuple[str, int]]
    documents: list[tuple[str, bool]]
    of_winners: list[tuple[str, bool]]
    reviews_needed: int
    pass_mark: int


def _read(document: dict[str, Any]) -> tuple[str, bool]:
    return pick(document["title"]), document["is_required"]


def rules_read(content: dict[str, Any]) -> RulesRead:
    """(title, weight) of each criterion, (title, is required) of each document."""
    return RulesRead(
        criteria=[(pick(c["title"]), c["weight"]) for c in content["criteria"]],
        documents=[_read(d) for d in content["documents"] if is_before_decision(d)],
        of_winners=[_read(d) for d in content["documents"] if not is_before_decision(d)],
        reviews_needed=content["reviews_needed"],
        pass_mark=content["pass_mark"],
    )
