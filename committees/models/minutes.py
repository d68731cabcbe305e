"""Minutes generated from rows, and their signatures."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models.committee import Seat
from committees.models.meeting import Meeting
from core import clock
from core.public_id import PublicIdField
from documents.models import Document


class Minutes(models.Model):
    """The minutes of a closed meeting in one language (append-only): the PDF, and the canonical facts behind it.

    `content` is the same in every language and holds ids and hashes; a correction is a new number with a reason.
    """

    public_id = PublicIdField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    language = models.CharField(_("language"), max_length=2)
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    template_sha256 = models.CharField(max_length=64)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    reason = models.CharField(_("why it was made again"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"), default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["meeting", "number", "language"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number", "language"], name="one_minutes_version")]


class MinutesSignature(models.Model):
    """A person present signed these minutes: a scan now, an electronic signature later (append-only)."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="signatures")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    scan = models.ForeignKey(Document, models.PROTECT, related_name="+")
    signed_on = models.DateField(_("signed"))
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("signature on minutes")
        verbose_name_plural = _("signatures on minutes")
        constraints = [models.UniqueConstraint(fields=["minutes", "seat"], name="one_minutes_signature")]
