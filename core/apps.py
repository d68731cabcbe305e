"""The core app: connects the one signal we allow, triggers around migrations."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Registers start-up checks, triggers around migrations, and Unicode-aware LIKE on SQLite."""

    name = "core"
    verbose_name = _("Calendar and audit trail")

    def ready(self) -> None:
        from core import checks, sqlite, triggers  # apps must be loaded first

        pre_migrate.connect(triggers.drop_before_migrate, sender=self)
        post_migrate.connect(triggers.create_after_migrate, sender=self)
        connection_created.connect(sqlite.teach_unicode)
        checks.register_all()
        autodiscover_modules("workflow")  # so that core.workflow.REGISTRY knows every table
