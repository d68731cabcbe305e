"""The grants app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrantsConfig(AppConfig):
    """The grant programme."""

    name = "grants"
    verbose_name = _("Grants")
