"""The questionnaires app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionnairesConfig(AppConfig):
    """Questions and answers."""

    name = "questionnaires"
    verbose_name = _("Questionnaires")
