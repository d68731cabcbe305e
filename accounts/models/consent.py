"""Consents: versioned texts, and who agreed to which text when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.organisation import Organisation
from accounts.statuses import ConsentKind
from core import clock
from core.canonical import sha256_of
from core.text import Localized


class ConsentText(models.Model):
    """One version of a consent's text, in Kazakh and Russian; immutable once somebody has agreed (append-only)."""

    kind = models.CharField(_("kind"), max_length=20, choices=ConsentKind.choices)
    version = models.PositiveSmallIntegerField(_("version"))
    text_kk = models.TextField(_("text in Kazakh"))
    text_ru = models.TextField(_("text in Russian"))
    text_en = models.TextField(_("text in English"), blank=True)
    valid_from = models.DateTimeField(_("valid from"), default=clock.now)
    text = Localized()

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="one_consent_text_per_version")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"

    def sha256(self) -> str:
        """The hash of what was shown, in every language."""
        return sha256_of([self.kind, self.version, self.text_kk, self.text_ru, self.text_en])


class Consent(models.Model):
    """A person agreed to a text: append-only; withdrawing is a row of its own (`is_given` False)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="consents")
    text = models.ForeignKey(ConsentText, models.PROTECT)
    text_sha256 = models.CharField(max_length=64)
    is_given = models.BooleanField(_("given"), default=True)
    language = models.CharField(max_length=2)
    about = models.CharField(_("about"), max_length=40, blank=True)
    at = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = [models.Index(fields=["about"], name="consent_about")]

    def __str__(self) -> str:
        return f"{self.text} · {self.at:%Y-%m-%d}"
