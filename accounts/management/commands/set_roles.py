"""Gives a person exactly these roles: for the first administrator, who gives the others in the admin."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import people
from accounts.models import User
from accounts.statuses import Role


class Command(BaseCommand):
    """`manage.py set_roles person@example.org administrator`"""

    help = "Gives a person who has signed up exactly these roles."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("roles", nargs="*", choices=[*Role.values, []])

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email=options["email"].lower()).first()
        if person is None:
            raise CommandError("Nobody has signed up with this address.")
        people.set_roles(person, options["roles"], by=None)
        self.stdout.write(f"{person.email}: {', '.join(sorted(options['roles'])) or 'no role'}")
