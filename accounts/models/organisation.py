"""The applicant, and who may act for it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.reference import District, Sector
from accounts.statuses import MembershipRole, OrganisationKind
from core import clock
from core.public_id import PublicIdField


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Words about organisations."""

    def visible_to(self, user: Any) -> Self:
        """Those of which the person is a member; staff see organisations inside applications and in the admin."""
        return self.filter(memberships__user=user)

    def writable_by(self, user: Any) -> Self:
        """Those for which the person may write: owners and editors."""
        return self.filter(memberships__user=user, memberships__role__in=[MembershipRole.OWNER, MembershipRole.EDITOR])


class Organisation(models.Model):
    """The applicant: a person, a self-employed person, an ИП, a ТОО, an АО, an NPO or a team.

    `identifier` (IIN or BIN) is indexed and deliberately not unique: nobody proves a BIN at sign-up, and a squatter
    must not block its owner; duplicates are a screening check.
    """

    public_id = PublicIdField(verbose_name=_("public id"))
    kind = models.CharField(_("type"), max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(pgettext_lazy("organisation", "name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, default="KZ")
    identifier = models.CharField(_("IIN or BIN"), max_length=30, blank=True, db_index=True)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, verbose_name=_("district of Almaty"))
    sector = models.ForeignKey(Sector, models.PROTECT, verbose_name=_("sector"))
    head_name = models.CharField(_("head"), max_length=150, blank=True)
    head_iin = models.CharField(_("head's IIN"), max_length=12, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    created_at = models.DateTimeField(_("added"), default=clock.now, editable=False)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="organisations")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(country="KZ") | Q(kind=OrganisationKind.TEAM) | ~Q(identifier=""),
                name="organisation_of_kz_has_identifier",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's place in an organisation, with its period."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=10, choices=MembershipRole.choices)
    since = models.DateTimeField(_("since"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="one_membership_per_person")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_role_display()}"


class FormerMembershipQuerySet(models.QuerySet["FormerMembership"]):
    """Words about former members."""

    def still_counting(self) -> Self:
        """Ended less than a year ago: a conflict of interest all the same."""
        return self.filter(counts_until__gte=clock.now())


class FormerMembership(models.Model):
    """A person left an organisation: for a year more they may not judge what it asks for.

    Kept for that alone: retention deletes what counts no more, an erased person's rows go with the person.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="former_memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="former_memberships")
    ended_at = models.DateTimeField(_("ended"), default=clock.now)
    counts_until = models.DateTimeField(_("counts until"))

    objects = FormerMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("former membership")
        verbose_name_plural = _("former memberships")
        indexes = [models.Index(fields=["user", "counts_until"], name="former_membership_of_person")]

    def __str__(self) -> str:
        return str(self.organisation)
