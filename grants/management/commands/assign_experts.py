"""`manage.py assign_experts CALL --dry-run --json`: what the page of an assignment computes, with hashes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from core.canonical import canonical_json
from grants.models import Call
from grants.queries.assigning_inputs import task_of
from grants.queries.assigning_result import compute
from grants.queries.assigning_words import names_in as names
from grants.queries.assigning_words import relaxation_words, stuck_words


class Command(BaseCommand):
    """Computes the assignment of a call from the data of this moment and prints it; asks nobody, writes nothing."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The call by its public id."""
        parser.add_argument("call", help="public id of the call, as in its address")
        parser.add_argument("--dry-run", action="store_true", help="compute only; applying is done on the staff's page")
        parser.add_argument("--json", action="store_true", help="inputs, result and both hashes as canonical JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for an unknown call, and without --dry-run: people are asked by people."""
        call = Call.objects.filter(public_id=options["call"]).first()
        if call is None:
            raise CommandError("No such call.")
        if not options["dry_run"]:
            raise CommandError("Experts are asked by a person, on the page of the call. Here: --dry-run.")
        computed = compute(task_of(call))
        if options["json"]:
            self.stdout.write(canonical_json(vars(computed)))
            return
        with translation.override("en"):
            self._print(computed)

    def _print(self, computed: Any) -> None:
        result, known = computed.result, names(computed.inputs)
        self.stdout.write(f"inputs {computed.inputs_sha256}\nresult {computed.result_sha256}")
        for row in result.get("pairs", ()):
            number = known.applications[row["application"]].number
            self.stdout.write(f"{number} {row['expert']} {row['load']}/{row['most']}")
        if result["status"] == "impossible":
            lines = [*stuck_words(result, known), *(relaxation_words(one, known) for one in result["relaxations"])]
            self.stdout.write("\n".join(lines))
