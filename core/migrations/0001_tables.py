import core.clock
from django.db import migrations, models

from core.creating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="AuditHead",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(unique=True, verbose_name="day")),
                        ("position", models.BigIntegerField(verbose_name="last link")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("events", models.PositiveIntegerField(verbose_name="events of the day")),
                        ("kept_at", models.DateTimeField(default=core.clock.now)),
                    ],
                    options={
                        "verbose_name": "head of the audit trail",
                        "verbose_name_plural": "heads of the audit trail",
                        "ordering": ["-day"],
                    },
                ),
                migrations.CreateModel(
                    name="AuditSeal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.BigIntegerField(unique=True)),
                        ("event_id", models.BigIntegerField(unique=True)),
                        ("previous", models.CharField(max_length=64)),
                        ("sha256", models.CharField(max_length=64)),
                        ("sealed_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "audit seal",
                        "verbose_name_plural": "audit seals",
                    },
                ),
                migrations.CreateModel(
                    name="Counter",
                    fields=[
                        ("key", models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ("value", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="DayOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(unique=True, verbose_name="date")),
                        ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                        (
                            "is_worked",
                            models.BooleanField(default=False, verbose_name="worked (a weekend day moved to work)"),
                        ),
                        (
                            "is_confirmed",
                            models.BooleanField(default=True, verbose_name="confirmed by the Government's calendar"),
                        ),
                    ],
                    options={
                        "verbose_name": "day off",
                        "verbose_name_plural": "days off",
                        "ordering": ["on"],
                    },
                ),
                migrations.CreateModel(
                    name="AuditEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="when")),
                        ("actor_id", models.BigIntegerField(null=True, verbose_name="person")),
                        ("verb", models.CharField(max_length=80, verbose_name="what")),
                        ("object_type", models.CharField(max_length=60, verbose_name="table")),
                        ("object_id", models.CharField(max_length=40, verbose_name="row")),
                        ("data", models.JSONField(default=dict, verbose_name="particulars")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                    ],
                    options={
                        "verbose_name": "audit event",
                        "verbose_name_plural": "audit trail",
                        "indexes": [
                            models.Index(fields=["object_type", "object_id"], name="audit_by_object"),
                            models.Index(fields=["-at"], name="audit_by_time"),
                        ],
                    },
                ),
            ]
        ),
    ]
