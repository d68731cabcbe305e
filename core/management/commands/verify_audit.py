"""`manage.py verify_audit`: is the audit trail whole and unchanged?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import seals


class Command(BaseCommand):
    """Seals what is pending, checks contents, chain and gaps, prints the head; fails where anything was changed."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        report = seals.verify()
        for fault in report.faults:
            self.stderr.write(fault)
        if report.faults:
            raise CommandError(f"{len(report.faults)} faults in {report.checked} sealed events.")
        self.stdout.write(f"{report.checked} events, all unchanged. Head: {report.head or 'none yet'}")
