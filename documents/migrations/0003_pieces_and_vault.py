"""Pieces of an upload by their stored names; addresses for the vault."""

from django.db import migrations, models

from core.public_id import PublicIdField, make_public_id


def give_public_ids(apps, schema_editor):
    """Entries made before they had an address of their own."""
    entries = apps.get_model("documents", "VaultEntry")
    for entry in entries.objects.filter(public_id=""):
        entries.objects.filter(pk=entry.pk).update(public_id=make_public_id())


class Migration(migrations.Migration):
    """Additions only."""

    dependencies = [("documents", "0002_applying")]

    operations = [
        migrations.AddField("partialupload", "pieces", models.JSONField(default=list)),
        migrations.AddField("vaultentry", "public_id", models.CharField(default="", editable=False, max_length=14)),
        migrations.RunPython(give_public_ids, migrations.RunPython.noop),
        migrations.AlterField("vaultentry", "public_id", PublicIdField()),
        migrations.AlterModelOptions(
            "vaultentry",
            {"ordering": ["-added_at", "-pk"], "verbose_name": "vault entry", "verbose_name_plural": "vault"},
        ),
        migrations.AddConstraint(
            "vaultentry",
            models.UniqueConstraint(fields=["organisation", "kind", "document"], name="one_vault_entry_per_document"),
        ),
    ]
