"""`manage.py texts`: the words of the interface, checked, brought up to date, out to a native reader and back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import words_catalogue
from portal.actions import texts
from portal.queries.texts import LANGUAGES, extract, faults


class Command(BaseCommand):
    """--check fails while a text lacks Kazakh or Russian; --update extracts; --export/--import are one XLSX."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--check", action="store_true", help="fail while anything is not translated")
        what.add_argument("--update", action="store_true", help="bring locale/*.po up to date with the code")
        what.add_argument("--compile", action="store_true", help="make the .mo files that Django reads")
        what.add_argument("--export", metavar="FILE.xlsx", help="all texts, kk/ru/en side by side")
        what.add_argument("--import", metavar="FILE.xlsx", dest="import_", help="take a returned sheet")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self.check_complete()
        elif options["update"]:
            waiting = texts.update(extract())
            self.stdout.write(", ".join(f"{lang}: {count} to translate" for lang, count in waiting.items()))
        elif options["compile"]:
            self.stdout.write(f"{words_catalogue.compile_all()} catalogues compiled.")
        elif options["export"]:
            self.stdout.write(f"{texts.export_xlsx(Path(options['export']))} rows written.")
        else:
            self.stdout.write(f"{texts.import_xlsx(Path(options['import_']))} texts changed.")

    def check_complete(self) -> None:
        """Every message in both languages, with the same placeholders, and none that is no longer used."""
        phrases = extract()
        found = [fault for language in LANGUAGES for fault in faults(language, phrases)]
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults in {len(phrases)} texts.")
        self.stdout.write(f"{len(phrases)} texts, complete in Kazakh and Russian.")
