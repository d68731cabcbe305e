"""What the tests of the demo season share: loading one, and walking its histories through the workflow tables."""

import io
from collections import defaultdict
from datetime import datetime, timedelta

from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from committees.models import Meeting
from core.models import AuditEvent
from core.workflow import REGISTRY
from grants.models import Application, Call

DAY = "2026-11-22"
MIDNIGHT = timezone.make_aware(datetime.fromisoformat(DAY))
NOON = MIDNIGHT + timedelta(hours=12)


def load(*arguments: str) -> str:
    """What the command says."""
    said = io.StringIO()
    with override_settings(DEMO=True):
        call_command("seed_demo", *arguments, stdout=said)
    return said.getvalue()


def call_named(title: str) -> Call:
    return Call.objects.get(title_en__contains=title)


def replay() -> list[str]:
    """Walks every application's, call's and meeting's trail through the workflow tables; returns what does not fit."""
    people = User.objects.in_bulk()
    rows = {("grants.application", a.public_id): a for a in Application.objects.select_related("organisation")} | {
        ("grants.call", c.public_id): c for c in Call.objects.all()
    }
    rows |= {("committees.meeting", m.public_id): m for m in Meeting.objects.all()}
    trails = defaultdict(list)
    for event in AuditEvent.objects.filter(object_type__in={kind for kind, _key in rows}).order_by("pk"):
        trails[event.object_type, event.object_id].append(event)
    return [fault for key, row in rows.items() for fault in faults_of(row, trails.pop(key, []), people)] + [
        f"{key}: a trail of nothing" for key in trails
    ]


def faults_of(row, trail, people) -> list[str]:
    table = REGISTRY[row._meta.model_name]
    status, faults = table.initial, []
    for event in trail:
        verb = event.verb.partition(".")[2]
        if verb not in table.verbs():
            continue
        move = table.move(verb, status)
        if move is None or (event.data["from"], event.data["to"]) != (status, move.target):
            faults.append(f"{row}: {verb} from {status}")
            break
        if not move.who(people[event.actor_id], row):
            faults.append(f"{row}: {verb} by somebody else")
        status = move.target
    return [*faults, *([f"{row}: replays to {status}, is {row.status}"] if status != row.status else [])]
