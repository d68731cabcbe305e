"""A correction: a submitted application with named fields open again."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.public_id import PublicIdField
from core.text import Localized, LocalText, pick
from grants.models.application import Application


class Correction(models.Model):
    """The officer names fields and says what is wrong with each; only these may be edited until `due_at`.

    `words` holds the officer's words beside a field ({"title": {"kk": …, "ru": …}}); a field without words of its own
    has the common reason, which is empty where every field has its own.

    Answered, it goes back to the officer with what changed marked (`before` keeps the old values); unanswered, the
    clock closes it and the application goes back as it was: the clock refuses nobody. At most one is open.
    """

    public_id = PublicIdField()
    application = models.ForeignKey(Application, models.PROTECT, related_name="corrections")
    fields = models.JSONField(_("fields"), default=list)
    words = models.JSONField(_("words beside each field"), default=dict)
    reason_kk = models.TextField(_("reason in Kazakh"), blank=True)
    reason_ru = models.TextField(_("reason in Russian"), blank=True)
    before = models.JSONField(default=dict)
    changed = models.JSONField(default=list)
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("due"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    expired_at = models.DateTimeField(_("not answered in time"), null=True)
    reason = Localized()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at=None, expired_at=None),
                name="one_open_correction",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="correction_answered_at_and_by",
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("opened_at")), name="correction_due_after_opening"),
        ]

    @property
    def own_words(self) -> dict[str, LocalText]:
        """Fields that have words of their own, in the reader's language."""
        return {field: pick(said) for field, said in self.words.items()}

    @property
    def words_beside(self) -> dict[str, LocalText]:
        """What stands beside each field that may be corrected: its own words, else the common reason."""
        own, common = self.own_words, self.reason
        return {field: own.get(field, common) for field in self.fields}

    @property
    def said(self) -> str:
        """Everything that the officer wrote, each sentence once."""
        return "\n".join(dict.fromkeys(filter(None, [str(self.reason), *map(str, self.own_words.values())])))

    @property
    def is_open(self) -> bool:
        """Still waiting for the applicant."""
        return self.answered_at is None and self.expired_at is None
