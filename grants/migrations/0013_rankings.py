import core.clock
import core.money
import core.public_id
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0012_labels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RankingRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", core.public_id.PublicIdField()),
                ("number", models.PositiveSmallIntegerField(verbose_name="run")),
                ("inputs", models.JSONField(verbose_name="inputs")),
                ("inputs_sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the inputs")),
                ("content", models.JSONField(verbose_name="ranking")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the ranking")),
                ("made_at", models.DateTimeField(default=core.clock.now, verbose_name="frozen")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ranking_runs",
                        to="grants.call",
                        verbose_name="call",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="frozen by",
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grants.callrules",
                        verbose_name="frozen rules",
                    ),
                ),
            ],
            options={
                "verbose_name": "frozen ranking",
                "verbose_name_plural": "frozen rankings",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("call", "number"), name="one_ranking_run_per_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="WhatIf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", core.public_id.PublicIdField()),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("money", core.money.MoneyField(verbose_name="money")),
                (
                    "currency",
                    core.money.CurrencyField(choices=[("KZT", "₸"), ("USD", "US$")], default="KZT", max_length=3),
                ),
                ("pass_mark", models.PositiveSmallIntegerField(verbose_name="pass mark")),
                (
                    "partial_percent",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="smallest part of what was asked, percent"
                    ),
                ),
                ("floors", models.JSONField(default=dict, verbose_name="floors of sectors")),
                ("made_at", models.DateTimeField(default=core.clock.now, verbose_name="made")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="what_ifs", to="grants.call"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "what-if",
                "verbose_name_plural": "what-ifs",
                "ordering": ["made_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("call", "name"), name="one_what_if_per_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("money__gte", 0),
                            ("pass_mark__lte", 100),
                            models.Q(
                                ("partial_percent", None),
                                models.Q(("partial_percent__gte", 1), ("partial_percent__lte", 100)),
                                _connector="OR",
                            ),
                        ),
                        name="what_if_is_possible",
                    ),
                ],
            },
        ),
    ]
