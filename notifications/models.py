"""The outbox row."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.public_id import PublicIdField

MAX_ATTEMPTS = 12


class MessageQuerySet(models.QuerySet["Message"]):
    """Words of the outbox."""

    def pending(self) -> Self:
        """Neither sent, nor given up, nor cancelled."""
        return self.filter(sent_at=None, failed_at=None, cancelled_at=None)

    def due(self) -> Self:
        """Pending, its time has come, and no living worker holds it."""
        now = clock.now()
        stale = now - timedelta(seconds=settings.OUTBOX_CLAIM_SECONDS)  # a dead worker's claim
        return self.pending().filter(Q(due_at__lte=now), Q(claimed_at=None) | Q(claimed_at__lt=stale))

    def unopened(self) -> Self:
        """Messages that started a term, the page of which nobody they were written to has opened yet."""
        opened = Message.objects.filter(
            about=OuterRef("about"), term_ends_at=OuterRef("term_ends_at"), opened_at__isnull=False
        )
        return self.filter(~Exists(opened), term_ends_at__isnull=False, opened_at=None, cancelled_at=None)


class Message(models.Model):
    """One message to one address, written in the transaction that causes it, sent after commit, never lost.

    It has instants instead of a status: claimed, sent, failed (given up after MAX_ATTEMPTS), cancelled (a reminder
    that is no longer true). `context` holds what the templates of `event` need, already in the reader's language.
    """

    public_id = PublicIdField(verbose_name=_("public id"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="messages")
    address = models.CharField(_("address"), max_length=254)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    channel = models.CharField(_("channel"), max_length=10, default="email")
    event = models.CharField(_("event"), max_length=60)
    context = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(_("written"), default=clock.now)
    due_at = models.DateTimeField(_("due"), default=clock.now)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    failed_at = models.DateTimeField(_("given up"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    # A message that starts a term: the day it ends, and when its page was first opened (the letter's `path`).
    term_ends_at = models.DateTimeField(_("term ends"), null=True, blank=True)
    opened_at = models.DateTimeField(_("page first opened"), null=True, blank=True)
    about = models.CharField(_("what it is about"), max_length=40, blank=True, editable=False)  # its public_id

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at=None, failed_at=None, cancelled_at=None),
                name="message_pending",
            ),
            models.Index(
                fields=["about"], condition=Q(term_ends_at__isnull=False, opened_at=None), name="message_unopened"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.public_id}"

    @property
    def message_id(self) -> str:
        """The Message-ID header: the same for every copy, so that a mail program shows one."""
        return f"<{self.public_id}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>"
