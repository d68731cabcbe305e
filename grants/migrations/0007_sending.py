"""Closing times of single applications, sendings within the grace, reasons of new rules in two languages."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("grants", "0006_plan_terms")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="extended_until",
            field=models.DateTimeField(editable=False, null=True, verbose_name="extended until"),
        ),
        migrations.AddField(
            model_name="submission",
            name="grace_opened_at",
            field=models.DateTimeField(null=True, verbose_name="sent within the grace, page opened"),
        ),
        migrations.AddIndex(
            model_name="submission", index=models.Index(fields=["sha256"], name="submission_sha256")
        ),
        migrations.RemoveField(model_name="callrules", name="reason"),
        migrations.AddField(
            model_name="callrules",
            name="reason_kk",
            field=models.TextField(blank=True, default="", verbose_name="public reason of the change, in Kazakh"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="callrules",
            name="reason_ru",
            field=models.TextField(blank=True, default="", verbose_name="public reason of the change, in Russian"),
            preserve_default=False,
        ),
    ]
