"""`manage.py breach_export --by admin@… --from … --to …`: who was affected by a breach, as XLSX or CSV."""

from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.dateparse import parse_date, parse_datetime

from accounts.models import User
from core.refusals import Refused
from portal.actions.breach import export_touched
from portal.queries.breach import Filters


class Command(BaseCommand):
    """Name, e-mail, phone and kinds of data of each person; the trail keeps who asked, what for, and the hash."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", required=True, metavar="E-MAIL", help="the administrator who asks")
        parser.add_argument("--from", required=True, dest="since", metavar="WHEN", help="2026-11-01 or with a time")
        parser.add_argument("--to", required=True, dest="until", metavar="WHEN")
        parser.add_argument("--application", action="append", default=[], metavar="GR-…", help="may be given again")
        parser.add_argument("--organisation", action="append", default=[], metavar="ID or BIN")
        parser.add_argument("--document", action="append", default=[], metavar="ID or SHA-256")
        parser.add_argument("--taken-by", action="append", default=[], metavar="E-MAIL", help="who took files of lists")
        parser.add_argument("--file", default="breach.xlsx", metavar="FILE.xlsx|FILE.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        kind = path.suffix.lower().lstrip(".")
        if kind not in ("xlsx", "csv"):
            raise CommandError("--file ends with .xlsx or .csv")
        by = User.objects.filter(email=options["by"].lower(), is_active=True).first()
        filters = Filters(
            since=moment(options["since"], time.min),
            until=moment(options["until"], time.max),
            applications=tuple(options["application"]),
            organisations=tuple(options["organisation"]),
            documents=tuple(options["document"]),
            taken_by=tuple(options["taken_by"]),
        )
        try:
            with translation.override("ru"):
                content, people = export_touched(filters, kind=kind, by=by)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        path.write_bytes(content)
        path.chmod(0o600)
        self.stdout.write(f"{people} people, {path}")


def moment(text: str, clock_time: time) -> datetime:
    """A day (its begin or its end) or a moment, in Almaty's time where none is given."""
    found = parse_datetime(text) if len(text) > 10 else None
    day = parse_date(text[:10])
    if found is None and day is None:
        raise CommandError(f"«{text}» is no day: write 2026-11-01, or 2026-11-01T14:30")
    found = found or datetime.combine(day, clock_time)  # type: ignore[arg-type]
    return found if timezone.is_aware(found) else timezone.make_aware(found)
