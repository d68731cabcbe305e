"""More time: for everybody when the portal itself was down, or for one application, each with its reason."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.text import Localized
from grants.models.application import Application
from grants.models.call import Call


class ExtensionQuerySet(models.QuerySet["Extension"]):
    """Words about extensions."""

    def for_everybody(self) -> Self:
        """Those whose reason stands on the call's page."""
        return self.filter(application=None)

    def single(self) -> Self:
        """Those of one application; in public they are only counted."""
        return self.filter(application__isnull=False)


class Extension(models.Model):
    """A later closing time (append-only). Without an application it is everybody's and its reason is public;
    single ones are counted in public."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="extensions", verbose_name=_("call"))
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="extensions")
    closed_at = models.DateTimeField(_("closing before"))
    closes_at = models.DateTimeField(_("closing now"))
    reason_kk = models.TextField(_("reason in Kazakh"))
    reason_ru = models.TextField(_("reason in Russian"))
    granted_at = models.DateTimeField(_("granted"), default=clock.now)
    reason = Localized()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["granted_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(closes_at__gt=F("closed_at")), name="extension_is_later")]

    def __str__(self) -> str:
        return f"{self.call} · {self.closes_at:%Y-%m-%d %H:%M}"
