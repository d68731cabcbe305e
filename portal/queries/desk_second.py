"""What waits for a second person, and appeals that wait for an answer, on the first page of the staff."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Approval, LegalHold
from accounts.policy import may_hold
from accounts.statuses import ApprovalKind
from core import clock
from core.templatetags.words import moment, number
from grants import policy
from grants.actions.proposals import RULES
from grants.models import Application, Call, Hold
from grants.queries.appeals import waiting_appeals
from portal.queries.desk_rows import Row, Rows, Tile

SHOWN = 5
ABOUT = {
    "grants.call": Call,
    "grants.application": Application,
    "grants.hold": Hold,
    "accounts.legalhold": LegalHold,
}
HOLDS = {"accounts.legalhold": may_hold, "grants.hold": policy.may_lift_hold}


def waiting_for(person: Any) -> tuple[list[Tile], list[Rows]]:
    """Both parts, as far as this person has to do with them."""
    tiles, lists = second_persons(person)
    more = appeals(person) if policy.may_answer_appeals(person) else ([], [])
    return [*tiles, *more[0]], [*lists, *more[1]]


def second_persons(person: Any) -> tuple[list[Tile], list[Rows]]:
    """Steps that this person may confirm or turn down, or has proposed: a query, and one for each kind of row."""
    kinds = [kind for kind, rule in RULES.items() if rule(person)]
    holds = [label for label, rule in HOLDS.items() if rule(person)]
    if not kinds and not holds:
        return [], []
    theirs = Q(kind__in=kinds) | Q(kind=ApprovalKind.LIFT_HOLD, object_type__in=holds)
    waiting = list(Approval.objects.waiting().filter(theirs).select_related("proposed_by").order_by("proposed_at"))
    mine = [one for one in waiting if one.proposed_by_id != person.pk]
    named = _named(waiting[:SHOWN])
    rows = [_row(one, named, person) for one in waiting[:SHOWN]]
    tile = Tile(_("Waits for a second person"), number(len(mine)), tone="wait" if mine else "")
    return [tile], [Rows(_("Waits for a second person"), rows, empty=_("Nobody has proposed anything."))]


def _named(waiting: list[Approval]) -> dict[tuple[str, int], Any]:
    """(type, key) -> the row that a proposal is about."""
    found = {}
    for label, model in ABOUT.items():
        keys = [one.object_id for one in waiting if one.object_type == label]
        rows = model._default_manager.select_related("award__application") if model is Hold else model._default_manager
        for pk, row in (rows.in_bulk(keys) if keys else {}).items():
            found[label, pk] = row
    return found


def _row(one: Approval, named: dict[tuple[str, int], Any], person: Any) -> Row:
    about = named.get((one.object_type, one.object_id))
    own = one.proposed_by_id == person.pk
    meta = f"{one.proposed_by} · {moment(one.proposed_at)}"
    step = _("Release of held money") if isinstance(about, Hold) else one.get_kind_display()
    title = f"{step}: {_name(about)}"
    return Row(title, _page(one, about), meta, _("Proposed by you") if own else _("Confirm or turn down"), "wait")


def _name(about: Any) -> str:
    """A call's title, a hold's subject, an application's number or code: drafts have no title here."""
    if isinstance(about, Application):
        return about.number or about.public_id
    return about.about if isinstance(about, LegalHold) else str(about)


def _page(one: Approval, about: Any) -> str:
    if one.kind == ApprovalKind.RELEASE:
        return reverse("admin:grants_decision_release", args=[about.public_id])
    if one.kind == ApprovalKind.EXTEND_ONE:
        return reverse("admin:grants_extension_changelist")
    if one.object_type == "grants.hold":
        return reverse("admin:grants_hold_change", args=[one.object_id])
    if one.kind == ApprovalKind.LIFT_HOLD:
        return reverse("admin:accounts_legalhold_change", args=[one.object_id])
    return reverse("admin:grants_call_change", args=[one.object_id])


def appeals(person: Any) -> tuple[list[Tile], list[Rows]]:
    """Appeals to answer, the one due first on top: two queries."""
    waiting = waiting_appeals(person)
    rows = [_appeal(appeal) for appeal in waiting[:SHOWN]]
    count = waiting.count()
    url = f"{reverse('admin:grants_appeal_changelist')}?answer=waits"
    return [Tile(_("Appeals to answer"), number(count), "", url, "wait" if count else "")], [
        Rows(_("Appeals to answer"), rows, url, empty=_("Every appeal is answered."))
    ]


def _appeal(appeal: Any) -> Row:
    late = appeal.due_at < clock.now()
    application = appeal.application
    return Row(
        f"{application.number} · {application.title}",
        reverse("admin:grants_appeal_change", args=[appeal.pk]),
        f"{appeal.get_against_display()} · " + _("Until: %(when)s") % {"when": moment(appeal.due_at)},
        _("Overdue") if late else _("Waits for the answer"),
        "bad" if late else "wait",
        "cross" if late else "clock",
    )
