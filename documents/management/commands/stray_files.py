"""`manage.py stray_files`: stored files that nothing names (a process was killed between file and row)."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.files.storage import Storage, default_storage
from django.core.management.base import BaseCommand

from core import clock
from documents.models import Document, PartialUpload


class Command(BaseCommand):
    """Lists files older than a day without a Document; `--delete` removes them. Run it on the right database."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--delete", action="store_true", help="delete what is listed")

    def handle(self, *args: Any, **options: Any) -> None:
        known = set(Document.objects.filter(erased_at=None).values_list("file", flat=True))
        known |= {name for names in PartialUpload.objects.values_list("pieces", flat=True) for name in names}
        newest = clock.now() - timedelta(days=1)
        strays = [n for n in files_in(default_storage) if n not in known and is_older(default_storage, n, newest)]
        for name in strays:
            self.stdout.write(name)
            if options["delete"]:
                default_storage.delete(name)
        self.stdout.write(f"{len(strays)} stray files{', deleted' if options['delete'] else ''}.")


def files_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file of the store, by its name."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:  # nothing was stored yet
        return
    yield from (f"{folder}/{name}".lstrip("/") for name in names)
    for inner in folders:
        yield from files_in(storage, f"{folder}/{inner}".lstrip("/"))


def is_older(storage: Storage, name: str, moment: Any) -> bool:
    """Whether a file was written before `moment`: a younger one may still wait for its row."""
    return storage.get_modified_time(name) < moment
