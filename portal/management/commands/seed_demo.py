"""`manage.py seed_demo`: the demo season, invented around real figures. Refused unless DEMO=true."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from accounts.models import User
from core import clock
from core.refusals import Refused
from funds.models import Project
from grants.models import Application, Award, Expert, Review, ScoreEntry
from portal.demo.people import DOMAIN
from portal.demo.plan import STANDARD
from portal.demo.season import Season
from portal.demo.seed import is_there, seed
from portal.queries.doors import DOORS


class Command(BaseCommand):
    """Loads the season once; the accounts and their passwords are printed at the end, one line each."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--applications", type=int, default=STANDARD, metavar="N", help=f"{STANDARD} by default")
        parser.add_argument("--today", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day it is laid around")
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number makes another season")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo season is loaded with DEMO=true only. Nothing was loaded.")
        if is_there():
            self.stdout.write("The demo season is already loaded; nothing was changed. Its doors stand on /demo/.")
            return
        with translation.override("en"):
            self._load(options)

    def _load(self, options: dict[str, Any]) -> None:
        try:
            season = seed(
                today=options["today"] or clock.today(),
                applications=options["applications"],
                seed=options["seed"],
                say=self.stdout.write,
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._count()
        self._print_doors(season)

    def _count(self) -> None:
        """What there is now."""
        counted = {
            "applications": Application.objects.count(),
            "awards": Award.objects.count(),
            "experts": Expert.objects.count(),
            "reviews": Review.objects.filter(submitted_at__isnull=False).count(),
            "scores": ScoreEntry.objects.count(),
            "people": User.objects.count(),
            "projects of the fund": Project.objects.count(),
        }
        self.stdout.write(", ".join(f"{count} {name}" for name, count in counted.items()))

    def _print_doors(self, season: Season) -> None:
        """One line for each account; the demo's launcher keeps them."""
        for door in DOORS:
            password = season.passwords[door.email.removesuffix(f"@{DOMAIN}")]
            self.stdout.write(f"{door.email:<22} {password}  {door.title}")
