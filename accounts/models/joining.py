"""Ways into an organisation: an invitation by link, and a request of somebody who types its number."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.models.organisation import Membership, Organisation
from accounts.statuses import AccessAnswer, MembershipRole
from core import clock
from core.public_id import PublicIdField


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Words about invitations."""

    def visible_to(self, user: Any) -> Self:
        """Of the organisations that the person owns."""
        owned = Membership.objects.filter(user=user, role=MembershipRole.OWNER).values("organisation")
        return self.filter(organisation__in=owned)

    def usable(self) -> Self:
        """Neither used, nor taken back, nor too old."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=clock.now())


class Invitation(models.Model):
    """A link that lets one colleague in. The token itself is never stored, its SHA-256 is."""

    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.CharField(_("role"), max_length=10, choices=MembershipRole.choices, default=MembershipRole.EDITOR)
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(_("invited"), default=clock.now)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    revoked_at = models.DateTimeField(_("taken back"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None, used_by=None) | Q(used_at__isnull=False, used_by__isnull=False),
                name="invitation_used_at_and_by",
            ),
        ]

    @property
    def is_usable(self) -> bool:
        """Whether the link still lets somebody in."""
        return self.used_at is None and self.revoked_at is None and self.expires_at > clock.now()


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    """Words about requests to be let in."""

    def visible_to(self, user: Any) -> Self:
        """To the owners of the organisation; with proof to officers. The asker sees no row, only yes or no."""
        owned = Q(
            organisation__in=Membership.objects.filter(user=user, role=MembershipRole.OWNER).values("organisation")
        )
        return self.filter(owned | Q(to_staff=True) if policy.may_answer_with_proof(user) else owned)

    def open(self) -> Self:
        """Not answered yet."""
        return self.filter(answered_at=None)


class AccessRequest(models.Model):
    """Somebody typed an IIN or BIN that is already here and asks to be let in; they learn nothing about its owner.

    Where several organisations hold the number there is a row for each; rows of one asking share `asked_at`.
    """

    public_id = PublicIdField()
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="access_requests", verbose_name=_("organisation")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_requests", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    words = models.TextField(_("who I am"), max_length=1000, blank=True)
    to_staff = models.BooleanField(_("asked of staff, with proof"), default=False)
    answer = models.CharField(_("answer"), max_length=10, choices=AccessAnswer.choices, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to be let in")
        verbose_name_plural = _("requests to be let in")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "asked_by"], condition=Q(answered_at=None), name="one_open_access_request"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="access_answered_at_and_by",
            ),
        ]
