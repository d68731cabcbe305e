"""`manage.py retention`: erases what is past its years; `--dry-run` prints what would go and erases nothing."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.actions.retention import erase_what_is_due
from portal.queries.retention import due, lines


class Command(BaseCommand):
    """The same as the daily task. Records on a legal hold are never among them."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="print, erase nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            found = lines(due())
            for kind, public_id in found:
                self.stdout.write(f"{kind} {public_id}")
            self._sum("would go", dict(Counter(kind for kind, _public_id in found)))
            return
        self._sum("erased", erase_what_is_due())

    def _sum(self, word: str, counts: dict[str, int]) -> None:
        listed = ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items())) or "nothing"
        self.stdout.write(f"{word}: {listed}")
