"""`manage.py court_export NUMBER --out FILE --by EMAIL`: everything about one application as a ZIP for a court."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from core.refusals import Refused
from grants.actions.court import export_for_court
from grants.models import Application


class Command(BaseCommand):
    """Rows, papers, snapshots, scores, votes, letters, events with their seals. `verify_audit --dossier` checks it.

    The person who asks for it is written into the audit trail, so a name has to be given.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="the application, for example GR-2026-00001")
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--by", required=True, help="the e-mail of the person who exports it")

    def handle(self, *args: Any, **options: Any) -> None:
        application = Application.objects.filter(number=options["number"]).first()
        person = User.objects.filter(email__iexact=options["by"], is_active=True).first()
        if application is None or person is None:
            raise CommandError("There is no such application." if person else "There is no such person.")
        try:
            bundle = export_for_court(application, by=person)
        except Refused as refusal:
            raise CommandError(str(refusal.sentence)) from refusal
        options["out"].write_bytes(bundle)
        self.stdout.write(f"{options['out']}: {len(bundle)} bytes")
