"""A stored file, the signatures under it, and the organisation's vault."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core import clock
from core.public_id import PublicIdField, make_public_id
from core.text import Localized
from documents.statuses import SignatureResult, SignatureWay, SignerRole


def stored_name(document: Any, filename: str) -> str:
    """A random name: neither the person's file name nor anything else about them reaches the store."""
    return f"{clock.now():%Y/%m}/{make_public_id()}{make_public_id()}"


class Document(models.Model):
    """A stored file without a pointer to an owner: owners hold the foreign key and decide who sees it.

    Immutable (a trigger) but for erasure: `erased_at` marks a tombstone that keeps hash and size, the bytes are gone.
    """

    public_id = PublicIdField()
    file = models.FileField(upload_to=stored_name, max_length=200)
    original_name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64, db_index=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), default=clock.now)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_image(self) -> bool:
        """Whether a browser can show it as a picture."""
        return self.media_type.startswith("image/")


class Order(models.Model):
    """An order of an authority, by number, date and file: what made a call, a commission, a list of experts."""

    number = models.CharField(_("number"), max_length=60)
    signed_on = models.DateField(_("date"))
    title_kk = models.CharField(_("title in Kazakh"), max_length=300)
    title_ru = models.CharField(_("title in Russian"), max_length=300)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", verbose_name=_("file"))
    is_example = models.BooleanField(_("invented example"), default=False)
    title = Localized(_("Title"))

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-signed_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["number", "signed_on"], name="one_order")]

    def __str__(self) -> str:
        return f"№ {self.number} · {self.signed_on:%d.%m.%Y}"


class Signature(models.Model):
    """One signature under one stored file: who, in which way, what the portal found. Append-only (a trigger).

    Like a document it has no pointer to an owner: the owner's view decides who sees it. Names and numbers of the
    certificate stand in `container` alone; here is what says which certificate it was. `fingerprint` is the SHA-256 of
    the container, so that the same one counts once. When a certificate is judged, it is by `signed_at`, the server's
    clock at receipt: `claimed_at` is what the signer's machine wrote.
    """

    public_id = PublicIdField()
    document = models.ForeignKey(Document, models.PROTECT, related_name="signatures", verbose_name=_("document"))
    sha256 = models.CharField(max_length=64)
    way = models.CharField(_("way"), max_length=20, choices=SignatureWay.choices)
    result = models.CharField(_("result"), max_length=20, choices=SignatureResult.choices)
    container = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", verbose_name=_("container"))
    scan = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", verbose_name=_("scan"))
    fingerprint = models.CharField(max_length=64)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="signatures", verbose_name=_("who signed")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("for the organisation")
    )
    signed_at = models.DateTimeField(_("received"), default=clock.now)
    claimed_at = models.DateTimeField(_("time said by the signer's device"), null=True)
    algorithm = models.CharField(_("algorithm"), max_length=60, blank=True)
    serial = models.CharField(_("certificate number"), max_length=64, blank=True)
    issuer = models.CharField(_("authority"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=SignerRole.choices, blank=True)
    valid_from = models.DateTimeField(_("certificate valid from"), null=True)
    valid_until = models.DateTimeField(_("certificate valid until"), null=True)
    is_test = models.BooleanField(_("test authority"), default=False)
    revocation_at = models.DateTimeField(_("revocation list of"), null=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "fingerprint"], name="one_signature_per_container"),
            models.CheckConstraint(
                condition=Q(way=SignatureWay.SCAN, container=None, scan__isnull=False)
                | (~Q(way=SignatureWay.SCAN) & Q(container__isnull=False, scan=None)),
                name="signature_has_its_file",
            ),
            models.CheckConstraint(
                condition=Q(result=SignatureResult.ATTACHED)
                | (~Q(way=SignatureWay.SCAN) & ~Q(serial="") & Q(valid_from__isnull=False, valid_until__isnull=False)),
                name="signature_found_sound_has_a_certificate",
            ),
            models.CheckConstraint(
                condition=Q(result=SignatureResult.VALID, revocation_at__isnull=False)
                | (~Q(result=SignatureResult.VALID) & Q(revocation_at=None)),
                name="valid_only_when_revocation_was_checked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} · {self.get_result_display()}"


class VaultEntryQuerySet(models.QuerySet["VaultEntry"]):
    """Words about the vault."""

    def visible_to(self, user: Any) -> Self:
        """Members of the organisation, and nobody else: staff read what was sent, in the application."""
        return self.filter(organisation__memberships__user=user)

    def still_valid(self) -> Self:
        """Not past its date, and not erased."""
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=clock.today()), document__erased_at=None)


class VaultEntry(models.Model):
    """A document that an organisation keeps for reuse: upload once, with the date until which it is valid.

    `kind` is the key of what a call asked for; a call that asks for the same key is offered it.
    """

    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="vault")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=40)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    added_at = models.DateTimeField(default=clock.now)

    objects = VaultEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("vault entry")
        verbose_name_plural = _("vault")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "document"], name="one_vault_entry_per_document"),
        ]


class PartialUploadQuerySet(models.QuerySet["PartialUpload"]):
    """Words about uploads under way."""

    def visible_to(self, user: Any) -> Self:
        """Who began, and nobody else, not even a colleague."""
        return self.filter(user=user)


class PartialUpload(models.Model):
    """A file that arrives in pieces, each an object of the store; gone when it is stored or too old.

    `purpose` says what it is for, in words of the app that asked ("<application>:doc_deck"): that app's view checks it
    again with each request. The person who began goes on, and nobody else. `pieces` are stored names in their order.
    """

    public_id = PublicIdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=120)
    original_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    pieces = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField(default=clock.now)
    touched_at = models.DateTimeField(default=clock.now, db_index=True)

    objects = PartialUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload under way")
        verbose_name_plural = _("uploads under way")
        constraints = [
            models.CheckConstraint(condition=models.Q(received__lte=models.F("size")), name="upload_within_its_size"),
        ]

    @property
    def percent(self) -> int:
        """How much has arrived; 100 only when all of it has."""
        return self.received * 100 // self.size


class AccessProof(models.Model):
    """The paper that goes with a request to be let into an organisation; staff alone see it."""

    request = models.ForeignKey("accounts.AccessRequest", models.CASCADE, related_name="proofs")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
