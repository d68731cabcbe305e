#!/usr/bin/env python
"""The shell's doorway: `manage.py <command>`; see docs/operations.md for the commands of this project."""

import gc
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # A migration from nothing and a seeded season make a million objects that stay: the collector would walk over them
    # again and again, which was a third of the time. https://docs.python.org/3/library/gc.html#gc.set_threshold
    gc.set_threshold(50_000, 20, 50)
    execute_from_command_line(sys.argv)
