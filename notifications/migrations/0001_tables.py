import core.clock
import core.public_id
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    core.public_id.PublicIdField(
                        default=core.public_id.make_public_id,
                        editable=False,
                        max_length=14,
                        unique=True,
                        verbose_name="public id",
                    ),
                ),
                ("address", models.CharField(max_length=254, verbose_name="address")),
                (
                    "language",
                    models.CharField(
                        choices=[("kk", "Kazakh"), ("ru", "Russian"), ("en", "English")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("channel", models.CharField(default="email", max_length=10, verbose_name="channel")),
                ("event", models.CharField(max_length=60, verbose_name="event")),
                ("context", models.JSONField(default=dict)),
                ("dedupe_key", models.CharField(max_length=120, unique=True)),
                ("created_at", models.DateTimeField(default=core.clock.now, verbose_name="written")),
                ("due_at", models.DateTimeField(default=core.clock.now, verbose_name="due")),
                ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="claimed")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("failed_at", models.DateTimeField(blank=True, null=True, verbose_name="given up")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="cancelled")),
                ("last_error", models.CharField(blank=True, max_length=200, verbose_name="last error")),
                ("term_ends_at", models.DateTimeField(blank=True, null=True, verbose_name="term ends")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="page first opened")),
                ("about", models.CharField(blank=True, editable=False, max_length=40, verbose_name="what it is about")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("failed_at", None), ("sent_at", None)),
                        fields=["due_at"],
                        name="message_pending",
                    ),
                    models.Index(
                        condition=models.Q(("opened_at", None), ("term_ends_at__isnull", False)),
                        fields=["about"],
                        name="message_unopened",
                    ),
                ],
            },
        ),
    ]
