"""What erasing an account would do: what goes now, what stays until when and why, what stands in the way."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import BankAccount, LegalHold, Membership, Organisation, RetentionRule, User
from accounts.statuses import MembershipRole, RecordType
from documents.models import Document, VaultEntry
from documents.queries import held_by_signatures
from grants.models import Application
from grants.queries.papers import held_elsewhere, papers_held_by
from grants.statuses import ApplicationStatus as A
from grants.statuses import AwardStatus
from notifications.models import Message
from portal.models import DataExport

HASH = re.compile(r"\b[0-9a-f]{64}\b")
WAITING = (A.SUBMITTED, A.ELIGIBLE, A.RESERVED)
RUNNING = (AwardStatus.OFFERED,)


@dataclass(frozen=True)
class Kept:
    """A record that stays: what, until when (None: no end is set yet), and the law or decision that says so."""

    what: str
    until: date | None
    why: str


@dataclass(frozen=True)
class Plan:
    """The whole of it; the page shows it and the action follows it."""

    drafts: list[Application] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    documents: set[int] = field(default_factory=set)
    bank_accounts: list[BankAccount] = field(default_factory=list)
    letters: int = 0
    memberships: int = 0
    signatures: int = 0
    kept: list[Kept] = field(default_factory=list)
    obstacles: list[str] = field(default_factory=list)


def plan_of(user: User) -> Plan:
    """About a dozen queries, one more for each sent application with its papers."""
    alone = list(organisations_of_one(user))
    drafts = list(never_sent().filter(organisation__in=alone).select_related("answer_set"))
    kept = list(sent_of(user).select_related("call").order_by("number"))
    signatures = user.signatures.count()
    empty = [one for one in alone if not any(row.organisation_id == one.pk for row in kept)]
    return Plan(
        drafts=drafts,
        organisations=empty,
        documents=documents_to_erase(user, drafts, alone),
        bank_accounts=list(unpaid_accounts(alone)),
        letters=Message.objects.filter(Q(user=user) | Q(address__iexact=user.email)).count(),
        memberships=user.memberships.count(),
        signatures=signatures,
        kept=[*(_kept(row) for row in kept), *_kept_signatures(signatures), *_always_kept()],
        obstacles=obstacles(user),
    )


def organisations_of_one(user: User) -> QuerySet[Organisation]:
    """Organisations in which nobody else is."""
    others = Membership.objects.filter(organisation=OuterRef("pk")).exclude(user=user)
    return Organisation.objects.filter(~Exists(others), memberships__user=user)


def never_sent() -> QuerySet[Application]:
    """Drafts, and those that were withdrawn before they were ever sent."""
    return Application.objects.filter(number=None)


def sent_of(user: User) -> QuerySet[Application]:
    """Sent once, and not yet emptied by the clock: of the person's organisations, and begun by them."""
    mine = Q(organisation__memberships__user=user) | Q(created_by=user)
    return Application.objects.filter(mine, number__isnull=False, submissions__snapshot__erased_at=None).distinct()


def unpaid_accounts(organisations: list[Organisation]) -> QuerySet[BankAccount]:
    """Where these would have been paid: without an award nobody has to keep it. Two queries at most."""
    awarded = Application.objects.filter(organisation__in=organisations, status=A.AWARDED).values("organisation")
    return BankAccount.objects.filter(organisation__in=organisations).exclude(organisation__in=awarded)


def documents_to_erase(user: User, drafts: list[Application], alone: list[Organisation]) -> set[int]:
    """What the person uploaded, their drafts and their own vaults hold, but for what a record that stays needs."""
    ids = [draft.pk for draft in drafts]
    uploaded = Document.objects.filter(uploaded_by=user, erased_at=None).values_list("pk", flat=True)
    exported = DataExport.objects.filter(user=user, document__erased_at=None).exclude(document=None)
    stored = VaultEntry.objects.filter(organisation__in=alone, document__erased_at=None)
    candidates = {*uploaded, *papers_held_by(ids)}
    candidates |= {pk for rows in (exported, stored) for pk in rows.values_list("document", flat=True)}
    vaults = VaultEntry.objects.filter(document__in=candidates).exclude(organisation__in=alone)
    needed = held_elsewhere(candidates, ids) | set(vaults.values_list("document", flat=True))
    needed |= held_by_signatures(candidates)
    named = Document.objects.filter(pk__in=candidates - needed, sha256__in=sent_hashes(sent_of(user)))
    return candidates - needed - set(named.values_list("pk", flat=True))


