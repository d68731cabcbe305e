"""The head of the audit chain at the end of each day, for everybody."""

from django.db import migrations, models

import core.clock


class Migration(migrations.Migration):
    dependencies = [("core", "0003_labels")]

    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
    ]
