"""Before the form: plain statements that say in a minute whether one may apply; and a minor's guardian."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from core import clock
from core.public_id import PublicIdField
from core.text import Localized
from documents.models import Document
from grants import policy
from grants.models.application import SENT_ONCE, Application
from grants.models.call import Call
from grants.models.conflict import Conflict
from grants.models.rules import KEY


class EligibilityStatement(models.Model):
    """A statement that one confirms («Да, подтверждаю»); who cannot reads what to do instead."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="statements")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    key = models.CharField(_("key"), max_length=40, validators=[KEY])
    text_kk = models.CharField(_("statement in Kazakh"), max_length=300)
    text_ru = models.CharField(_("statement in Russian"), max_length=300)
    text_en = models.CharField(_("statement in English"), max_length=300, blank=True)
    otherwise_kk = models.CharField(_("what to do otherwise, in Kazakh"), max_length=400)
    otherwise_ru = models.CharField(_("what to do otherwise, in Russian"), max_length=400)
    otherwise_en = models.CharField(_("what to do otherwise, in English"), max_length=400, blank=True)
    text = Localized()
    otherwise = Localized()

    class Meta:
        verbose_name = _("eligibility statement")
        verbose_name_plural = _("eligibility statements")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="one_statement_per_key")]

    def __str__(self) -> str:
        return self.text


class GuardianConsentQuerySet(models.QuerySet["GuardianConsent"]):
    """Words about guardians' consents."""

    def visible_to(self, user: Any) -> Self:
        """Own organisation's; of sent applications for officers without a conflict of interest. Nobody else reads a
        minor's facts.
        """
        own = Q(application__organisation__in=Membership.objects.filter(user=user).values("organisation"))
        if policy.may_see_minors(user):
            closed = Conflict.objects.closing_to(user)
            sent = Application.objects.filter(SENT_ONCE).exclude(pk__in=closed)
            return self.filter(own | Q(application__in=sent))
        return self.filter(own)


class GuardianConsent(models.Model):
    """A guardian agrees that a minor takes part: the signed paper, its day, and who put it here."""

    public_id = PublicIdField()
    application = models.ForeignKey(Application, models.CASCADE, related_name="guardian_consents")
    minor_name = models.CharField(_("name of the minor"), max_length=150)
    born_on = models.DateField(_("born"))
    guardian_name = models.CharField(_("name of the guardian"), max_length=150)
    guardian_phone = models.CharField(_("guardian's phone"), max_length=20)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(_("given"), default=clock.now)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = GuardianConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("guardian's consent")
        verbose_name_plural = _("guardians' consents")
        ordering = ["pk"]