def _mine(user: User) -> Q:
    return Q(organisation__memberships__user=user) | Q(created_by=user)


def sent_hashes(applications: QuerySet[Application]) -> set[str]:
    """SHA-256 of every file that a snapshot names, also of those that were taken off afterwards."""
    rows = Document.objects.filter(pk__in=applications.values("submissions__snapshot"), erased_at=None)
    return {found for row in rows for found in _hashes(row)}


def _hashes(snapshot: Document) -> list[str]:
    with snapshot.file.open("rb") as stored:
        return HASH.findall(stored.read().decode())


def obstacles(user: User) -> list[str]:
    """Sentences: what has to be done first, or who decides."""
    found = []
    if user.roles:
        found.append(_("You hold a role here. Ask an administrator to take it off first."))
    if is_held(user):
        found.append(_("A legal hold (a court case or an audit) stops erasing until it is lifted. Nothing was erased."))
    for application in live_of_last_owner(user):
        found.append(
            _("You are the last owner for %(number)s. Make a colleague an owner, or withdraw the application first.")
            % {"number": application.number}
        )
    return found


def live_of_last_owner(user: User) -> QuerySet[Application]:
    """Applications that wait for a decision or have a running grant, where the person is the only owner."""
    owners = Membership.objects.filter(organisation=OuterRef("organisation"), role=MembershipRole.OWNER)
    running = Q(status=A.AWARDED, award__status__in=RUNNING)
    live = Application.objects.filter(Q(status__in=WAITING) | running, Exists(owners.filter(user=user)))
    return live.filter(~Exists(owners.exclude(user=user))).order_by("number")


def is_held(user: User) -> bool:
    """Whether a live hold names the person, one of their organisations or applications."""
    applications = Application.objects.filter(_mine(user)).distinct()
    names = {
        user.public_id,
        *user.memberships.values_list("organisation__public_id", flat=True),
        *applications.values_list("public_id", flat=True),
        *applications.exclude(number=None).values_list("number", flat=True),
    }
    return bool(names & held())


def held() -> set[str]:
    """What live holds name. One query."""
    return set(LegalHold.objects.live().values_list("about", flat=True))


def years_after(on: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 28."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return on.replace(year=on.year + years, day=28)


def last_day(application: Application) -> date:
    """The day from which an application without an award is counted: its call's decision, else its closing."""
    return timezone.localtime(application.call.released_at or application.call.closes_at).date()


def rules() -> dict[str, RetentionRule]:
    """Every rule by its record type. One query."""
    return {rule.record_type: rule for rule in RetentionRule.objects.all()}


def _kept(application: Application) -> Kept:
    is_award = application.status == A.AWARDED
    rule = rules()[RecordType.AWARD if is_award else RecordType.APPLICATION]
    until = None if is_award or not rule.years else years_after(last_day(application), rule.years)
    what = _("Application %(number)s as it was sent, with its papers") % {"number": application.number}
    return Kept(what, until, rule.basis)


def _kept_signatures(count: int) -> list[Kept]:
    """What was signed stays with its signature: a contract, minutes."""
    what = _("Documents that you signed, and your signatures under them: %(count)s") % {"count": count}
    return [Kept(what, None, rules()[RecordType.AWARD].basis)] if count else []


def _always_kept() -> list[Kept]:
    rule = rules()[RecordType.AUDIT]
    what = _("The trail of what was done (keys and hashes, no names), consents and their end")
    return [Kept(what, None, rule.basis)]
