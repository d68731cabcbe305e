"""Questions of applicants: from a section of one's own draft, and about a call (answered for everybody)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from core import clock
from core.public_id import PublicIdField
from core.text import Localized
from grants import policy
from grants.models.application import Application
from grants.models.call import Call


class HelpRequestQuerySet(models.QuerySet["HelpRequest"]):
    """Words about calls for help."""

    def visible_to(self, user: Any) -> Self:
        """Own organisation's; all for officers."""
        if policy.may_answer_applicants(user):
            return self
        return self.filter(application__organisation__in=Membership.objects.filter(user=user).values("organisation"))

    def open(self) -> Self:
        """Not answered yet."""
        return self.filter(answered_at=None)


class HelpRequest(models.Model):
    """«Көмек керек / Нужна помощь»: a question with its place; with consent staff see that section read-only."""

    public_id = PublicIdField()
    application = models.ForeignKey(
        Application, models.CASCADE, related_name="help_requests", verbose_name=_("application")
    )
    section = models.CharField(_("section"), max_length=40)
    text = models.TextField(_("question"), max_length=2000)
    may_look = models.BooleanField(_("staff may look at this section"), default=False)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for help")
        verbose_name_plural = _("requests for help")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="help_answered_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_open_to_staff(self) -> bool:
        """Whether officers may read that section now: with consent, and until they have answered."""
        return self.may_look and self.answered_at is None


class CallQuestionQuerySet(models.QuerySet["CallQuestion"]):
    """Words about questions to a call."""

    def visible_to(self, user: Any) -> Self:
        """Published answers to everybody, own questions to their asker, all to officers."""
        if policy.may_answer_applicants(user):
            return self
        own = Q(asked_by=user) if user.is_authenticated else Q(pk=None)
        return self.filter(Q(published_at__isnull=False) | own)

    def published(self) -> Self:
        """What everybody reads, without the asker's name."""
        return self.filter(published_at__isnull=False)

    def waiting(self) -> Self:
        """Not answered yet."""
        return self.filter(answered_at=None)


class CallQuestion(models.Model):
    """A question about a call: asked privately, answered publicly without the asker's name.

    Staff may word the question anew (`question_kk/ru/en`) so that nothing about its asker remains in it.
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, models.CASCADE, related_name="questions", verbose_name=_("call"))
    text = models.TextField(_("question as it was asked"), max_length=2000)
    language = models.CharField(_("language"), max_length=2)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    question_kk = models.TextField(_("question in Kazakh"), blank=True)
    question_ru = models.TextField(_("question in Russian"), blank=True)
    question_en = models.TextField(_("question in English"), blank=True)
    answer_kk = models.TextField(_("answer in Kazakh"), blank=True)
    answer_ru = models.TextField(_("answer in Russian"), blank=True)
    answer_en = models.TextField(_("answer in English"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    published_at = models.DateTimeField(_("published"), null=True)
    question = Localized()
    answer = Localized()

    objects = CallQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about a call")
        verbose_name_plural = _("questions about calls")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="call_question_answered_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(answered_at__isnull=False), name="call_question_answered_first"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
