"""`manage.py docs`: writes or checks the pages of docs/ that are made from the code."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.queries.docs import PAGES


class Command(BaseCommand):
    """--write makes the pages anew; --check fails where a page differs from the code."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--write", action="store_true")
        what.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "docs"
        for name, page in PAGES.items():
            path = folder / name
            if options["write"]:
                path.write_text(page())
            elif not path.exists() or path.read_text() != page():
                raise CommandError(f"docs/{name} differs from the code: run `manage.py docs --write`.")
        self.stdout.write("docs are in step with the code.")
