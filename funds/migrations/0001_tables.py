import core.clock
import core.money
import core.public_id
import django.db.models.deletion
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
                    name="Investment",
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
                        (
                            "instrument",
                            models.CharField(
                                choices=[
                                    ("equity", "Equity"),
                                    ("preferred", "Preferred equity"),
                                    ("convertible_note", "Convertible note"),
                                    ("safe", "SAFE"),
                                    ("loan", "Loan"),
                                    ("revenue_share", "Revenue share"),
                                    ("royalty", "Royalty"),
                                    ("film_slate", "Film slate"),
                                ],
                                max_length=20,
                                verbose_name="instrument",
                            ),
                        ),
                        ("amount", core.money.MoneyField(verbose_name="approved amount")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")], default="USD", max_length=3
                            ),
                        ),
                        ("approved_on", models.DateField(verbose_name="approved")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("active", "Active"),
                                    ("partially_realised", "Partially realised"),
                                    ("exited", "Exited"),
                                    ("written_off", "Written off"),
                                    ("recovered", "Recovered"),
                                ],
                                default="active",
                                editable=False,
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="investments",
                                to="funds.project",
                                verbose_name="project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "investment",
                        "verbose_name_plural": "investments",
                        "ordering": ["-approved_on"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="investment_is_positive")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fund",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(unique=True, verbose_name="code")),
                        ("name_kk", models.CharField(max_length=200, verbose_name="name in Kazakh")),
                        ("name_ru", models.CharField(max_length=200, verbose_name="name in Russian")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name in English")),
                        ("capital", core.money.MoneyField(verbose_name="capital")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")],
                                default="USD",
                                max_length=3,
                                verbose_name="currency",
                            ),
                        ),
                        ("started_on", models.DateField(verbose_name="started")),
                        ("term_years", models.PositiveSmallIntegerField(verbose_name="term in years")),
                        (
                            "target_projects",
                            models.PositiveSmallIntegerField(verbose_name="target: at least so many projects"),
                        ),
                        (
                            "counting_rule_kk",
                            models.TextField(blank=True, verbose_name="what counts as a project, in Kazakh"),
                        ),
                        (
                            "counting_rule_ru",
                            models.TextField(blank=True, verbose_name="what counts as a project, in Russian"),
                        ),
                        (
                            "counting_rule_en",
                            models.TextField(blank=True, verbose_name="what counts as a project, in English"),
                        ),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source of the figures")),
                        ("source_url", models.URLField(blank=True, verbose_name="address of the source")),
                        (
                            "sectors",
                            models.ManyToManyField(related_name="funds", to="accounts.sector", verbose_name="sectors"),
                        ),
                    ],
                    options={
                        "verbose_name": "fund",
                        "verbose_name_plural": "funds",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("capital__gt", 0), ("term_years__gt", 0)),
                                name="fund_has_capital_and_term",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Investor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("role_kk", models.CharField(blank=True, max_length=200, verbose_name="part in Kazakh")),
                        ("role_ru", models.CharField(blank=True, max_length=200, verbose_name="part in Russian")),
                        ("role_en", models.CharField(blank=True, max_length=200, verbose_name="part in English")),
                        ("is_founder", models.BooleanField(default=True, verbose_name="founder")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        (
                            "fund",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="investors", to="funds.fund"
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "investor",
                        "verbose_name_plural": "investors",
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="LedgerEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("disbursement", "Paid to a project"),
                                    ("proceeds", "Received from a project"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("amount", core.money.MoneyField(verbose_name="amount")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")], default="USD", max_length=3
                            ),
                        ),
                        ("value_on", models.DateField(verbose_name="value date")),
                        ("posted_at", models.DateTimeField(default=core.clock.now, verbose_name="posted")),
                        (
                            "fund",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ledger",
                                to="funds.fund",
                                verbose_name="fund",
                            ),
                        ),
                        (
                            "investment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ledger",
                                to="funds.investment",
                            ),
                        ),
                        (
                            "posted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="posted by",
                            ),
                        ),
                        (
                            "reverses",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversed_by",
                                to="funds.ledgerentry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ledger row",
                        "verbose_name_plural": "ledger",
                        "ordering": ["-value_on", "-pk"],
                        "indexes": [models.Index(fields=["fund", "kind", "value_on"], name="ledger_by_kind")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount__lt", 0), ("kind", "disbursement"), ("reverses", None)),
                                    models.Q(("amount__gt", 0), ("kind", "proceeds"), ("reverses", None)),
                                    models.Q(("amount__gt", 0), ("kind", "disbursement"), ("reverses__isnull", False)),
                                    models.Q(("amount__lt", 0), ("kind", "proceeds"), ("reverses__isnull", False)),
                                    _connector="OR",
                                ),
                                name="ledger_sign_follows_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Project",
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
                        ("title_kk", models.CharField(max_length=200, verbose_name="title in Kazakh")),
                        ("title_ru", models.CharField(max_length=200, verbose_name="title in Russian")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title in English")),
                        (
                            "summary_kk",
                            models.CharField(blank=True, max_length=300, verbose_name="in short, in Kazakh"),
                        ),
                        (
                            "summary_ru",
                            models.CharField(blank=True, max_length=300, verbose_name="in short, in Russian"),
                        ),
                        (
                            "summary_en",
                            models.CharField(blank=True, max_length=300, verbose_name="in short, in English"),
                        ),
                        ("is_example", models.BooleanField(default=False, verbose_name="invented example")),
                        (
                            "created_at",
                            models.DateTimeField(default=core.clock.now, editable=False, verbose_name="added"),
                        ),
                        (
                            "fund",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="funds.fund",
                                verbose_name="fund",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fund_projects",
                                to="accounts.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "sector",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.sector",
                                verbose_name="sector",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "portfolio project",
                        "verbose_name_plural": "portfolio projects",
                    },
                ),
            ]
        ),
    ]
