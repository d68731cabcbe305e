"""What a message is about: its page's first opening is looked for by it."""

import django.db.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_applying")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="about",
            field=models.CharField(blank=True, default="", editable=False, max_length=40, verbose_name="what it is about"),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=django.db.models.Q(("opened_at", None), ("term_ends_at__isnull", False)),
                fields=["about"],
                name="message_unopened",
            ),
        ),
    ]
