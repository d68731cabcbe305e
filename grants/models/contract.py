"""The contract: a template that staff write, who signs for the centre, and what was signed."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.public_id import PublicIdField
from core.text import Localized
from documents.models import Document, Order
from grants import policy
from grants.models.award import Award
from grants.models.award_plan import PlanVersion
from grants.models.rules import DocumentRequirement
from grants.statuses import ContractKind, ParagraphKind


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    """Words about signatories."""

    def holding(self, day: Any) -> Self:
        """In office on that day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Signatory(models.Model):
    """Who signs for Almaty Creative, in which office, on what basis, from when until when.

    `user`: the account under which the person signs electronically; NULL where only scans come.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("account")
    )
    name = models.CharField(_("full name"), max_length=200)
    position_kk = models.CharField(_("office in Kazakh"), max_length=200)
    position_ru = models.CharField(_("office in Russian"), max_length=200)
    basis_kk = models.CharField(_("acts on the basis of, in Kazakh"), max_length=300)
    basis_ru = models.CharField(_("acts on the basis of, in Russian"), max_length=300)
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("order"))
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    is_example = models.BooleanField(_("invented example"), default=False)
    position = Localized(_("Office"))
    basis = Localized()

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="signatory_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class ContractTemplate(models.Model):
    """A text that contracts are made from: paragraphs in Kazakh and Russian with named placeholders.

    Published once by its `published_at`, and frozen then: a change is a new template. The newest published one of a
    kind is used.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=ContractKind.choices, default=ContractKind.CONTRACT)
    title = models.CharField(_("name for staff"), max_length=200)
    is_example = models.BooleanField(_("invented example"), default=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by"),
    )

    class Meta:
        verbose_name = _("contract template")
        verbose_name_plural = _("contract templates")
        ordering = ["kind", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="template_published_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ContractParagraph(models.Model):
    """One paragraph of a template; a table takes its rows from the plan and has no text."""

    template = models.ForeignKey(ContractTemplate, models.CASCADE, related_name="paragraphs")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=ParagraphKind.choices, default=ParagraphKind.TEXT)
    text_kk = models.TextField(_("text in Kazakh"), blank=True)
    text_ru = models.TextField(_("text in Russian"), blank=True)

    class Meta:
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.position}. {self.get_kind_display()}"


class AwardPaperQuerySet(models.QuerySet["AwardPaper"]):
    """Words about winners' papers."""

    def visible_to(self, user: Any) -> Self:
        """With the award: own organisation's, and staff who follow contracts."""
        if policy.may_see_contracts(user):
            return self
        return self.filter(award__application__organisation__memberships__user=user)

    def live(self) -> Self:
        """Not replaced by a later one."""
        return self.filter(replaced_at=None)


class AwardPaper(models.Model):
    """A paper that only winners owe, as the call asked for it; an officer accepts it or returns it with words."""

    public_id = PublicIdField()
    award = models.ForeignKey(Award, models.PROTECT, related_name="papers")
    requirement = models.ForeignKey(
        DocumentRequirement, models.PROTECT, related_name="+", verbose_name=_("what was asked for")
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("file"))
    added_at = models.DateTimeField(_("added"), default=clock.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    accepted_at = models.DateTimeField(_("found in order"), null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("found in order by")
    )
    returned_kk = models.TextField(_("what is wrong, in Kazakh"), blank=True)
    returned_ru = models.TextField(_("what is wrong, in Russian"), blank=True)
    replaced_at = models.DateTimeField(_("replaced"), null=True)

    objects = AwardPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("winner's paper")
        verbose_name_plural = _("winners' papers")
        ordering = ["requirement__position", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "requirement"], condition=Q(replaced_at=None), name="one_live_paper"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="paper_accepted_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return str(self.requirement)


class ContractQuerySet(models.QuerySet["Contract"]):
    """Words about contracts and addenda."""

    def visible_to(self, user: Any) -> Self:
        """With the award: own organisation's, and staff who follow contracts."""
        if policy.may_see_contracts(user):
            return self
        return self.filter(award__application__organisation__memberships__user=user)

    def live(self) -> Self:
        """Neither void nor replaced by a corrected one."""
        return self.filter(voided_at=None)

    def unsigned(self) -> Self:
        """With the two sides, not signed by both."""
        return self.live().filter(signed_at=None)


class Contract(models.Model):
    """A contract or an addendum, made once from a template and an agreed plan as a fixed PDF with its SHA-256.

    `inputs` is the canonical JSON that the PDF was drawn from: what is on the paper, names and account included, so it
    is a stored file too and is erased as one. Never changed but for signing and voiding: a mistake is a void contract
    and a new one. A side signs on paper (`..._scan`) or electronically (rows about `document`).
    """

    public_id = PublicIdField()
    award = models.ForeignKey(Award, models.PROTECT, related_name="contracts")
    kind = models.CharField(_("kind"), max_length=10, choices=ContractKind.choices, default=ContractKind.CONTRACT)
    number = models.CharField(_("number"), max_length=30, unique=True)
    plan = models.ForeignKey(PlanVersion, models.PROTECT, related_name="contracts", verbose_name=_("plan"))
    template = models.ForeignKey(ContractTemplate, models.PROTECT, related_name="+", verbose_name=_("template"))
    signatory = models.ForeignKey(Signatory, models.PROTECT, related_name="+", verbose_name=_("signatory"))
    document = models.OneToOneField(Document, models.PROTECT, related_name="contract", verbose_name=_("PDF"))
    sha256 = models.CharField(max_length=64)
    inputs = models.OneToOneField(Document, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"), default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    # The grantee signs until then, or the award lapses and the reserve list moves up.
    sign_due_at = models.DateTimeField(_("to be signed until"), null=True)
    grantee_signed_at = models.DateTimeField(_("signed by the grantee"), null=True)
    centre_signed_at = models.DateTimeField(_("signed by Almaty Creative"), null=True)
    grantee_scan = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", verbose_name=_("scan signed by the grantee")
    )
    centre_scan = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", verbose_name=_("scan signed by Almaty Creative")
    )
    signed_at = models.DateTimeField(_("signed by both"), null=True)
    voided_at = models.DateTimeField(_("void"), null=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made void by")
    )
    void_reason = models.TextField(_("why it is void"), max_length=1000, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["award"], condition=Q(kind=ContractKind.CONTRACT, voided_at=None), name="one_live_contract"
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None) | Q(voided_at__isnull=False),
                name="contract_voided_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None) | Q(grantee_signed_at__isnull=False, centre_signed_at__isnull=False),
                name="contract_signed_by_both",
            ),
        ]

    def __str__(self) -> str:
        return self.number
