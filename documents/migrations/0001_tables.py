import core.clock
import core.public_id
import django.db.models.deletion
import documents.models
from django.conf import settings
from django.db import migrations, models

from core.creating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            core.public_id.PublicIdField(
                                default=core.public_id.make_public_id, editable=False, max_length=14, unique=True
                            ),
                        ),
                        ("file", models.FileField(max_length=200, upload_to=documents.models.stored_name)),
                        ("original_name", models.CharField(max_length=200, verbose_name="file name")),
                        ("media_type", models.CharField(max_length=100, verbose_name="type")),
                        ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                        ("sha256", models.CharField(db_index=True, max_length=64)),
                        ("uploaded_at", models.DateTimeField(default=core.clock.now, verbose_name="uploaded")),
                        ("erased_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document",
                        "verbose_name_plural": "documents",
                    },
                ),
                migrations.CreateModel(
                    name="AccessProof",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=core.clock.now)),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="proofs",
                                to="accounts.accessrequest",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proof",
                        "verbose_name_plural": "proofs",
                    },
                ),
                migrations.CreateModel(
                    name="Order",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=60, verbose_name="number")),
                        ("signed_on", models.DateField(verbose_name="date")),
                        ("title_kk", models.CharField(max_length=300, verbose_name="title in Kazakh")),
                        ("title_ru", models.CharField(max_length=300, verbose_name="title in Russian")),
                        ("is_example", models.BooleanField(default=False, verbose_name="invented example")),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                                verbose_name="file",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "order",
                        "verbose_name_plural": "orders",
                        "ordering": ["-signed_on", "-pk"],
                        "constraints": [models.UniqueConstraint(fields=("number", "signed_on"), name="one_order")],
                    },
                ),
                migrations.CreateModel(
                    name="PartialUpload",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            core.public_id.PublicIdField(
                                default=core.public_id.make_public_id, editable=False, max_length=14, unique=True
                            ),
                        ),
                        ("purpose", models.CharField(max_length=120)),
                        ("original_name", models.CharField(max_length=200)),
                        ("size", models.PositiveBigIntegerField()),
                        ("received", models.PositiveBigIntegerField(default=0)),
                        ("pieces", models.JSONField(default=list)),
                        ("fingerprint", models.CharField(blank=True, max_length=64)),
                        ("begun_at", models.DateTimeField(default=core.clock.now)),
                        ("touched_at", models.DateTimeField(db_index=True, default=core.clock.now)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "upload under way",
                        "verbose_name_plural": "uploads under way",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("received__lte", models.F("size"))), name="upload_within_its_size"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Signature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            core.public_id.PublicIdField(
                                default=core.public_id.make_public_id, editable=False, max_length=14, unique=True
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("scan", "Signed on paper, scanned"),
                                    ("file", "File of an electronic signature"),
                                    ("ncalayer", "Electronic signature (NCALayer)"),
                                ],
                                max_length=20,
                                verbose_name="way",
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("attached", "Attached, not checked"),
                                    ("unrevoked_unknown", "Valid, revocation not checked"),
                                    ("valid", "Valid"),
                                ],
                                max_length=20,
                                verbose_name="result",
                            ),
                        ),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("signed_at", models.DateTimeField(default=core.clock.now, verbose_name="received")),
                        (
                            "claimed_at",
                            models.DateTimeField(null=True, verbose_name="time said by the signer's device"),
                        ),
                        ("algorithm", models.CharField(blank=True, max_length=60, verbose_name="algorithm")),
                        ("serial", models.CharField(blank=True, max_length=64, verbose_name="certificate number")),
                        ("issuer", models.CharField(blank=True, max_length=200, verbose_name="authority")),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("person", "Individual"),
                                    ("head", "Head of the organisation"),
                                    ("right_to_sign", "Person with the right to sign"),
                                    ("finance", "Person who signs financial papers"),
                                    ("staff", "Human resources"),
                                    ("employee", "Employee"),
                                ],
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        ("valid_from", models.DateTimeField(null=True, verbose_name="certificate valid from")),
                        ("valid_until", models.DateTimeField(null=True, verbose_name="certificate valid until")),
                        ("is_test", models.BooleanField(default=False, verbose_name="test authority")),
                        ("revocation_at", models.DateTimeField(null=True, verbose_name="revocation list of")),
                        (
                            "container",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                                verbose_name="container",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="documents.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                                verbose_name="for the organisation",
                            ),
                        ),
                        (
                            "scan",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                                verbose_name="scan",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who signed",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "signature",
                        "verbose_name_plural": "signatures",
                        "ordering": ["signed_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("document", "fingerprint"), name="one_signature_per_container"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("container", None), ("scan__isnull", False), ("way", "scan")),
                                    models.Q(
                                        models.Q(("way", "scan"), _negated=True),
                                        ("container__isnull", False),
                                        ("scan", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="signature_has_its_file",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("result", "attached"),
                                    models.Q(
                                        models.Q(("way", "scan"), _negated=True),
                                        models.Q(("serial", ""), _negated=True),
                                        ("valid_from__isnull", False),
                                        ("valid_until__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="signature_found_sound_has_a_certificate",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("result", "valid"), ("revocation_at__isnull", False)),
                                    models.Q(models.Q(("result", "valid"), _negated=True), ("revocation_at", None)),
                                    _connector="OR",
                                ),
                                name="valid_only_when_revocation_was_checked",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VaultEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            core.public_id.PublicIdField(
                                default=core.public_id.make_public_id, editable=False, max_length=14, unique=True
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="kind")),
                        ("expires_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        ("added_at", models.DateTimeField(default=core.clock.now)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="vault",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vault entry",
                        "verbose_name_plural": "vault",
                        "ordering": ["-added_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "kind", "document"), name="one_vault_entry_per_document"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
