"""The funds app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundsConfig(AppConfig):
    """The fund."""

    name = "funds"
    verbose_name = _("Creative Capital Fund")
