"""A dossier for a court: a ZIP whose every byte can be checked, with its part of the sealed chain inside.

The same files always give the same bytes: sorted names, no compression (which differs between versions of zlib), one
fixed time. MANIFEST.json names the SHA-256 of each file, the head of the chain, and its own SHA-256. `audit/chain.json`
holds every link from the first event of the dossier to that head, so that a reader without the database can count
the head again and compare it with the heads that were published day by day.
"""

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from core.canonical import canonical_json, sha256_of
from core.models import AuditEvent, AuditSeal
from core.seals import link

MANIFEST, CHAIN, EVENTS = "MANIFEST.json", "audit/chain.json", "audit/events.json"
FORMAT = 1
A_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can hold
MODE = 0o100644 << 16
READ_AT_ONCE = 5_000

# What reading bytes that are no dossier (any more) may raise, whichever byte was changed.
UNREADABLE = (
    zipfile.BadZipFile, LookupError, TypeError, ValueError, AttributeError, RuntimeError, EOFError, OSError,
    OverflowError, struct.error, zlib.error,
)  # fmt: skip


def pack(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """The ZIP of these files with their manifest; `about` says whose dossier it is."""
    head = json.loads(files[CHAIN])["head"]
    manifest: dict[str, Any] = {"format": FORMAT, "about": dict(about), "head": head}
    manifest["files"] = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest["sha256"] = sha256_of(manifest)
    return _zip({**files, MANIFEST: canonical_json(manifest).encode()})


def _zip(files: Mapping[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as bundle:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, A_TIME)
            info.create_system, info.external_attr = 3, MODE  # whatever machine it is made on
            bundle.writestr(info, files[name])
    return made.getvalue()


def chain_files(events: Mapping[int, AuditEvent]) -> dict[str, bytes]:
    """The sealed events by their key, and the links from the first of them to the head, as files of a dossier."""
    first = AuditSeal.objects.filter(event_id__in=events).order_by("position").first()
    links, head = [], {"position": 0, "sha256": ""}
    for seal, sha256 in _links_from(first.position if first else 0):
        links.append([seal.event_id, sha256])
        head = {"position": seal.position, "sha256": seal.sha256}
    chain = {"from": first.position if first else 0, "previous": first.previous if first else "", "links": links}
    told = [{"event": pk, "content": events[pk].content(), "sha256": events[pk].sha256} for pk in sorted(events)]
    return {CHAIN: canonical_json({**chain, "head": head}).encode(), EVENTS: canonical_json(told).encode()}


def _links_from(position: int) -> Iterator[tuple[AuditSeal, str]]:
    while position and (
        seals := list(AuditSeal.objects.filter(position__gte=position).order_by("position")[:READ_AT_ONCE])
    ):
        hashes = dict(AuditEvent.objects.filter(pk__in=[s.event_id for s in seals]).values_list("pk", "sha256"))
        yield from ((seal, hashes[seal.event_id]) for seal in seals)
        position = seals[-1].position + 1


def faults_of(bundle: bytes) -> list[str]:
    """What is wrong with a dossier as it stands, without the database; nothing when every byte is as it was made."""
    try:
        files = _unzip(bundle)
        manifest = json.loads(files[MANIFEST])
        rest = {name: content for name, content in files.items() if name != MANIFEST}
        found = [*_files_against(manifest, rest), *_chain_against(manifest["head"], rest)]
        if not found and pack(rest, manifest["about"]) != bundle:
            found.append("the ZIP is not as the portal packs these files")
    except UNREADABLE as error:
        return [f"the file cannot be read as a dossier: {error!r}"]
    return found


def _unzip(bundle: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(bundle)) as opened:
        return {info.filename: opened.read(info) for info in opened.infolist()}


def _files_against(manifest: dict[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    said = manifest["files"]
    if sha256_of({key: value for key, value in manifest.items() if key != "sha256"}) != manifest["sha256"]:
        yield f"{MANIFEST}: its content does not match its hash"
    for name in sorted(set(said) | set(files)):
        if name not in files:
            yield f"{name}: the manifest names it and it is not there"
        elif hashlib.sha256(files[name]).hexdigest() != said.get(name):
            yield f"{name}: its content does not match the manifest"


def _chain_against(head: dict[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    """Each event against its hash, each hash against its link, the last link against the head."""
    chain = json.loads(files[CHAIN])
    position, previous, linked = chain["from"] - 1, chain["previous"], dict(chain["links"])
    for event_id, sha256 in chain["links"]:
        position += 1
        previous = link(position, event_id, previous, sha256)
    if (chain["links"] and head != {"position": position, "sha256": previous}) or chain["head"] != head:
        yield f"{CHAIN}: its links do not lead to the head"
    for told in json.loads(files[EVENTS]):
        if sha256_of(told["content"]) != told["sha256"] or linked.get(told["event"]) != told["sha256"]:
            yield f"event {told['event']}: its content does not match its hash in the chain"


def faults_against_database(bundle: bytes) -> list[str]:
    """A dossier that is whole in itself, compared with this portal: that it made this file, its head, its events."""
    files = _unzip(bundle)
    head, told = json.loads(files[MANIFEST])["head"], json.loads(files[EVENTS])
    kept = AuditEvent.objects.in_bulk([one["event"] for one in told])
    found = [
        f"event {one['event']}: this portal holds another one"
        for one in told
        if one["event"] not in kept or kept[one["event"]].sha256 != one["sha256"]
    ]
    if head["position"] and not AuditSeal.objects.filter(**head).exists():
        found.append(f"head {head['position']}: the chain of this portal never was at this hash")
    whole = hashlib.sha256(bundle).hexdigest()
    if not AuditEvent.objects.filter(verb__endswith=".court_export", data__sha256=whole).exists():
        found.append("this portal never gave out a dossier with this SHA-256")
    return found
