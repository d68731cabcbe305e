"""The chain over the audit trail: sealing committed events, and checking content, chain and gaps."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from core import clock
from core.canonical import sha256_of
from core.models import AuditEvent, AuditHead, AuditSeal, Counter

LOCK_KEY = "audit-seal"
LOOK_BACK = 20_000  # ids; a transaction that commits later than this many events is sealed by verify_audit
BATCH = 2_000


@dataclass(frozen=True)
class Report:
    """What a check of the chain found. `faults` is empty when all is well; `head` is the last seal's hash."""

    checked: int
    head: str
    faults: tuple[str, ...]


def unsealed(*, all_of_them: bool = False) -> QuerySet[AuditEvent]:
    """Committed events without a seal, oldest first."""
    events = AuditEvent.objects.filter(~Exists(AuditSeal.objects.filter(event_id=OuterRef("pk"))))
    last = AuditSeal.objects.aggregate(last=Max("event_id"))["last"]
    if last and not all_of_them:
        events = events.filter(pk__gt=last - LOOK_BACK)
    return events.order_by("pk")


def seal_pending(*, all_of_them: bool = False) -> int:
    """Seals what is committed, one writer at a time; returns how many. Safe to run twice."""
    sealed = 0
    while count := _seal_batch(all_of_them=all_of_them):
        sealed += count
    return sealed


@transaction.atomic
def _seal_batch(*, all_of_them: bool) -> int:
    Counter.objects.get_or_create(key=LOCK_KEY)
    Counter.objects.select_for_update().get(key=LOCK_KEY)
    last = AuditSeal.objects.order_by("-position").first()
    position, head = (last.position, last.sha256) if last else (0, "")
    seals, now = [], clock.now()
    for event in unsealed(all_of_them=all_of_them)[:BATCH]:
        position += 1
        seal = AuditSeal(position=position, event_id=event.pk, previous=head, sealed_at=now)
        seal.sha256 = head = link(position, event.pk, seal.previous, event.sha256)
        seals.append(seal)
    AuditSeal.objects.bulk_create(seals)
    return len(seals)


def link(position: int, event_id: int, previous: str, event_sha256: str) -> str:
    """The hash of one link: its place, the event, the link before."""
    return sha256_of([position, event_id, previous, event_sha256])


def verify() -> Report:
    """Seals what is pending, then reads the whole chain: content hashes, links, gaps, missing events."""
    seal_pending(all_of_them=True)
    faults, head, expected_position, checked = [], "", 0, 0
    for seal, event in _pairs():
        expected_position += 1
        checked += 1
        faults += list(_faults_of(seal, event, head, expected_position))
        head, expected_position = seal.sha256, seal.position
    faults += list(_faults_of_heads())
    return Report(checked=checked, head=head, faults=tuple(faults))


def _faults_of_heads() -> Iterator[str]:
    """The heads that were shown to everybody against the chain as it stands."""
    links = AuditSeal.objects.filter(position=OuterRef("position"), sha256=OuterRef("sha256"))
    for kept in AuditHead.objects.filter(~Exists(links)).order_by("day"):
        yield f"head of {kept.day}: the chain no longer holds what was published"


def _pairs() -> Iterator[tuple[AuditSeal, AuditEvent | None]]:
    position = 0
    while seals := list(AuditSeal.objects.filter(position__gt=position).order_by("position")[:BATCH]):
        events = AuditEvent.objects.in_bulk([s.event_id for s in seals])
        yield from ((seal, events.get(seal.event_id)) for seal in seals)
        position = seals[-1].position


def _faults_of(seal: AuditSeal, event: AuditEvent | None, head: str, position: int) -> Iterator[str]:
    if seal.position != position:
        yield f"seal {seal.position}: the chain has a gap before it"
    if event is None:
        yield f"seal {seal.position}: event {seal.event_id} is missing"
        return
    if sha256_of(event.content()) != event.sha256:
        yield f"event {event.pk}: its content does not match its hash"
    if seal.previous != head or seal.sha256 != link(seal.position, event.pk, seal.previous, event.sha256):
        yield f"seal {seal.position}: the chain is broken here"
