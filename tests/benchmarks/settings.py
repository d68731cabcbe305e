"""The portal's own settings, with the floor's address and the statement counter beside them."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
MIDDLEWARE = ["tests.benchmarks.floor.count_statements", *MIDDLEWARE]  # noqa: F405
