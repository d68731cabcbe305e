"""What is past its years: drafts, sent applications without an award, words of letters, unused accounts, closed bank
accounts, answered requests to be let in, observers of old meetings, lists of outside checks, memberships that ended
more than a year ago; and stored files that nothing holds any more.

Awards and reviews are not among them: awards are kept for years after the end of a contract, which no record has yet,
reviews and decisions without end (archive law); the trail cannot be erased by design.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.actions.erasure import GONE
from accounts.models import AccessRequest, BankAccount, FormerMembership, Membership, Organisation, User
from accounts.statuses import RecordType
from committees.actions.observers import NOBODY
from committees.models import Meeting, Observer
from core import clock
from core.models import AuditEvent
from documents.models import Document
from grants.models import Application, ExternalCheckRound
from grants.statuses import ApplicationStatus as A
from notifications.actions.forget import finished_before
from notifications.models import Message
from portal.queries.erasure import held, last_day, never_sent, rules, years_after

UNDER_WAY = timedelta(days=3)  # as long as an upload in pieces may take
STRAY = "file"
FORMER = "former_membership"  # its term stands in the row, `counts_until`
ENDED = (A.INELIGIBLE, A.DECLINED, A.RESERVED, A.WITHDRAWN)


@dataclass(frozen=True)
class Due:
    """What would go now, by record type; nothing on hold is in it."""

    drafts: list[Application] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    accounts: list[User] = field(default_factory=list)
    bank_accounts: list[BankAccount] = field(default_factory=list)
    requests: list[AccessRequest] = field(default_factory=list)
    observers: list[Observer] = field(default_factory=list)
    external_checks: list[ExternalCheckRound] = field(default_factory=list)
    former_members: list[FormerMembership] = field(default_factory=list)
    stray: list[Document] = field(default_factory=list)
    spared_people: set[int] = field(default_factory=set)


def due() -> Due:
    """Reads every rule; a rule of 0 years erases nothing. A query for each kind and one for the holds."""
    names, now = held(), clock.now()
    spared = people_on_hold(names)
    messages = finished_before(before(RecordType.MESSAGE, now)).exclude(user__in=spared)
    return Due(
        drafts=list(not_held(old_drafts(before(RecordType.DRAFT, now)), names)),
        applications=old_applications(names),
        messages=list(messages.only("pk", "event", "public_id")),
        accounts=list(old_accounts(before(RecordType.ACCOUNT, now)).exclude(pk__in=spared)),
        bank_accounts=list(old_bank_accounts(before(RecordType.BANK_ACCOUNT, now), names)),
        requests=list(old_requests(before(RecordType.ACCESS, now), names).exclude(asked_by__in=spared)),
        observers=list(old_observers(before(RecordType.OBSERVER, now), names)),
        external_checks=list(old_external_checks(before(RecordType.EXTERNAL_CHECK, now), names)),
        former_members=list(old_former_members(now, names).exclude(user__in=spared)),
        stray=[row for row in stray_documents(now - UNDER_WAY) if row.uploaded_by_id not in spared],
        spared_people=spared,
    )


def people_on_hold(names: set[str]) -> set[int]:
    """Keys of the people whom a hold names: themselves, or by an organisation or an application of theirs."""
    if not names:
        return set()
    held = Application.objects.filter(Q(public_id__in=names) | Q(number__isnull=False, number__in=names))
    organisations = Q(public_id__in=names) | Q(pk__in=held.values("organisation"))
    members = Membership.objects.filter(organisation__in=Organisation.objects.filter(organisations))
    named = Q(public_id__in=names) | Q(pk__in=members.values("user")) | Q(pk__in=held.values("created_by"))
    return set(User.objects.filter(named).values_list("pk", flat=True))


def before(record_type: str, now: datetime) -> datetime:
    """The moment that lies so many years back as the rule says; the dawn of time for a rule without end."""
    rule = rules().get(record_type)
    if rule is None or not rule.years:
        return datetime(1970, 1, 1, tzinfo=timezone.get_default_timezone())
    return now - timedelta(days=rule.years * 365.25)


def not_held(applications: QuerySet[Application], names: set[str]) -> QuerySet[Application]:
    """Without those that a hold names."""
    return applications.exclude(pk__in=held_applications(names).values("pk"))


def held_applications(names: set[str]) -> QuerySet[Application]:
    """Those that a hold names: themselves, their number, organisation, or who began them."""
    return Application.objects.filter(
        Q(public_id__in=names) | Q(organisation__public_id__in=names) | Q(created_by__public_id__in=names)
        | Q(number__isnull=False, number__in=names)
    )  # fmt: skip


def old_drafts(moment: datetime) -> QuerySet[Application]:
    """Never sent, to a call that is closed, and not touched since."""
    touched = never_sent().annotate(touched_at=Coalesce("last_saved_at", "created_at"))
    return touched.filter(touched_at__lt=moment, call__closes_at__lt=moment).select_related("answer_set").order_by("pk")


def old_applications(names: set[str]) -> list[Application]:
    """Sent once, ended without an award, whose years are over, and not emptied yet."""
    rule = rules().get(RecordType.APPLICATION)
    if rule is None or not rule.years:
        return []
    left = Q(status=A.DRAFT, number__isnull=False) | Q(status__in=ENDED)
    ended = Application.objects.filter(left, submissions__snapshot__erased_at=None, submissions__isnull=False)
    closed = ended.filter(call__closes_at__lt=clock.now()).select_related("call", "answer_set", "organisation")
    today = clock.today()
    rows = not_held(closed.distinct().order_by("pk"), names)
    return [row for row in rows if years_after(last_day(row), rule.years) <= today]


def old_accounts(moment: datetime) -> QuerySet[User]:
    """Applicants who have not signed in since, and whose organisations have no application that is still kept."""
    there = Application.objects.filter(Q(number=None) | Q(submissions__snapshot__erased_at=None))
    applied = there.filter(organisation__memberships__user=OuterRef("pk"))
    sent = there.filter(created_by=OuterRef("pk"))
    member = Membership.objects.filter(user=OuterRef("pk"), organisation__fund_projects__isnull=False)
    seen = User.objects.annotate(seen_at=Coalesce("last_login", "joined_at"))
    unused = seen.filter(~Exists(applied), ~Exists(sent), ~Exists(member), seen_at__lt=moment, groups=None)
    return unused.exclude(email__endswith=f"@{GONE}").order_by("pk")


def old_bank_accounts(moment: datetime, names: set[str]) -> QuerySet[BankAccount]:
    """Closed since, of organisations without an award: nothing was ever paid there."""
    awarded = Application.objects.filter(status=A.AWARDED).values("organisation")
    rows = BankAccount.objects.filter(closed_at__lt=moment).exclude(organisation__in=awarded)
    return rows.exclude(organisation__public_id__in=names).order_by("pk")


def old_requests(moment: datetime, names: set[str]) -> QuerySet[AccessRequest]:
    """Answered since: who asked, their words and their papers are needed no more."""
    rows = AccessRequest.objects.filter(answered_at__lt=moment).exclude(organisation__public_id__in=names)
    return rows.order_by("pk")


def old_observers(moment: datetime, names: set[str]) -> QuerySet[Observer]:
    """Of meetings that are over since; the minutes name who watched, the row with its address is needed no more.

    A hold on the meeting, or on an application that stood on its agenda, spares them.
    """
    ended = Q(meeting__closed_at__lt=moment) | Q(meeting__closed_at=None, meeting__starts_at__lt=moment)
    rows = Observer.objects.filter(ended).exclude(name=NOBODY).exclude(meeting__public_id__in=names)
    spared = Meeting.objects.filter(
        items__reference__in=list(held_applications(names).values_list("number", flat=True))
    )
    return (rows.exclude(meeting__in=spared) if names else rows).select_related("meeting").order_by("pk")


def old_external_checks(moment: datetime, names: set[str]) -> QuerySet[ExternalCheckRound]:
    """Whose lists of IIN and BIN were written down since, or never came back; the checks themselves stay.

    A hold on the round, its call, or an application of the call spares them.
    """
    ended = Q(imported_at__lt=moment) | Q(imported_at=None, made_at__lt=moment)
    left = Q(sent__erased_at=None) | Q(answer__isnull=False, answer__erased_at=None)
    rows = ExternalCheckRound.objects.filter(ended, left).exclude(public_id__in=names)
    spared = Q(call__public_id__in=names) | Q(call__in=held_applications(names).values("call"))
    return (rows.exclude(spared) if names else rows).select_related("sent", "answer").order_by("pk")


def old_former_members(now: datetime, names: set[str]) -> QuerySet[FormerMembership]:
    """Who left an organisation more than a year ago: it makes no conflict of interest any more."""
    rows = FormerMembership.objects.filter(counts_until__lt=now).exclude(organisation__public_id__in=names)
    return rows.select_related("user").order_by("pk")


def stray_documents(moment: datetime) -> list[Document]:
    """Uploaded before, and no row points to them any more: taken off a draft, out of a vault, off a request.

    What was taken off after sending is named by a snapshot, by its SHA-256; the trail says which application held it.
    """
    free = Document.objects.filter(uploaded_at__lt=moment, erased_at=None)
    for model, name in holders_of_documents():
        free = free.filter(~Exists(model._default_manager.filter(**{name: OuterRef("pk")})))
    stray = list(free.order_by("pk"))
    attached = AuditEvent.objects.filter(object_type=Application._meta.label_lower)
    held = attached.filter(data__sha256__in=[row.sha256 for row in stray]).values_list("object_id", "data__sha256")
    sent = Application.objects.filter(number__isnull=False, submissions__snapshot__erased_at=None)
    kept = set(sent.filter(public_id__in={about for about, _hash in held}).values_list("public_id", flat=True))
    named = {sha256 for about, sha256 in held if about in kept}
    return [row for row in stray if row.sha256 not in named]


def holders_of_documents() -> list[tuple[Any, str]]:
    """Every column of ours that points to a stored file: a new one is found by itself."""
    fields = [field for model in apps.get_models() for field in model._meta.local_fields]
    return [(field.model, field.name) for field in fields if field.related_model is Document]


def lines(found: Due) -> list[tuple[str, Any]]:
    """(record type, public id) of everything that would go, for the shell."""
    return [
        *((RecordType.DRAFT.value, row.public_id) for row in found.drafts),
        *((RecordType.APPLICATION.value, row.number or row.public_id) for row in found.applications),
        *((RecordType.MESSAGE.value, row.public_id) for row in found.messages),
        *((RecordType.ACCOUNT.value, row.public_id) for row in found.accounts),
        *((RecordType.BANK_ACCOUNT.value, row.public_id) for row in found.bank_accounts),
        *((RecordType.ACCESS.value, row.public_id) for row in found.requests),
        *((RecordType.OBSERVER.value, row.meeting.public_id) for row in found.observers),
        *((RecordType.EXTERNAL_CHECK.value, row.public_id) for row in found.external_checks),
        *((FORMER, row.user.public_id) for row in found.former_members),
        *((STRAY, row.public_id) for row in found.stray),
    ]
