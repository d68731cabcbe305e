"""The portal's addresses and the floor."""

from django.urls import path

from config.urls import handler403, handler404, handler500
from config.urls import urlpatterns as ours
from tests.benchmarks.floor import floor

__all__ = ["handler403", "handler404", "handler500"]
urlpatterns = [path("floor", floor), *ours]
