"""`manage.py rank_call CALL [--json]`: the ranking of a call, as its page shows it, with the hashes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from core.canonical import canonical_json
from grants.models import Call
from grants.queries.ranking import rank_call
from grants.statuses import CallStatus


class Command(BaseCommand):
    """CALL is the code in the address of the call's page. Nothing is written: freezing is done on the page."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("call")
        parser.add_argument("--json", action="store_true", help="canonical JSON, with the SHA-256 of the rest")

    def handle(self, *args: Any, **options: Any) -> None:
        calls = Call.objects.exclude(status=CallStatus.DRAFT).select_related("programme_year__programme")
        call = calls.filter(public_id=options["call"]).first()
        if call is None:
            raise CommandError("There is no published call with this code.")
        ranking = rank_call(call, with_severity=True)
        if options["json"]:
            self.stdout.write(canonical_json(ranking.content | {"sha256": ranking.sha256}))
            return
        with translation.override("en"):
            self._print(ranking.content, ranking.sha256)

    def _print(self, content: dict[str, Any], sha256: str) -> None:
        self.stdout.write(f"rules   {content['rules']}\ninputs  {content['inputs']}\nranking {sha256}")
        self.stdout.write(f"money {content['money']}, awarded {content['awarded']}, funded {content['funded']}")
        self.stdout.write("rank  number            mean  adjusted  interval        chance  award")
        for row in content["rows"]:
            interval = f"{row['low']}-{row['high']}" if row["adjusted"] else ""
            shown = [row[name] if row[name] is not None else "" for name in ("rank", "number", "mean", "adjusted")]
            chance = row["probability"] or ""
            line = "{:>4}  {:<14}{:>8}{:>10}".format(*shown)
            self.stdout.write(f"{line}  {interval:<14}{chance:>8}  {row['award']}")
