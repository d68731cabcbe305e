"""Becoming an expert, and what is said at the end: candidates, invitations by e-mail, acts of work done."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.statuses import Language
from core import clock
from core.public_id import PublicIdField
from documents.models import Document
from grants import policy
from grants.models.call import Call
from grants.models.expert import Expert
from grants.statuses import CandidateAnswer
from questionnaires.models import AnswerSet


class ExpertInvitation(models.Model):
    """A link by e-mail that asks one person to become an expert. The token itself is never stored, its SHA-256 is."""

    public_id = PublicIdField()
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(_("invited"), default=clock.now)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        verbose_name = _("invitation of an expert")
        verbose_name_plural = _("invitations of experts")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None, used_by=None) | Q(used_at__isnull=False, used_by__isnull=False),
                name="expert_invitation_used_at_and_by",
            ),
        ]

    @property
    def is_usable(self) -> bool:
        """Whether the link still opens."""
        return self.used_at is None and self.revoked_at is None and self.expires_at > clock.now()


class ExpertCandidateQuerySet(models.QuerySet["ExpertCandidate"]):
    """Words about candidates."""

    def visible_to(self, user: Any) -> Self:
        """One's own; those that were sent, to who accepts experts."""
        if not user.is_authenticated:
            return self.none()
        own = Q(user=user)
        return self.filter(own | Q(submitted_at__isnull=False) if policy.may_see_assignments(user) else own)

    def waiting(self) -> Self:
        """Sent and not answered."""
        return self.filter(submitted_at__isnull=False, answered_at=None)


class ExpertCandidate(models.Model):
    """A person offers to read applications: answers to a questionnaire, and what staff said to it."""

    public_id = PublicIdField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="candidatures", verbose_name=_("person")
    )
    answer_set = models.OneToOneField(
        AnswerSet, models.PROTECT, related_name="expert_candidate", verbose_name=_("answers")
    )
    invitation = models.OneToOneField(
        ExpertInvitation, models.PROTECT, null=True, related_name="candidate", verbose_name=_("invitation of an expert")
    )
    begun_at = models.DateTimeField(_("begun"), default=clock.now)
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    answer = models.CharField(_("answer"), max_length=8, choices=CandidateAnswer.choices, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = ExpertCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(answered_at=None), name="one_open_candidature"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False, submitted_at__isnull=False) & ~Q(answer=""),
                name="candidate_answered_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class WorkActQuerySet(models.QuerySet["WorkAct"]):
    """Words about acts."""

    def visible_to(self, user: Any) -> Self:
        """The expert's own; all to those who see who reads what."""
        return self.all() if policy.may_see_assignments(user) else self.filter(expert__user=user.pk)


class WorkAct(models.Model):
    """An act of work done (append-only): how many reviews an expert handed in for a call, as PDF in their language."""

    public_id = PublicIdField()
    number = models.CharField(_("number"), max_length=20, unique=True)
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="work_acts", verbose_name=_("expert"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name=_("call"))
    reviews = models.PositiveIntegerField(_("reviews"))
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"), default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))

    objects = WorkActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act of work done")
        verbose_name_plural = _("acts of work done")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["expert", "call"], name="one_act_for_expert_and_call")]

    def __str__(self) -> str:
        return self.number
