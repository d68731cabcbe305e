"""`manage.py verify_audit [--dossier FILE]`: is the audit trail whole and unchanged, and is this dossier?"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import dossier, seals


class Command(BaseCommand):
    """Seals what is pending, checks contents, chain, gaps and published heads, prints the head; fails where anything
    was changed. With `--dossier` it checks an exported dossier too: its files, its events, its links, and then this
    portal's own rows against it; `--offline` leaves this portal out, for a reader who has the file alone.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dossier", type=Path, help="a ZIP made by court_export")
        parser.add_argument("--offline", action="store_true", help="the dossier alone, without this database")

    def handle(self, *args: Any, **options: Any) -> None:
        path, offline = options["dossier"], options["offline"]
        if offline and path is None:
            raise CommandError("--offline needs --dossier FILE.")
        if path is not None:
            self._check_dossier(path, offline=offline)
        if not offline:
            self._check_chain()

    def _check_chain(self) -> None:
        report = seals.verify()
        self._fail(list(report.faults), f"{len(report.faults)} faults in {report.checked} sealed events.")
        self.stdout.write(f"{report.checked} events, all unchanged. Head: {report.head or 'none yet'}")

    def _check_dossier(self, path: Path, *, offline: bool) -> None:
        try:
            bundle = path.read_bytes()
        except OSError as error:
            raise CommandError(f"The dossier cannot be opened: {error}") from error
        faults = dossier.faults_of(bundle)
        if not faults and not offline:
            faults = dossier.faults_against_database(bundle)
        self._fail(faults, f"{len(faults)} faults in the dossier.")
        self.stdout.write("The dossier is whole." + ("" if offline else " This portal made it."))

    def _fail(self, faults: list[str], summary: str) -> None:
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(summary)
