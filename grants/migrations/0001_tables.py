import core.clock
import core.money
import core.public_id
import django.core.validators
import django.db.models.deletion
import grants.models.call
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from core.creating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("committees", "0001_tables"),
        ("documents", "0001_tables"),
        ("questionnaires", "0001_tables"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="BudgetCategory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        (
                            "key",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9_]*$", "Small Latin letters, digits and underscores."
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        ("title_kk", models.CharField(max_length=200, verbose_name="title in Kazakh")),
                        ("title_ru", models.CharField(max_length=200, verbose_name="title in Russian")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title in English")),
                        (
                            "max_percent",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="at most, percent of the grant",
                            ),
                        ),
                        (
                            "has_supplier",
                            models.BooleanField(
                                default=True,
                                help_text="Wages are not: no supplier is asked for.",
                                verbose_name="is bought from a supplier",
                            ),
                        ),
                        (
                            "proof",
                            models.CharField(
                                choices=[
                                    (
                                        "either",
                                        "A fiscal receipt with your IIN or BIN on it; or an invoice, an act and a payment order",
                                    ),
                                    (
                                        "invoice",
                                        "An invoice, an act and a payment order; a fiscal receipt is not enough",
                                    ),
                                    ("payroll", "A payroll with signatures and the payment order of the taxes"),
                                ],
                                default="either",
                                max_length=8,
                                verbose_name="what proves an expense",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="budget_categories",
                                to="grants.call",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "budget category",
                        "verbose_name_plural": "budget categories",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "key"), name="one_budget_category_per_key")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Programme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(unique=True, verbose_name="code")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("grant", "Grant programme"),
                                    ("accelerator", "Accelerator"),
                                    ("hackathon", "Hackathon"),
                                    ("festival", "Festival"),
                                ],
                                default="grant",
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("name_kk", models.CharField(max_length=200, verbose_name="name in Kazakh")),
                        ("name_ru", models.CharField(max_length=200, verbose_name="name in Russian")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name in English")),
                    ],
                    options={
                        "verbose_name": "programme",
                        "verbose_name_plural": "programmes",
                    },
                ),
                migrations.CreateModel(
                    name="ReasonPhrase",
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
                                    ("correction", "Return for correction"),
                                    ("ineligible", "Not eligible"),
                                    ("award", "Award"),
                                    ("reserve", "Reserve list"),
                                    ("decline", "Decline"),
                                ],
                                max_length=12,
                                verbose_name="where it is offered",
                            ),
                        ),
                        ("text_kk", models.TextField(verbose_name="text in Kazakh")),
                        ("text_ru", models.TextField(verbose_name="text in Russian")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "reason phrase",
                        "verbose_name_plural": "reason phrases",
                        "ordering": ["kind", "position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Application",
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
                        ("number", models.CharField(max_length=20, null=True, unique=True, verbose_name="number")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Submitted"),
                                    ("eligible", "Eligible, with the experts"),
                                    ("ineligible", "Not eligible"),
                                    ("awarded", "Awarded"),
                                    ("reserved", "On the reserve list"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="project title")),
                        ("summary", models.CharField(blank=True, max_length=300, verbose_name="project in short")),
                        ("amount_requested", core.money.MoneyField(null=True, verbose_name="amount asked")),
                        ("own_amount", core.money.MoneyField(null=True, verbose_name="own money")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")],
                                default="KZT",
                                max_length=3,
                                verbose_name="currency",
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=core.clock.now, verbose_name="begun")),
                        ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted")),
                        (
                            "has_minor",
                            models.BooleanField(editable=False, null=True, verbose_name="a minor takes part"),
                        ),
                        ("fact_revs", models.JSONField(default=dict, editable=False)),
                        (
                            "active_seconds",
                            models.PositiveIntegerField(
                                default=0, editable=False, verbose_name="seconds spent on the form"
                            ),
                        ),
                        (
                            "extended_until",
                            models.DateTimeField(editable=False, null=True, verbose_name="extended until"),
                        ),
                        (
                            "written_in",
                            models.CharField(
                                blank=True,
                                choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")],
                                editable=False,
                                max_length=2,
                                verbose_name="written in",
                            ),
                        ),
                        ("last_saved_at", models.DateTimeField(editable=False, null=True, verbose_name="last saved")),
                        ("search_text", models.TextField(default="", editable=False)),
                        (
                            "answer_set",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="application",
                                to="questionnaires.answerset",
                                verbose_name="answers",
                            ),
                        ),
                        (
                            "copied_from",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="grants.application",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="begun by",
                            ),
                        ),
                        (
                            "district",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.district",
                                verbose_name="district",
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="screened",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="officer",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="accounts.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "sector",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.sector",
                                verbose_name="sector",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="grants.call",
                                verbose_name="call",
                            ),
                        ),
                        (
                            "rules",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="grants.callrules",
                                verbose_name="rules of the call",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "application",
                        "verbose_name_plural": "applications",
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(fields=["status", "-submitted_at"], name="application_list"),
                            models.Index(fields=["officer", "status"], name="application_officer"),
                            models.Index(fields=["call", "status", "submitted_at"], name="application_queue"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["draft", "withdrawn"]),
                                    models.Q(("number__isnull", False), ("submitted_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="sent_application_has_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount_requested", None), ("amount_requested__gt", 0), _connector="OR"
                                ),
                                name="application_asks_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("own_amount", None), ("own_amount__gte", 0), _connector="OR"),
                                name="application_own_money_not_negative",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "withdrawn"), _negated=True),
                                fields=("organisation", "call"),
                                name="one_live_application",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Award",
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
                        ("amount", core.money.MoneyField(verbose_name="amount")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")], default="KZT", max_length=3
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("offered", "Offered"),
                                    ("signed", "Contract signed"),
                                    ("active", "Under way"),
                                    ("terminated", "Terminated"),
                                    ("lapsed", "Lapsed"),
                                    ("refused", "Refused by the winner"),
                                ],
                                default="offered",
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        ("offered_at", models.DateTimeField(default=core.clock.now, verbose_name="awarded")),
                        ("answer_due_at", models.DateTimeField(null=True, verbose_name="to be accepted until")),
                        ("accepted_at", models.DateTimeField(null=True, verbose_name="accepted")),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="accepted by",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="awards",
                                related_query_name="award",
                                to="grants.application",
                            ),
                        ),
                        (
                            "decision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="award", to="grants.decision"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "award",
                        "verbose_name_plural": "awards",
                        "ordering": ["-offered_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("accepted_at", None), ("status", "offered")),
                                fields=["answer_due_at"],
                                name="award_unanswered",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="award_is_positive"),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["lapsed", "refused", "terminated"]), _negated=True),
                                fields=("application",),
                                name="one_live_award",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("accepted_at", None), ("accepted_by", None)),
                                    models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="award_accepted_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AwardMilestone",
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
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "award",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="milestones",
                                to="grants.award",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "milestone of an award",
                        "verbose_name_plural": "milestones of awards",
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="AwardLine",
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
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "award",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="grants.award"
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="grants.budgetcategory",
                                verbose_name="category",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of an award",
                        "verbose_name_plural": "lines of awards",
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Call",
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
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("published", "Published"),
                                    ("decided", "Decided"),
                                    ("archived", "Archived"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        ("title_kk", models.CharField(max_length=200, verbose_name="title in Kazakh")),
                        ("title_ru", models.CharField(max_length=200, verbose_name="title in Russian")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title in English")),
                        ("summary_kk", models.TextField(max_length=600, verbose_name="in short, in Kazakh")),
                        ("summary_ru", models.TextField(max_length=600, verbose_name="in short, in Russian")),
                        (
                            "summary_en",
                            models.TextField(blank=True, max_length=600, verbose_name="in short, in English"),
                        ),
                        ("rules_kk", models.TextField(verbose_name="rules in Kazakh")),
                        ("rules_ru", models.TextField(verbose_name="rules in Russian")),
                        ("rules_en", models.TextField(blank=True, verbose_name="rules in English")),
                        ("opens_at", models.DateTimeField(verbose_name="opens")),
                        ("closes_at", models.DateTimeField(verbose_name="closes")),
                        ("min_amount", core.money.MoneyField(verbose_name="smallest amount")),
                        ("max_amount", core.money.MoneyField(verbose_name="largest amount")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")], default="KZT", max_length=3
                            ),
                        ),
                        (
                            "own_share_percent",
                            models.PositiveSmallIntegerField(
                                default=10, verbose_name="own share, percent of the whole project"
                            ),
                        ),
                        ("pass_mark", models.PositiveSmallIntegerField(default=60, verbose_name="pass mark, of 100")),
                        (
                            "reviews_needed",
                            models.PositiveSmallIntegerField(default=3, verbose_name="reviews for each application"),
                        ),
                        (
                            "review_working_days",
                            models.PositiveSmallIntegerField(default=15, verbose_name="working days for a review"),
                        ),
                        (
                            "correction_working_days",
                            models.PositiveSmallIntegerField(default=3, verbose_name="working days for a correction"),
                        ),
                        ("asks_budget", models.BooleanField(default=False, verbose_name="asks for a budget by lines")),
                        ("asks_milestones", models.BooleanField(default=False, verbose_name="asks for milestones")),
                        (
                            "milestones_min",
                            models.PositiveSmallIntegerField(default=3, verbose_name="fewest milestones"),
                        ),
                        ("milestones_max", models.PositiveSmallIntegerField(default=8, verbose_name="most milestones")),
                        (
                            "vat_percent",
                            models.PositiveSmallIntegerField(
                                default=grants.models.call.vat_percent_today, verbose_name="VAT, percent"
                            ),
                        ),
                        (
                            "supplier_over",
                            core.money.MoneyField(
                                default=Decimal("500000"),
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="the supplier's BIN is asked for lines over",
                            ),
                        ),
                        (
                            "grace_minutes",
                            models.PositiveSmallIntegerField(
                                default=10, verbose_name="minutes of grace for a page that was open at closing"
                            ),
                        ),
                        (
                            "allows_foreign",
                            models.BooleanField(
                                default=False, verbose_name="applicants from other countries may apply"
                            ),
                        ),
                        (
                            "allows_minors",
                            models.BooleanField(
                                default=False, verbose_name="minors may apply with a guardian's consent"
                            ),
                        ),
                        (
                            "observers_needed",
                            models.PositiveSmallIntegerField(default=0, verbose_name="observers needed at a meeting"),
                        ),
                        (
                            "is_blind",
                            models.BooleanField(
                                default=False, verbose_name="experts do not see the applicant until they have scored"
                            ),
                        ),
                        (
                            "load_min",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="fewest applications for an expert"
                            ),
                        ),
                        (
                            "load_max",
                            models.PositiveSmallIntegerField(
                                default=60, verbose_name="most applications for an expert"
                            ),
                        ),
                        (
                            "extra_review_over",
                            models.PositiveSmallIntegerField(
                                default=25, verbose_name="spread that asks for one more expert, points"
                            ),
                        ),
                        (
                            "ranks_by",
                            models.CharField(
                                choices=[
                                    ("raw", "weighted mean of the reviews"),
                                    ("adjusted", "mean adjusted for the severity of experts"),
                                ],
                                default="raw",
                                max_length=8,
                                verbose_name="the score that ranks",
                            ),
                        ),
                        (
                            "adjusted_from",
                            models.PositiveSmallIntegerField(
                                default=60, verbose_name="reviews from which severity is adjusted"
                            ),
                        ),
                        (
                            "allows_partial",
                            models.BooleanField(
                                default=False, verbose_name="less than asked may be awarded at the funding line"
                            ),
                        ),
                        (
                            "partial_percent",
                            models.PositiveSmallIntegerField(
                                default=50, verbose_name="smallest part of what was asked, percent"
                            ),
                        ),
                        (
                            "held_back_percent",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="held back until appeals are answered, percent"
                            ),
                        ),
                        (
                            "appeal_working_days",
                            models.PositiveSmallIntegerField(default=5, verbose_name="working days to appeal"),
                        ),
                        (
                            "appeal_answer_working_days",
                            models.PositiveSmallIntegerField(
                                default=10, verbose_name="working days to answer an appeal"
                            ),
                        ),
                        (
                            "offer_working_days",
                            models.PositiveSmallIntegerField(
                                default=10, verbose_name="working days to accept an award"
                            ),
                        ),
                        (
                            "sign_working_days",
                            models.PositiveSmallIntegerField(
                                default=10, verbose_name="working days to sign the contract"
                            ),
                        ),
                        (
                            "held_back_freed_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="held back until"),
                        ),
                        (
                            "is_example",
                            models.BooleanField(
                                default=False,
                                help_text="Shown as «an invented example» wherever the call stands.",
                                verbose_name="invented example",
                            ),
                        ),
                        ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published")),
                        (
                            "cancelled_reason_kk",
                            models.TextField(
                                blank=True, editable=False, verbose_name="public reason of cancelling, in Kazakh"
                            ),
                        ),
                        (
                            "cancelled_reason_ru",
                            models.TextField(
                                blank=True, editable=False, verbose_name="public reason of cancelling, in Russian"
                            ),
                        ),
                        (
                            "released_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="decisions released"),
                        ),
                        (
                            "appeal_commission",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="committees.committee",
                                verbose_name="appeal commission",
                            ),
                        ),
                        (
                            "commission",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to="committees.committee",
                                verbose_name="commission",
                            ),
                        ),
                        (
                            "experts_order",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.order",
                                verbose_name="order of the experts",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.order",
                                verbose_name="order that announced it",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "questionnaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="questionnaires.questionnaire",
                                verbose_name="questionnaire",
                            ),
                        ),
                        (
                            "questionnaire_version",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="questionnaires.questionnaireversion",
                            ),
                        ),
                        (
                            "released_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("sectors", models.ManyToManyField(to="accounts.sector", verbose_name="sectors")),
                        (
                            "programme_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to="grants.programmeyear",
                                verbose_name="programme year",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "call",
                        "verbose_name_plural": "calls",
                        "ordering": ["-closes_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                                name="call_closes_after_opening",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("max_amount__gte", models.F("min_amount")), ("min_amount__gt", 0)),
                                name="call_amounts_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("own_share_percent__lt", 100)), name="call_own_share_is_a_share"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("held_back_percent__lt", 100), ("partial_percent__lte", 100)),
                                name="call_parts_are_percents",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("load_max__gte", models.F("load_min"))), name="call_loads_in_order"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at", None), ("published_by", None)),
                                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="call_published_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("released_at", None), ("released_by", None)),
                                    models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="call_released_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalibrationSample",
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
                            "position",
                            models.PositiveSmallIntegerField(
                                choices=[(1, 1), (2, 2), (3, 3)], default=1, verbose_name="position"
                            ),
                        ),
                        ("title_kk", models.CharField(max_length=200, verbose_name="title in Kazakh")),
                        ("title_ru", models.CharField(max_length=200, verbose_name="title in Russian")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title in English")),
                        ("text_kk", models.TextField(max_length=8000, verbose_name="application in Kazakh")),
                        ("text_ru", models.TextField(max_length=8000, verbose_name="application in Russian")),
                        (
                            "text_en",
                            models.TextField(blank=True, max_length=8000, verbose_name="application in English"),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="samples",
                                to="grants.call",
                                verbose_name="call",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "calibration sample",
                        "verbose_name_plural": "calibration samples",
                        "ordering": ["call", "position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "position"), name="one_sample_per_position"),
                            models.CheckConstraint(
                                condition=models.Q(("position__gte", 1), ("position__lte", 3)),
                                name="three_samples_at_most",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallQuestion",
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
                        ("text", models.TextField(max_length=2000, verbose_name="question as it was asked")),
                        ("language", models.CharField(max_length=2, verbose_name="language")),
                        ("asked_at", models.DateTimeField(default=core.clock.now, verbose_name="asked")),
                        ("question_kk", models.TextField(blank=True, verbose_name="question in Kazakh")),
                        ("question_ru", models.TextField(blank=True, verbose_name="question in Russian")),
                        ("question_en", models.TextField(blank=True, verbose_name="question in English")),
                        ("answer_kk", models.TextField(blank=True, verbose_name="answer in Kazakh")),
                        ("answer_ru", models.TextField(blank=True, verbose_name="answer in Russian")),
                        ("answer_en", models.TextField(blank=True, verbose_name="answer in English")),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                        ("published_at", models.DateTimeField(null=True, verbose_name="published")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="grants.call",
                                verbose_name="call",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question about a call",
                        "verbose_name_plural": "questions about calls",
                        "ordering": ["-asked_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at", None), ("answered_by", None)),
                                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="call_question_answered_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_at", None), ("answered_at__isnull", False), _connector="OR"
                                ),
                                name="call_question_answered_first",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallRules",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("content", models.JSONField()),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        (
                            "reason_kk",
                            models.TextField(blank=True, verbose_name="public reason of the change, in Kazakh"),
                        ),
                        (
                            "reason_ru",
                            models.TextField(blank=True, verbose_name="public reason of the change, in Russian"),
                        ),
                        ("made_at", models.DateTimeField(default=core.clock.now)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rules_versions",
                                to="grants.call",
                                verbose_name="call",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "frozen rules",
                        "verbose_name_plural": "frozen rules",
                        "ordering": ["number"],
                        "constraints": [models.UniqueConstraint(fields=("call", "number"), name="one_rules_version")],
                    },
                ),
                migrations.CreateModel(
                    name="Conflict",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("declared", "Declared by the person"),
                                    ("membership", "Member of the organisation, now or within a year"),
                                    ("identifier", "The same IIN or BIN"),
                                    ("supplier", "A supplier in the budget"),
                                    ("iban", "The same bank account"),
                                    ("phone", "The same phone"),
                                    ("email", "The same e-mail"),
                                    ("address", "The same address"),
                                    ("recorded", "Recorded by staff"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        ("found_at", models.DateTimeField(default=core.clock.now, verbose_name="found")),
                        (
                            "lift_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="why it is to be lifted"),
                        ),
                        ("lift_proposed_at", models.DateTimeField(null=True, verbose_name="lifting proposed")),
                        ("lifted_at", models.DateTimeField(null=True, verbose_name="lifted")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conflicts",
                                to="grants.application",
                            ),
                        ),
                        (
                            "found_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="found by",
                            ),
                        ),
                        (
                            "lift_proposed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="lifting proposed by",
                            ),
                        ),
                        (
                            "lifted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="lifted by",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conflicts",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "conflict of interest",
                        "verbose_name_plural": "conflicts of interest",
                        "ordering": ["-found_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at", None)),
                                fields=("person", "application", "kind"),
                                name="one_live_conflict",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lift_proposed_at", None), ("lift_proposed_by", None)),
                                    models.Q(("lift_proposed_at__isnull", False), ("lift_proposed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="conflict_lift_proposed_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lifted_at", None), ("lifted_by", None)),
                                    models.Q(
                                        ("lift_proposed_by__isnull", False),
                                        ("lifted_at__isnull", False),
                                        ("lifted_by__isnull", False),
                                        models.Q(("lift_reason", ""), _negated=True),
                                        models.Q(("lifted_by", models.F("lift_proposed_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="conflict_lifted_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lifted_at", None), ("kind__in", ["address", "email", "phone"]), _connector="OR"
                                ),
                                name="only_a_match_is_lifted",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContractTemplate",
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
                                choices=[("contract", "Contract"), ("addendum", "Addendum")],
                                default="contract",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="name for staff")),
                        ("is_example", models.BooleanField(default=False, verbose_name="invented example")),
                        ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published")),
                        (
                            "published_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="published by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contract template",
                        "verbose_name_plural": "contract templates",
                        "ordering": ["kind", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at", None), ("published_by", None)),
                                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="template_published_at_and_by",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContractParagraph",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("title", "Title"),
                                    ("heading", "Heading"),
                                    ("text", "Paragraph"),
                                    ("budget", "Table of the budget"),
                                    ("milestones", "Table of milestones"),
                                    ("tranches", "Table of tranches"),
                                    ("indicators", "Table of indicators"),
                                    ("parties", "Details of the parties"),
                                ],
                                default="text",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("text_kk", models.TextField(blank=True, verbose_name="text in Kazakh")),
                        ("text_ru", models.TextField(blank=True, verbose_name="text in Russian")),
                        (
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="paragraphs",
                                to="grants.contracttemplate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "paragraph",
                        "verbose_name_plural": "paragraphs",
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Correction",
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
                        ("fields", models.JSONField(default=list, verbose_name="fields")),
                        ("words", models.JSONField(default=dict, verbose_name="words beside each field")),
                        ("reason_kk", models.TextField(blank=True, verbose_name="reason in Kazakh")),
                        ("reason_ru", models.TextField(blank=True, verbose_name="reason in Russian")),
                        ("before", models.JSONField(default=dict)),
                        ("changed", models.JSONField(default=list)),
                        ("opened_at", models.DateTimeField(default=core.clock.now, verbose_name="opened")),
                        ("due_at", models.DateTimeField(verbose_name="due")),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                        ("expired_at", models.DateTimeField(null=True, verbose_name="not answered in time")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="grants.application",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "correction",
                        "verbose_name_plural": "corrections",
                        "ordering": ["-opened_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at", None), ("expired_at", None)),
                                fields=("application",),
                                name="one_open_correction",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at", None), ("answered_by", None)),
                                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="correction_answered_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_at__gt", models.F("opened_at"))),
                                name="correction_due_after_opening",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Criterion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        (
                            "key",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9_]*$", "Small Latin letters, digits and underscores."
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        (
                            "weight",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="weight, percent",
                            ),
                        ),
                        ("title_kk", models.CharField(max_length=200, verbose_name="title in Kazakh")),
                        ("title_ru", models.CharField(max_length=200, verbose_name="title in Russian")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title in English")),
                        (
                            "levels",
                            models.JSONField(blank=True, default=dict, verbose_name="text for each score, 0 to 5"),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="grants.call"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "criterion",
                        "verbose_name_plural": "criteria",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "key"), name="one_criterion_per_key"),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gte", 1), ("weight__lte", 100)),
                                name="criterion_weight_is_percent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                            "outcome",
                            models.CharField(
                                choices=[("award", "Award"), ("reserve", "Reserve list"), ("decline", "Decline")],
                                max_length=8,
                                verbose_name="outcome",
                            ),
                        ),
                        ("amount", core.money.MoneyField(default=Decimal("0"), verbose_name="amount")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")], default="KZT", max_length=3
                            ),
                        ),
                        ("reason_kk", models.TextField(verbose_name="reason in Kazakh")),
                        ("reason_ru", models.TextField(verbose_name="reason in Russian")),
                        (
                            "departure_motive",
                            models.TextField(blank=True, verbose_name="motive for departing from the ranking"),
                        ),
                        ("staged_at", models.DateTimeField(default=core.clock.now, verbose_name="staged")),
                        (
                            "by_rule",
                            models.BooleanField(
                                db_default=False, default=False, verbose_name="by the rule of the reserve list"
                            ),
                        ),
                        ("released_at", models.DateTimeField(null=True, verbose_name="released")),
                        ("voided_at", models.DateTimeField(null=True, verbose_name="replaced or given up")),
                        (
                            "void_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("replaced", "replaced by a later one"),
                                    ("withdrawn", "the applicant withdrew"),
                                    ("lapsed", "the offer was not accepted in time"),
                                    ("unsigned", "the contract was not signed in time"),
                                    ("refused", "the winner refused the offer"),
                                    ("moved_up", "moved up from the reserve list"),
                                    ("appealed", "an appeal was upheld"),
                                    ("annulled", "annulled by a court"),
                                    ("cancelled", "the call was cancelled"),
                                ],
                                db_default="",
                                max_length=10,
                                verbose_name="why it holds no more",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="grants.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "released_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "staged_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "programme_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="grants.programmeyear",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "decision",
                        "verbose_name_plural": "decisions",
                        "ordering": ["-staged_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at", None)),
                                fields=("application",),
                                name="one_live_decision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount__gt", 0), ("outcome", "award")),
                                    models.Q(models.Q(("outcome", "award"), _negated=True), ("amount", 0)),
                                    _connector="OR",
                                ),
                                name="only_an_award_has_money",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("released_at", None), ("released_by", None)),
                                    models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                                    models.Q(("by_rule", True), ("released_at__isnull", False), ("released_by", None)),
                                    _connector="OR",
                                ),
                                name="decision_released_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("voided_at", None), ("voided_by", None)),
                                    models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                                    models.Q(
                                        ("void_kind__in", ["lapsed", "moved_up", "refused", "unsigned"]),
                                        ("voided_at__isnull", False),
                                        ("voided_by", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="decision_voided_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("by_rule", False), ("staged_by__isnull", False)),
                                    models.Q(("by_rule", True), ("outcome", "award"), ("staged_by", None)),
                                    _connector="OR",
                                ),
                                name="decision_staged_by_a_person_or_the_rule",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason_kk", ""), _negated=True),
                                    models.Q(("reason_ru", ""), _negated=True),
                                ),
                                name="decision_has_reasons_in_kk_and_ru",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("outcome", "award"), ("voided_at", None)),
                                fields=["programme_year"],
                                name="decision_live_awards",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appeal",
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
                            "against",
                            models.CharField(
                                choices=[("ineligible", "«Not eligible»"), ("decision", "The commission's decision")],
                                max_length=10,
                                verbose_name="against",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="why you do not agree")),
                        ("made_at", models.DateTimeField(default=core.clock.now, verbose_name="made")),
                        ("due_at", models.DateTimeField(verbose_name="to be answered until")),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("upheld", "Upheld"), ("dismissed", "Dismissed")],
                                max_length=10,
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "returns_to",
                            models.CharField(
                                blank=True,
                                choices=[("review", "to the experts"), ("vote", "to a vote of the commission")],
                                max_length=10,
                                verbose_name="goes back",
                            ),
                        ),
                        ("reason_kk", models.TextField(blank=True, verbose_name="reason in Kazakh")),
                        ("reason_ru", models.TextField(blank=True, verbose_name="reason in Russian")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "item",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="of_appeal",
                                to="committees.agendaitem",
                                verbose_name="item of the agenda",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeals",
                                to="grants.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeals",
                                to="grants.decision",
                                verbose_name="decision",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "appeal",
                        "verbose_name_plural": "appeals",
                        "ordering": ["due_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at", None)),
                                fields=("application",),
                                name="one_appeal_waits_for_an_answer",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decision__isnull", False)),
                                fields=("decision",),
                                name="one_appeal_against_a_decision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("against", "decision"), ("decision__isnull", False)),
                                    models.Q(("against", "ineligible"), ("decision", None)),
                                    _connector="OR",
                                ),
                                name="appeal_names_its_decision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="appeal_has_words"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answered_at", None),
                                        ("answered_by", None),
                                        ("outcome", ""),
                                        ("reason_kk", ""),
                                        ("reason_ru", ""),
                                    ),
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                        models.Q(("outcome", ""), _negated=True),
                                        models.Q(("reason_kk", ""), _negated=True),
                                        models.Q(("reason_ru", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="appeal_answered_at_and_by_with_reasons",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "upheld"), models.Q(("returns_to", ""), _negated=True)),
                                    models.Q(models.Q(("outcome", "upheld"), _negated=True), ("returns_to", "")),
                                    _connector="OR",
                                ),
                                name="an_upheld_appeal_says_where_it_goes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentRequirement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        (
                            "key",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9_]*$", "Small Latin letters, digits and underscores."
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        ("title_kk", models.CharField(max_length=200, verbose_name="title in Kazakh")),
                        ("title_ru", models.CharField(max_length=200, verbose_name="title in Russian")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title in English")),
                        ("is_required", models.BooleanField(default=True, verbose_name="required")),
                        (
                            "from_tier",
                            models.CharField(
                                choices=[("s", "Small sums"), ("m", "Medium sums"), ("l", "Large sums")],
                                default="s",
                                max_length=1,
                                verbose_name="asked from",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[("application", "every applicant"), ("award", "winners only")],
                                default="application",
                                max_length=12,
                                verbose_name="asked of",
                            ),
                        ),
                        (
                            "valid_days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="valid for days after it was issued"
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="requirements",
                                to="grants.call",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "required document",
                        "verbose_name_plural": "required documents",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "key"), name="one_requirement_per_key")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AwardPaper",
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
                        ("added_at", models.DateTimeField(default=core.clock.now, verbose_name="added")),
                        ("accepted_at", models.DateTimeField(null=True, verbose_name="found in order")),
                        ("returned_kk", models.TextField(blank=True, verbose_name="what is wrong, in Kazakh")),
                        ("returned_ru", models.TextField(blank=True, verbose_name="what is wrong, in Russian")),
                        ("replaced_at", models.DateTimeField(null=True, verbose_name="replaced")),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="found in order by",
                            ),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="added by",
                            ),
                        ),
                        (
                            "award",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="grants.award"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                                verbose_name="file",
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="grants.documentrequirement",
                                verbose_name="what was asked for",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "winner's paper",
                        "verbose_name_plural": "winners' papers",
                        "ordering": ["requirement__position", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("replaced_at", None)),
                                fields=("award", "requirement"),
                                name="one_live_paper",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("accepted_at", None), ("accepted_by", None)),
                                    models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="paper_accepted_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationDocument",
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
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="grants.application",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="grants.documentrequirement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "application's document",
                        "verbose_name_plural": "application's documents",
                        "ordering": ["requirement__position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="EligibilityStatement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        (
                            "key",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9_]*$", "Small Latin letters, digits and underscores."
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        ("text_kk", models.CharField(max_length=300, verbose_name="statement in Kazakh")),
                        ("text_ru", models.CharField(max_length=300, verbose_name="statement in Russian")),
                        ("text_en", models.CharField(blank=True, max_length=300, verbose_name="statement in English")),
                        (
                            "otherwise_kk",
                            models.CharField(max_length=400, verbose_name="what to do otherwise, in Kazakh"),
                        ),
                        (
                            "otherwise_ru",
                            models.CharField(max_length=400, verbose_name="what to do otherwise, in Russian"),
                        ),
                        (
                            "otherwise_en",
                            models.CharField(
                                blank=True, max_length=400, verbose_name="what to do otherwise, in English"
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="statements", to="grants.call"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "eligibility statement",
                        "verbose_name_plural": "eligibility statements",
                        "ordering": ["position", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("call", "key"), name="one_statement_per_key")],
                    },
                ),
                migrations.CreateModel(
                    name="Expense",
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
                            "source",
                            models.CharField(
                                choices=[
                                    ("photo", "Photo"),
                                    ("file", "File"),
                                    ("link", "Link of a fiscal receipt"),
                                    ("typed", "Typed"),
                                ],
                                max_length=8,
                                verbose_name="came as",
                            ),
                        ),
                        (
                            "proof",
                            models.CharField(
                                choices=[
                                    ("fiscal", "Fiscal receipt"),
                                    ("invoice", "Invoice, act and payment order"),
                                    ("payroll", "Payroll and payment order"),
                                ],
                                default="fiscal",
                                max_length=8,
                                verbose_name="what proves it",
                            ),
                        ),
                        ("link", models.CharField(blank=True, max_length=500, verbose_name="link of the receipt")),
                        ("spent_on", models.DateField(null=True, verbose_name="date")),
                        ("amount", core.money.MoneyField(null=True, verbose_name="amount")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")], default="KZT", max_length=3
                            ),
                        ),
                        ("seller", models.CharField(blank=True, max_length=200, verbose_name="seller")),
                        (
                            "seller_identifier",
                            models.CharField(blank=True, max_length=12, verbose_name="seller's BIN or IIN"),
                        ),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="number")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="what was bought")),
                        ("is_repeated", models.BooleanField(default=False, verbose_name="seen before")),
                        ("added_at", models.DateTimeField(default=core.clock.now, verbose_name="added")),
                        ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="taken back")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="added by",
                            ),
                        ),
                        (
                            "award",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="expenses", to="grants.award"
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
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
                        (
                            "line",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="expenses",
                                to="grants.awardline",
                                verbose_name="line",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "receipt",
                        "verbose_name_plural": "receipts",
                        "ordering": ["-added_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                                    models.Q(
                                        ("amount__gt", 0),
                                        ("confirmed_at__isnull", False),
                                        ("confirmed_by__isnull", False),
                                        ("line__isnull", False),
                                        ("spent_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="expense_confirmed_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExpenseMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("fingerprint", models.CharField(db_index=True, max_length=64)),
                        (
                            "expense",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="grants.expense"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mark of a receipt",
                        "verbose_name_plural": "marks of receipts",
                        "constraints": [
                            models.UniqueConstraint(fields=("expense", "fingerprint"), name="one_mark_per_receipt")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Expert",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "languages",
                            models.JSONField(
                                default=list, help_text='For example ["kk", "ru"].', verbose_name="languages"
                            ),
                        ),
                        ("max_load", models.PositiveSmallIntegerField(default=40, verbose_name="applications at most")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        ("sectors", models.ManyToManyField(blank=True, to="accounts.sector", verbose_name="sectors")),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="expert",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "expert",
                        "verbose_name_plural": "experts",
                    },
                ),
                migrations.CreateModel(
                    name="CalibrationScore",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("score", models.PositiveSmallIntegerField(verbose_name="score")),
                        ("entered_at", models.DateTimeField(default=core.clock.now, verbose_name="entered")),
                        (
                            "sample",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="grants.calibrationsample",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="grants.criterion"
                            ),
                        ),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calibration_scores",
                                to="grants.expert",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "calibration score",
                        "verbose_name_plural": "calibration scores",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sample", "expert", "criterion"), name="one_calibration_score"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("score__gte", 0), ("score__lte", 5)),
                                name="calibration_score_0_to_5",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AssignmentRun",
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
                        ("seed", models.CharField(max_length=64, verbose_name="seed")),
                        ("relaxed", models.JSONField(default=list)),
                        ("inputs", models.JSONField(default=dict)),
                        (
                            "inputs_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the inputs"),
                        ),
                        ("result", models.JSONField(default=dict)),
                        (
                            "result_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the result"),
                        ),
                        ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="done, percent")),
                        ("asked_at", models.DateTimeField(default=core.clock.now, verbose_name="asked for")),
                        ("started_at", models.DateTimeField(null=True, verbose_name="started")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="computed")),
                        ("milliseconds", models.PositiveIntegerField(default=0, verbose_name="milliseconds")),
                        ("applied_at", models.DateTimeField(null=True, verbose_name="applied")),
                        (
                            "applied_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="applied by",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked for by",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignment_runs",
                                to="grants.call",
                                verbose_name="call",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="grants.expert",
                                verbose_name="instead of",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "computed assignment",
                        "verbose_name_plural": "computed assignments",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("finished_at", None)),
                                fields=("call",),
                                name="one_assignment_run_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("applied_at", None), ("applied_by", None)),
                                    models.Q(
                                        ("applied_at__isnull", False),
                                        ("applied_by__isnull", False),
                                        ("finished_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="assignment_run_applied_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
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
                        ("due_on", models.DateField(verbose_name="due")),
                        ("assigned_at", models.DateTimeField(default=core.clock.now, verbose_name="assigned")),
                        (
                            "declared_at",
                            models.DateTimeField(null=True, verbose_name="no conflict of interest, declared"),
                        ),
                        ("returned_at", models.DateTimeField(null=True, verbose_name="handed back")),
                        (
                            "returned_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="why it was handed back"),
                        ),
                        ("why", models.JSONField(default=dict)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="grants.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "assigned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="grants.assignmentrun",
                            ),
                        ),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="grants.expert",
                                verbose_name="expert",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "assignment",
                        "verbose_name_plural": "assignments",
                        "indexes": [models.Index(fields=["expert", "returned_at"], name="assignment_of_expert")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("returned_at", None)),
                                fields=("application", "expert"),
                                name="one_live_assignment",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExpertInvitation",
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
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        (
                            "language",
                            models.CharField(
                                choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")],
                                max_length=2,
                                verbose_name="language",
                            ),
                        ),
                        ("token_sha256", models.CharField(max_length=64, unique=True)),
                        ("invited_at", models.DateTimeField(default=core.clock.now, verbose_name="invited")),
                        ("expires_at", models.DateTimeField(verbose_name="valid until")),
                        ("used_at", models.DateTimeField(null=True, verbose_name="used")),
                        ("revoked_at", models.DateTimeField(null=True, verbose_name="taken back")),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="invited by",
                            ),
                        ),
                        (
                            "used_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invitation of an expert",
                        "verbose_name_plural": "invitations of experts",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("used_at", None), ("used_by", None)),
                                    models.Q(("used_at__isnull", False), ("used_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="expert_invitation_used_at_and_by",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExpertCandidate",
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
                        ("begun_at", models.DateTimeField(default=core.clock.now, verbose_name="begun")),
                        ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted")),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[("accepted", "Accepted"), ("declined", "Declined")],
                                max_length=8,
                                verbose_name="answer",
                            ),
                        ),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                        (
                            "answer_set",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="expert_candidate",
                                to="questionnaires.answerset",
                                verbose_name="answers",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidatures",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "invitation",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidate",
                                to="grants.expertinvitation",
                                verbose_name="invitation of an expert",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "candidate",
                        "verbose_name_plural": "candidates",
                        "ordering": ["-submitted_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at", None)), fields=("user",), name="one_open_candidature"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                        ("submitted_at__isnull", False),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="candidate_answered_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Export",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("applications", "Applications"),
                                    ("dossiers", "Dossiers"),
                                    ("conflicts", "Conflicts of interest"),
                                    ("assignments", "Assignments"),
                                    ("ranking", "Ranking"),
                                    ("register", "Register of exceptions"),
                                    ("court", "Everything about one application"),
                                    ("money", "Money of awards"),
                                ],
                                max_length=12,
                                verbose_name="list",
                            ),
                        ),
                        (
                            "file_format",
                            models.CharField(
                                choices=[
                                    ("xlsx", "XLSX, a table"),
                                    ("pdf", "PDF, to print"),
                                    ("zip", "ZIP, for a court"),
                                ],
                                max_length=4,
                                verbose_name="format",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")],
                                max_length=2,
                                verbose_name="language",
                            ),
                        ),
                        ("rows", models.JSONField(default=list, verbose_name="rows")),
                        ("has_iin", models.BooleanField(default=False, verbose_name="personal data")),
                        ("asked_at", models.DateTimeField(default=core.clock.now, verbose_name="asked")),
                        ("total", models.PositiveIntegerField(default=0, verbose_name="rows")),
                        ("done", models.PositiveIntegerField(default=0, verbose_name="ready")),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                        ("touched_at", models.DateTimeField(null=True, verbose_name="last written to")),
                        ("ready_at", models.DateTimeField(null=True, verbose_name="ready")),
                        ("failed_at", models.DateTimeField(null=True, verbose_name="could not be made")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked for by",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="grants.call",
                                verbose_name="call",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                                verbose_name="document",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "export",
                        "verbose_name_plural": "exports",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("document", None), ("ready_at", None)),
                                    models.Q(("document__isnull", False), ("ready_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="export_ready_with_its_file",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ready_at", None), ("failed_at", None), _connector="OR"),
                                name="export_ready_or_failed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Extension",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("closed_at", models.DateTimeField(verbose_name="closing before")),
                        ("closes_at", models.DateTimeField(verbose_name="closing now")),
                        ("reason_kk", models.TextField(verbose_name="reason in Kazakh")),
                        ("reason_ru", models.TextField(verbose_name="reason in Russian")),
                        ("granted_at", models.DateTimeField(default=core.clock.now, verbose_name="granted")),
                        (
                            "application",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extensions",
                                to="grants.application",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extensions",
                                to="grants.call",
                                verbose_name="call",
                            ),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "extension",
                        "verbose_name_plural": "extensions",
                        "ordering": ["granted_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("closed_at"))), name="extension_is_later"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExternalCheckRound",
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
                        ("number", models.PositiveIntegerField(unique=True, verbose_name="round")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("identifier", "IIN or BIN is right"),
                                    ("district", "Works in Almaty"),
                                    ("sector", "Sector of the call"),
                                    ("amount", "Amount within the limits"),
                                    ("own_share", "Own share"),
                                    ("duplicate", "No second application under the same IIN or BIN"),
                                    ("documents", "Documents are the right ones and can be read"),
                                    ("substance", "The project is of the creative industries"),
                                    ("tax_debt", "No tax debt"),
                                ],
                                max_length=20,
                                verbose_name="check",
                            ),
                        ),
                        ("rows", models.PositiveIntegerField(verbose_name="applications in it")),
                        ("made_at", models.DateTimeField(default=core.clock.now, verbose_name="made")),
                        ("source", models.CharField(blank=True, max_length=150, verbose_name="who answered")),
                        ("answered_on", models.DateField(null=True, verbose_name="day of the answer")),
                        ("imported_at", models.DateTimeField(null=True, verbose_name="imported")),
                        ("written", models.PositiveIntegerField(default=0, verbose_name="checks written")),
                        (
                            "answer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                                verbose_name="list that came back",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="check_rounds",
                                to="grants.call",
                                verbose_name="call",
                            ),
                        ),
                        (
                            "imported_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="imported",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        (
                            "sent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                                verbose_name="list that went out",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "round of outside checks",
                        "verbose_name_plural": "rounds of outside checks",
                        "ordering": ["-number"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("imported_at", None), ("imported_by", None)),
                                    models.Q(
                                        ("answer__isnull", False),
                                        ("imported_at__isnull", False),
                                        ("imported_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="round_imported_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answer", None),
                                    models.Q(("answered_on__isnull", False), models.Q(("source", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="round_answer_has_source",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExtraReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("spread", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="spread")),
                        ("noticed_at", models.DateTimeField(default=core.clock.now, verbose_name="noticed")),
                        ("gone_at", models.DateTimeField(null=True, verbose_name="no longer wanted")),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extra_review",
                                to="grants.application",
                            ),
                        ),
                        (
                            "assignment",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="as_extra",
                                to="grants.assignment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "extra review",
                        "verbose_name_plural": "extra reviews",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("assignment", None), ("gone_at", None)),
                                fields=["noticed_at"],
                                name="extra_review_waiting",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GuardianConsent",
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
                        ("minor_name", models.CharField(max_length=150, verbose_name="name of the minor")),
                        ("born_on", models.DateField(verbose_name="born")),
                        ("guardian_name", models.CharField(max_length=150, verbose_name="name of the guardian")),
                        ("guardian_phone", models.CharField(max_length=20, verbose_name="guardian's phone")),
                        ("given_at", models.DateTimeField(default=core.clock.now, verbose_name="given")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="guardian_consents",
                                to="grants.application",
                            ),
                        ),
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
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "guardian's consent",
                        "verbose_name_plural": "guardians' consents",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="HelpRequest",
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
                        ("section", models.CharField(max_length=40, verbose_name="section")),
                        ("text", models.TextField(max_length=2000, verbose_name="question")),
                        ("may_look", models.BooleanField(default=False, verbose_name="staff may look at this section")),
                        ("asked_at", models.DateTimeField(default=core.clock.now, verbose_name="asked")),
                        ("answer", models.TextField(blank=True, max_length=4000, verbose_name="answer")),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="help_requests",
                                to="grants.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request for help",
                        "verbose_name_plural": "requests for help",
                        "ordering": ["-asked_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at", None), ("answered_by", None)),
                                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="help_answered_at_and_by",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hold",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("overdue", "A report is overdue"),
                                    ("misuse", "Money may have been misused"),
                                    ("refund", "Money to be returned is not there"),
                                    ("other", "Another reason"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("reason_kk", models.TextField(max_length=1000, verbose_name="reason in Kazakh")),
                        ("reason_ru", models.TextField(max_length=1000, verbose_name="reason in Russian")),
                        ("placed_at", models.DateTimeField(default=core.clock.now, verbose_name="placed")),
                        ("lifted_at", models.DateTimeField(null=True, verbose_name="lifted")),
                        (
                            "lift_reason",
                            models.TextField(blank=True, max_length=1000, verbose_name="why it was lifted"),
                        ),
                        (
                            "award",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="grants.award"
                            ),
                        ),
                        (
                            "lifted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="lifted by",
                            ),
                        ),
                        (
                            "placed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="placed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hold",
                        "verbose_name_plural": "holds",
                        "ordering": ["-placed_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("lifted_at", None)), fields=["award"], name="hold_in_force"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at", None)),
                                fields=("award", "kind"),
                                name="one_hold_of_a_kind_in_force",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("lifted_at__isnull", False), ("lifted_by", None), _connector="OR"),
                                name="award_hold_lifted_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Indicator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "key",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9_]*$", "Small Latin letters, digits and underscores."
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        (
                            "unit",
                            models.CharField(
                                choices=[("count", "number"), ("money", "tenge")],
                                default="count",
                                max_length=8,
                                verbose_name="unit",
                            ),
                        ),
                        ("title_kk", models.CharField(max_length=200, verbose_name="title in Kazakh")),
                        ("title_ru", models.CharField(max_length=200, verbose_name="title in Russian")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title in English")),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="indicators", to="grants.call"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "indicator",
                        "verbose_name_plural": "indicators",
                        "ordering": ["position", "pk"],
                        "constraints": [models.UniqueConstraint(fields=("call", "key"), name="one_indicator_per_key")],
                    },
                ),
                migrations.CreateModel(
                    name="AwardIndicator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "baseline",
                            models.DecimalField(
                                decimal_places=0, default=Decimal("0"), max_digits=14, verbose_name="at the award"
                            ),
                        ),
                        (
                            "promised",
                            models.DecimalField(
                                decimal_places=0, default=Decimal("0"), max_digits=14, verbose_name="promised"
                            ),
                        ),
                        ("frozen_at", models.DateTimeField(null=True, verbose_name="frozen")),
                        (
                            "award",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="indicators",
                                to="grants.award",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="grants.indicator",
                                verbose_name="indicator",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "indicator of an award",
                        "verbose_name_plural": "indicators of awards",
                        "ordering": ["indicator__position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("award", "indicator"), name="one_indicator_per_award"),
                            models.CheckConstraint(
                                condition=models.Q(("baseline__gte", 0), ("promised__gte", 0)),
                                name="award_indicator_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IneligibilityProposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason_kk", models.TextField(verbose_name="reason in Kazakh")),
                        ("reason_ru", models.TextField(verbose_name="reason in Russian")),
                        ("proposed_at", models.DateTimeField(default=core.clock.now, verbose_name="proposed")),
                        ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed")),
                        ("turned_down_at", models.DateTimeField(null=True, verbose_name="turned down")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ineligibility_proposals",
                                to="grants.application",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "turned_down_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proposal «not eligible»",
                        "verbose_name_plural": "proposals «not eligible»",
                        "ordering": ["-proposed_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("confirmed_at", None), ("turned_down_at", None)),
                                fields=("application",),
                                name="one_open_ineligibility_proposal",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                                    models.Q(
                                        ("confirmed_at__isnull", False),
                                        ("confirmed_by__isnull", False),
                                        models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ineligible_confirmed_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("turned_down_at", None), ("turned_down_by", None)),
                                    models.Q(("turned_down_at__isnull", False), ("turned_down_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="ineligible_turned_down_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
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
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="what is done")),
                        ("due_on", models.DateField(null=True, verbose_name="by")),
                        ("proof", models.CharField(blank=True, max_length=200, verbose_name="what proves it")),
                        ("rev", models.PositiveIntegerField(default=1)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="milestones",
                                to="grants.application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "milestone",
                        "verbose_name_plural": "milestones",
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
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
                        ("amount", core.money.MoneyField(verbose_name="amount")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")], default="KZT", max_length=3
                            ),
                        ),
                        ("paid_at", models.DateTimeField(null=True, verbose_name="entered as paid")),
                        ("paid_on", models.DateField(null=True, verbose_name="paid on")),
                        ("order_number", models.CharField(blank=True, max_length=40, verbose_name="payment order")),
                        ("failed_at", models.DateTimeField(null=True, verbose_name="came back")),
                        ("fail_reason", models.CharField(blank=True, max_length=300, verbose_name="why it came back")),
                        ("cancelled_at", models.DateTimeField(null=True, verbose_name="cancelled")),
                        (
                            "bank_account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.bankaccount",
                                verbose_name="bank account",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
                                to="grants.paymentbatch",
                            ),
                        ),
                        (
                            "tranche",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
                                to="grants.tranche",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "payment",
                        "verbose_name_plural": "payments",
                        "ordering": ["batch", "pk"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payment_is_positive"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("order_number", ""), ("paid_at", None), ("paid_on", None)),
                                    models.Q(
                                        ("paid_at__isnull", False),
                                        ("paid_on__isnull", False),
                                        models.Q(("order_number", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="payment_paid_with_date_and_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cancelled_at", None),
                                    models.Q(("failed_at", None), ("paid_at", None)),
                                    _connector="OR",
                                ),
                                name="payment_has_one_end",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("cancelled_at", None), ("failed_at", None)),
                                fields=("tranche",),
                                name="one_live_payment",
                            ),
                        ],
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
                                    ("paid", "Paid to the grantee"),
                                    ("returned", "Returned by the grantee"),
                                    ("reversal", "Reversal of an entry"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("amount", core.money.MoneyField(verbose_name="amount")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")], default="KZT", max_length=3
                            ),
                        ),
                        ("value_on", models.DateField(verbose_name="date")),
                        ("reference", models.CharField(blank=True, max_length=40, verbose_name="payment order")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                        ("posted_at", models.DateTimeField(default=core.clock.now, verbose_name="entered")),
                        (
                            "award",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="ledger", to="grants.award"
                            ),
                        ),
                        (
                            "posted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "reverses",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversed_by",
                                to="grants.ledgerentry",
                            ),
                        ),
                        (
                            "payment",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entry",
                                to="grants.payment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry of the ledger",
                        "verbose_name_plural": "ledger",
                        "ordering": ["posted_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="ledger_entry_is_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "paid"), ("payment__isnull", False), ("reverses", None)),
                                    models.Q(("kind", "returned"), ("payment", None), ("reverses", None)),
                                    models.Q(("kind", "reversal"), ("payment", None), ("reverses__isnull", False)),
                                    _connector="OR",
                                ),
                                name="ledger_entry_names_its_source",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaymentBatch",
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
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("made", "Made"),
                                    ("checked", "Checked"),
                                    ("sent", "With the bank"),
                                    ("settled", "Settled"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="made",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=core.clock.now, verbose_name="made")),
                        ("checked_at", models.DateTimeField(null=True, verbose_name="checked")),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="sent to the bank")),
                        ("settled_at", models.DateTimeField(null=True, verbose_name="settled")),
                        ("cancelled_at", models.DateTimeField(null=True, verbose_name="cancelled")),
                        (
                            "purpose_code",
                            models.CharField(
                                blank=True,
                                max_length=3,
                                validators=[django.core.validators.RegexValidator("^[0-9]{3}$")],
                                verbose_name="payment purpose code (KNP)",
                            ),
                        ),
                        ("claimed_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "checked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="checked by",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        (
                            "register_csv",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                            ),
                        ),
                        (
                            "register_xlsx",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="sent by",
                            ),
                        ),
                        (
                            "programme_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payment_batches",
                                to="grants.programmeyear",
                                verbose_name="programme year",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "register of payments",
                        "verbose_name_plural": "registers of payments",
                        "ordering": ["-made_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("checked_at", None), ("checked_by", None)),
                                    models.Q(
                                        ("checked_at__isnull", False),
                                        ("checked_by__isnull", False),
                                        models.Q(("checked_by", models.F("made_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="batch_checked_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at", None), ("sent_by", None)),
                                    models.Q(
                                        ("checked_by__isnull", False),
                                        ("sent_at__isnull", False),
                                        ("sent_by__isnull", False),
                                        models.Q(("sent_by", models.F("made_by")), _negated=True),
                                        models.Q(("sent_by", models.F("checked_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="batch_sent_by_a_third",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BankAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("paid", models.PositiveIntegerField(default=0, verbose_name="paid")),
                        ("failed", models.PositiveIntegerField(default=0, verbose_name="not paid")),
                        ("read_at", models.DateTimeField(default=core.clock.now, verbose_name="read in")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                                verbose_name="file",
                            ),
                        ),
                        (
                            "read_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="read in by",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="grants.paymentbatch",
                                verbose_name="register",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer of the bank",
                        "verbose_name_plural": "answers of the bank",
                        "ordering": ["-read_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Pin",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("together", "This expert reads it"),
                                    ("apart", "This expert does not read it"),
                                ],
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="reason")),
                        ("made_at", models.DateTimeField(default=core.clock.now, verbose_name="made")),
                        ("removed_at", models.DateTimeField(null=True, verbose_name="taken away")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pins",
                                to="grants.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pins",
                                to="grants.expert",
                                verbose_name="expert",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="taken away by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fixed pair",
                        "verbose_name_plural": "fixed pairs",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at", None)),
                                fields=("application", "expert"),
                                name="one_live_pin",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="pin_has_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("removed_at", None), ("removed_by", None)),
                                    models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="pin_removed_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanVersion",
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
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("first", "Plan of the contract"), ("amendment", "Amendment")],
                                default="first",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, max_length=1000, verbose_name="reason")),
                        ("made_at", models.DateTimeField(default=core.clock.now, verbose_name="made")),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="sent to the officer")),
                        ("returned_kk", models.TextField(blank=True, verbose_name="what to change, in Kazakh")),
                        ("returned_ru", models.TextField(blank=True, verbose_name="what to change, in Russian")),
                        ("by_rule", models.BooleanField(default=False, verbose_name="agreed by rule")),
                        ("agreed_at", models.DateTimeField(null=True, verbose_name="agreed")),
                        ("dropped_at", models.DateTimeField(null=True, verbose_name="given up")),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="agreed by",
                            ),
                        ),
                        (
                            "award",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="grants.award"
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "plan of an award",
                        "verbose_name_plural": "plans of awards",
                        "ordering": ["award", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("award", "number"), name="one_plan_per_number"),
                            models.UniqueConstraint(
                                condition=models.Q(("agreed_at", None), ("dropped_at", None)),
                                fields=("award",),
                                name="one_open_plan",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("agreed_at", None), ("agreed_by", None), ("by_rule", False)),
                                    models.Q(
                                        ("agreed_at__isnull", False), ("agreed_by__isnull", False), ("by_rule", False)
                                    ),
                                    models.Q(("agreed_at__isnull", False), ("agreed_by", None), ("by_rule", True)),
                                    _connector="OR",
                                ),
                                name="plan_agreed_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("agreed_at", None), ("dropped_at", None), _connector="OR"),
                                name="plan_agreed_or_dropped",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanMilestone",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="what is done")),
                        ("due_on", models.DateField(verbose_name="by")),
                        ("proof", models.CharField(blank=True, max_length=200, verbose_name="what proves it")),
                        (
                            "milestone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="grants.awardmilestone",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="milestones",
                                to="grants.planversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "milestone of a plan",
                        "verbose_name_plural": "milestones of a plan",
                        "ordering": ["milestone__position", "milestone_id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "milestone"), name="one_milestone_per_plan")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("item", models.CharField(max_length=200, verbose_name="what is paid for")),
                        ("grant_amount", core.money.MoneyField(verbose_name="from the grant")),
                        ("own_amount", core.money.MoneyField(default=Decimal("0"), verbose_name="own money")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")], default="KZT", max_length=3
                            ),
                        ),
                        (
                            "supplier_identifier",
                            models.CharField(
                                blank=True, db_index=True, max_length=12, verbose_name="supplier's BIN or IIN"
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="grants.awardline",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="grants.planversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of a plan",
                        "verbose_name_plural": "lines of a plan",
                        "ordering": ["line__position", "line_id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("plan", "line"), name="one_line_per_plan"),
                            models.CheckConstraint(
                                condition=models.Q(("grant_amount__gte", 0), ("own_amount__gte", 0)),
                                name="plan_line_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgrammeYear",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("budget", core.money.MoneyField(verbose_name="budget")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")], default="KZT", max_length=3
                            ),
                        ),
                        (
                            "target_projects",
                            models.PositiveIntegerField(verbose_name="target: more than so many projects"),
                        ),
                        (
                            "committed",
                            core.money.MoneyField(default=Decimal("0"), editable=False, verbose_name="committed"),
                        ),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source of the figures")),
                        ("source_url", models.URLField(blank=True, verbose_name="address of the source")),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="years",
                                to="grants.programme",
                                verbose_name="programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "programme year",
                        "verbose_name_plural": "programme years",
                        "ordering": ["-year"],
                        "constraints": [
                            models.UniqueConstraint(fields=("programme", "year"), name="one_programme_year"),
                            models.CheckConstraint(
                                condition=models.Q(("committed__gte", 0), ("committed__lte", models.F("budget"))),
                                name="year_is_not_overspent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RankingRun",
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
                    name="ApplicationItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("award", "Award"), ("reserve", "Reserve list"), ("decline", "Decline")],
                                max_length=8,
                                verbose_name="outcome",
                            ),
                        ),
                        ("amount", core.money.MoneyField(default=Decimal("0"), verbose_name="amount")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")],
                                default="KZT",
                                max_length=3,
                                verbose_name="currency",
                            ),
                        ),
                        ("rank", models.PositiveIntegerField(null=True, verbose_name="rank")),
                        ("departs", models.BooleanField(default=False, verbose_name="departs from the ranking")),
                        ("reason_kk", models.TextField(verbose_name="reason in Kazakh")),
                        ("reason_ru", models.TextField(verbose_name="reason in Russian")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agenda_items",
                                to="grants.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="of_application",
                                to="committees.agendaitem",
                                verbose_name="item of the agenda",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="grants.rankingrun",
                                verbose_name="frozen ranking",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "application on an agenda",
                        "verbose_name_plural": "applications on an agenda",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount__gt", 0), ("outcome", "award")),
                                    models.Q(models.Q(("outcome", "award"), _negated=True), ("amount", 0)),
                                    _connector="OR",
                                ),
                                name="only_a_proposed_award_has_money",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason_kk", ""), _negated=True),
                                    models.Q(("reason_ru", ""), _negated=True),
                                ),
                                name="proposal_has_reasons_in_kk_and_ru",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("comment", models.TextField(blank=True, verbose_name="what would raise this application")),
                        (
                            "draft",
                            models.JSONField(default=dict, help_text="Half-typed scores; they count for nothing."),
                        ),
                        ("draft_revs", models.JSONField(default=dict, editable=False)),
                        ("last_saved_at", models.DateTimeField(editable=False, null=True, verbose_name="last saved")),
                        (
                            "active_seconds",
                            models.PositiveIntegerField(
                                default=0, editable=False, verbose_name="seconds spent on the review"
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted")),
                        (
                            "assignment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review",
                                to="grants.assignment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "review",
                        "verbose_name_plural": "reviews",
                    },
                ),
                migrations.CreateModel(
                    name="ScoreEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                        ("score", models.PositiveSmallIntegerField(verbose_name="score")),
                        ("words", models.TextField(blank=True, verbose_name="in words")),
                        ("evidence", models.CharField(blank=True, max_length=80, verbose_name="evidence")),
                        ("quote", models.CharField(blank=True, max_length=300, verbose_name="passage")),
                        (
                            "change_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason of the change"),
                        ),
                        ("entered_at", models.DateTimeField(default=core.clock.now, verbose_name="entered")),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="grants.criterion"
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="grants.review"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "score",
                        "verbose_name_plural": "scores",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("review", "criterion", "number"), name="one_score_per_version"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("score__gte", 0), ("score__lte", 5)), name="score_0_to_5"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number", 1), models.Q(("change_reason", ""), _negated=True), _connector="OR"
                                ),
                                name="changed_score_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScreeningCheck",
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
                                    ("identifier", "IIN or BIN is right"),
                                    ("district", "Works in Almaty"),
                                    ("sector", "Sector of the call"),
                                    ("amount", "Amount within the limits"),
                                    ("own_share", "Own share"),
                                    ("duplicate", "No second application under the same IIN or BIN"),
                                    ("documents", "Documents are the right ones and can be read"),
                                    ("substance", "The project is of the creative industries"),
                                    ("tax_debt", "No tax debt"),
                                ],
                                max_length=20,
                                verbose_name="check",
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[("passed", "In order"), ("failed", "Not in order"), ("unclear", "To look at")],
                                max_length=10,
                                verbose_name="result",
                            ),
                        ),
                        ("evidence", models.CharField(blank=True, max_length=500, verbose_name="evidence")),
                        ("checked_at", models.DateTimeField(default=core.clock.now, verbose_name="checked")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checks",
                                to="grants.application",
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "external_round",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="grants.externalcheckround",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "screening check",
                        "verbose_name_plural": "screening checks",
                        "constraints": [
                            models.UniqueConstraint(fields=("application", "kind"), name="one_check_per_kind")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SectorFloor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("amount", core.money.MoneyField(verbose_name="at least")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")],
                                default="KZT",
                                max_length=3,
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sector_floors",
                                to="grants.call",
                                verbose_name="call",
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
                        "verbose_name": "floor of a sector",
                        "verbose_name_plural": "floors of sectors",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "sector"), name="one_floor_per_sector"),
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="floor_is_positive"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Signatory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="full name")),
                        ("position_kk", models.CharField(max_length=200, verbose_name="office in Kazakh")),
                        ("position_ru", models.CharField(max_length=200, verbose_name="office in Russian")),
                        ("basis_kk", models.CharField(max_length=300, verbose_name="acts on the basis of, in Kazakh")),
                        ("basis_ru", models.CharField(max_length=300, verbose_name="acts on the basis of, in Russian")),
                        ("since", models.DateField(verbose_name="from")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                        ("is_example", models.BooleanField(default=False, verbose_name="invented example")),
                        (
                            "order",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.order",
                                verbose_name="order",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="account",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "signatory",
                        "verbose_name_plural": "signatories",
                        "ordering": ["-since", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="signatory_dates_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contract",
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
                            "kind",
                            models.CharField(
                                choices=[("contract", "Contract"), ("addendum", "Addendum")],
                                default="contract",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("number", models.CharField(max_length=30, unique=True, verbose_name="number")),
                        ("sha256", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField(default=core.clock.now, verbose_name="made")),
                        ("sign_due_at", models.DateTimeField(null=True, verbose_name="to be signed until")),
                        ("grantee_signed_at", models.DateTimeField(null=True, verbose_name="signed by the grantee")),
                        ("centre_signed_at", models.DateTimeField(null=True, verbose_name="signed by Almaty Creative")),
                        ("signed_at", models.DateTimeField(null=True, verbose_name="signed by both")),
                        ("voided_at", models.DateTimeField(null=True, verbose_name="void")),
                        ("void_reason", models.TextField(blank=True, max_length=1000, verbose_name="why it is void")),
                        (
                            "award",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="contracts", to="grants.award"
                            ),
                        ),
                        (
                            "centre_scan",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                                verbose_name="scan signed by Almaty Creative",
                            ),
                        ),
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contract",
                                to="documents.document",
                                verbose_name="PDF",
                            ),
                        ),
                        (
                            "grantee_scan",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                                verbose_name="scan signed by the grantee",
                            ),
                        ),
                        (
                            "inputs",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made void by",
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="grants.contracttemplate",
                                verbose_name="template",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contracts",
                                to="grants.planversion",
                                verbose_name="plan",
                            ),
                        ),
                        (
                            "signatory",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="grants.signatory",
                                verbose_name="signatory",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contract",
                        "verbose_name_plural": "contracts",
                        "ordering": ["-made_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "contract"), ("voided_at", None)),
                                fields=("award",),
                                name="one_live_contract",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("voided_at", None), ("voided_by", None)),
                                    ("voided_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="contract_voided_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_at", None),
                                    models.Q(("centre_signed_at__isnull", False), ("grantee_signed_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="contract_signed_by_both",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SizeTier",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                choices=[("s", "Small sums"), ("m", "Medium sums"), ("l", "Large sums")],
                                max_length=1,
                                verbose_name="tier",
                            ),
                        ),
                        ("up_to", core.money.MoneyField(blank=True, null=True, verbose_name="up to")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")],
                                default="KZT",
                                max_length=3,
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tiers", to="grants.call"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "size tier",
                        "verbose_name_plural": "size tiers",
                        "ordering": ["call", models.OrderBy(models.F("up_to"), nulls_last=True)],
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "code"), name="one_tier_per_code"),
                            models.CheckConstraint(
                                condition=models.Q(("up_to", None), ("up_to__gt", 0), _connector="OR"),
                                name="tier_bound_is_positive",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StaffTranslation",
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
                        ("place", models.CharField(max_length=60, verbose_name="part")),
                        (
                            "language",
                            models.CharField(
                                choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")],
                                max_length=2,
                                verbose_name="language",
                            ),
                        ),
                        ("text", models.TextField(max_length=20000, verbose_name="text")),
                        ("added_at", models.DateTimeField(default=core.clock.now, verbose_name="added")),
                        ("removed_at", models.DateTimeField(null=True, verbose_name="taken away")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="added by",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="translations",
                                to="grants.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="taken away by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "translation by staff",
                        "verbose_name_plural": "translations by staff",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at", None)),
                                fields=("application", "place", "language"),
                                name="one_live_translation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("removed_at", None), ("removed_by", None)),
                                    models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="translation_removed_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
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
                        ("number", models.PositiveSmallIntegerField(verbose_name="sending")),
                        ("sha256", models.CharField(max_length=64)),
                        ("submitted_at", models.DateTimeField(verbose_name="submitted")),
                        (
                            "grace_opened_at",
                            models.DateTimeField(null=True, verbose_name="sent within the grace, page opened"),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="grants.application",
                            ),
                        ),
                        (
                            "snapshot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "submission",
                        "verbose_name_plural": "submissions",
                        "ordering": ["number"],
                        "indexes": [models.Index(fields=["sha256"], name="submission_sha256")],
                        "constraints": [
                            models.UniqueConstraint(fields=("application", "number"), name="one_submission_per_number")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaxCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("is_clear", models.BooleanField(verbose_name="no tax debt")),
                        ("checked_on", models.DateField(verbose_name="day of the statement")),
                        ("evidence", models.CharField(max_length=200, verbose_name="number of the statement")),
                        ("noted_at", models.DateTimeField(default=core.clock.now, verbose_name="entered")),
                        (
                            "award",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tax_checks",
                                to="grants.award",
                            ),
                        ),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tax check",
                        "verbose_name_plural": "tax checks",
                        "ordering": ["-checked_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Tranche",
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
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("percent", models.PositiveSmallIntegerField(verbose_name="percent")),
                        ("amount", core.money.MoneyField(verbose_name="amount")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")], default="KZT", max_length=3
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("approved", "Approved for payment"),
                                    ("paid", "Paid"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("conditions", models.JSONField(default=dict)),
                        ("approved_at", models.DateTimeField(null=True, verbose_name="approved")),
                        (
                            "approved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "award",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="tranches", to="grants.award"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tranche",
                        "verbose_name_plural": "tranches",
                        "ordering": ["award", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "cancelled"), _negated=True),
                                fields=("award", "number"),
                                name="one_tranche_per_number",
                            ),
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="tranche_is_positive"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at", None), ("approved_by", None)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="tranche_approved_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrancheScheme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("up_to", core.money.MoneyField(blank=True, null=True, verbose_name="up to")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")],
                                default="KZT",
                                max_length=3,
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "shares",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[1-9][0-9]?(/[1-9][0-9]?)*$|^100$", "Write percents, like 50/40/10."
                                    )
                                ],
                                verbose_name="percents",
                            ),
                        ),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tranche_schemes",
                                to="grants.call",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tranche scheme",
                        "verbose_name_plural": "tranche schemes",
                        "ordering": ["call", models.OrderBy(models.F("up_to"), nulls_last=True)],
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "up_to"), name="one_scheme_per_size"),
                            models.UniqueConstraint(
                                condition=models.Q(("up_to", None)), fields=("call",), name="one_scheme_without_bound"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WhatIf",
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
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("money", core.money.MoneyField(verbose_name="money")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")], default="KZT", max_length=3
                            ),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                migrations.CreateModel(
                    name="WorkAct",
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
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                        ("reviews", models.PositiveIntegerField(verbose_name="reviews")),
                        ("made_at", models.DateTimeField(default=core.clock.now, verbose_name="made")),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="grants.call",
                                verbose_name="call",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                            ),
                        ),
                        (
                            "expert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="work_acts",
                                to="grants.expert",
                                verbose_name="expert",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "act of work done",
                        "verbose_name_plural": "acts of work done",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("expert", "call"), name="one_act_for_expert_and_call")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetLine",
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
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("item", models.CharField(blank=True, max_length=200, verbose_name="what is paid for")),
                        (
                            "quantity",
                            models.DecimalField(decimal_places=2, max_digits=10, null=True, verbose_name="quantity"),
                        ),
                        ("unit_price", core.money.MoneyField(null=True, verbose_name="price of one")),
                        ("has_vat", models.BooleanField(default=True, verbose_name="the price includes VAT")),
                        ("grant_amount", core.money.MoneyField(null=True, verbose_name="from the grant")),
                        ("own_amount", core.money.MoneyField(null=True, verbose_name="own money")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")], default="KZT", max_length=3
                            ),
                        ),
                        (
                            "supplier_identifier",
                            models.CharField(
                                blank=True, db_index=True, max_length=12, verbose_name="supplier's BIN or IIN"
                            ),
                        ),
                        ("rev", models.PositiveIntegerField(default=1)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="budget_lines",
                                to="grants.application",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="grants.budgetcategory",
                                verbose_name="category",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "budget line",
                        "verbose_name_plural": "budget lines",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("quantity", None), ("quantity__gt", Decimal("0")), _connector="OR"),
                                    models.Q(("unit_price", None), ("unit_price__gte", 0), _connector="OR"),
                                    models.Q(("grant_amount", None), ("grant_amount__gte", 0), _connector="OR"),
                                    models.Q(("own_amount", None), ("own_amount__gte", 0), _connector="OR"),
                                ),
                                name="budget_line_not_negative",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
