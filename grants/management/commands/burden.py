"""`manage.py burden`: how much each call asks of an applicant, by size tier."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from core.text import pick
from grants.models import Call
from grants.queries.burden import burden_of


class Command(BaseCommand):
    """Prints a table for each call: required fields and documents of each tier beside the most that there may be."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            for call in Call.objects.select_related("questionnaire", "questionnaire_version").order_by("pk"):
                self._print(call)

    def _print(self, call: Call) -> None:
        version = call.questionnaire_version
        title = pick({"kk": call.title_kk, "ru": call.title_ru, "en": call.title_en})
        self.stdout.write(f"{title} ({call.public_id}, {call.status})")
        self.stdout.write("tier  facts  questions  plan  fields  of at most  documents  of at most")
        for row in burden_of(call, version.content if version else None):
            counts = f"{row.facts:>7}{row.questions:>11}{row.plan:>6}{row.fields:>8}{row.most_fields:>12}"
            mark = "  too much" if row.is_too_much else ""
            self.stdout.write(f"{row.tier:<4}{counts}{row.documents:>11}{row.most_documents:>12}{mark}")
