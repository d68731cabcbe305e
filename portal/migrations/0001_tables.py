import core.clock
import core.public_id
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="DataExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    core.public_id.PublicIdField(
                        default=core.public_id.make_public_id, editable=False, max_length=14, unique=True
                    ),
                ),
                ("asked_at", models.DateTimeField(default=core.clock.now)),
                ("files_total", models.PositiveIntegerField(default=0)),
                ("files_done", models.PositiveIntegerField(default=0)),
                ("ready_at", models.DateTimeField(null=True)),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "download of one's data",
                "verbose_name_plural": "downloads of one's data",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ready_at", None)), fields=("user",), name="one_download_under_way"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document", None), ("ready_at", None)),
                            models.Q(("document__isnull", False), ("ready_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="download_ready_with_its_file",
                    ),
                ],
            },
        ),
    ]
