"""More time: for everybody when the portal itself was down, or for one application, each with its reason."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from grants.models.application import Application
from grants.models.call import Call


class Extension(models.Model):
    """A later closing time (append-only). Without an application it is everybody's and its reason is public;
    single ones are counted in public."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="extensions")
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="extensions")
    closed_at = models.DateTimeField(_("closing before"))
    closes_at = models.DateTimeField(_("closing now"))
    reason_kk = models.TextField(_("reason in Kazakh"))
    reason_ru = models.TextField(_("reason in Russian"))
    granted_at = models.DateTimeField(_("granted"), default=clock.now)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["granted_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(closes_at__gt=F("closed_at")), name="extension_is_later")]

    def __str__(self) -> str:
        return f"{self.call} · {self.closes_at:%Y-%m-%d %H:%M}"
