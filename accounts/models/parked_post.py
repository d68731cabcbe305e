"""What a person typed into a form whose session had expired."""

from django.conf import settings
from django.db import models

from core import clock


class ParkedPost(models.Model):
    """A refused POST, kept for PARKED_POST_MINUTES and shown again after sign-in.

    Found by the SHA-256 of a random token in a signed, http-only cookie, and only at the address where it was sent;
    the view there asks its policy first. Files and passwords are never kept. `user` is who was signed in at this
    browser before, where that is known: to another person it is not shown.
    """

    token_sha256 = models.CharField(max_length=64, unique=True)
    path = models.CharField(max_length=300)
    body = models.TextField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    had_files = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        verbose_name = "parked post"
