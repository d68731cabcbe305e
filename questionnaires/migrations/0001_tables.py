import core.clock
import core.public_id
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.creating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0001_tables"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Questionnaire",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(unique=True, verbose_name="code")),
                        ("title_kk", models.CharField(max_length=200, verbose_name="title in Kazakh")),
                        ("title_ru", models.CharField(max_length=200, verbose_name="title in Russian")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title in English")),
                    ],
                    options={
                        "verbose_name": "questionnaire",
                        "verbose_name_plural": "questionnaires",
                    },
                ),
                migrations.CreateModel(
                    name="CrossRule",
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
                                    ("sum_is", "The sum is exactly"),
                                    ("sum_at_most", "The sum is at most"),
                                    ("share_at_most", "The share is at most (percent)"),
                                    ("at_most", "Not more than another field"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("of", models.JSONField(default=list, verbose_name="fields")),
                        ("against", models.CharField(blank=True, max_length=90, verbose_name="held against the field")),
                        ("limit", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="number")),
                        ("message_kk", models.CharField(max_length=300, verbose_name="sentence in Kazakh")),
                        ("message_ru", models.CharField(max_length=300, verbose_name="sentence in Russian")),
                        (
                            "message_en",
                            models.CharField(blank=True, max_length=300, verbose_name="sentence in English"),
                        ),
                        (
                            "questionnaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cross_rules",
                                to="questionnaires.questionnaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rule across fields",
                        "verbose_name_plural": "rules across fields",
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionnaireVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="version")),
                        ("content", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("published_at", models.DateTimeField(default=core.clock.now, verbose_name="published")),
                        (
                            "published_by",
                            models.ForeignKey(
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
                                related_name="versions",
                                to="questionnaires.questionnaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "published version",
                        "verbose_name_plural": "published versions",
                        "constraints": [
                            models.UniqueConstraint(fields=("questionnaire", "number"), name="one_version_per_number")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerSet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "previous_version",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="questionnaires.questionnaireversion",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="questionnaires.questionnaireversion",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Section",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        ("title_kk", models.CharField(max_length=200, verbose_name="title in Kazakh")),
                        ("title_ru", models.CharField(max_length=200, verbose_name="title in Russian")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title in English")),
                        (
                            "questionnaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sections",
                                to="questionnaires.questionnaire",
                                verbose_name="questionnaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "section",
                        "verbose_name_plural": "sections",
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
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
                                        "^[a-z][a-z0-9_]*$",
                                        "Small Latin letters, digits and underscores, for example market_size.",
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("short_text", "Short text"),
                                    ("long_text", "Long text"),
                                    ("number", "Number"),
                                    ("money", "Amount of money"),
                                    ("date", "Date"),
                                    ("single_choice", "One of several"),
                                    ("multiple_choice", "Several of several"),
                                    ("declaration", "Yes or no"),
                                    ("link", "Link"),
                                    ("email", "E-mail"),
                                    ("phone", "Phone"),
                                    ("file", "File"),
                                    ("table", "Table of rows"),
                                    ("calculated", "Calculated"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("label_kk", models.CharField(max_length=300, verbose_name="question in Kazakh")),
                        ("label_ru", models.CharField(max_length=300, verbose_name="question in Russian")),
                        ("label_en", models.CharField(blank=True, max_length=300, verbose_name="question in English")),
                        ("help_kk", models.CharField(blank=True, max_length=500, verbose_name="help in Kazakh")),
                        ("help_ru", models.CharField(blank=True, max_length=500, verbose_name="help in Russian")),
                        ("help_en", models.CharField(blank=True, max_length=500, verbose_name="help in English")),
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
                            "minimum",
                            models.PositiveBigIntegerField(
                                blank=True, null=True, verbose_name="smallest number, or fewest rows"
                            ),
                        ),
                        (
                            "limit",
                            models.PositiveBigIntegerField(
                                blank=True, null=True, verbose_name="limit (characters, rows, or the largest number)"
                            ),
                        ),
                        (
                            "choices",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text='A list of {"value": "", "kk": "", "ru": "", "en": ""}.',
                                verbose_name="choices",
                            ),
                        ),
                        (
                            "shown_if",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="All must hold; empty: always.",
                                verbose_name="shown if",
                            ),
                        ),
                        ("columns", models.JSONField(blank=True, default=list, verbose_name="columns of the table")),
                        (
                            "formula",
                            models.JSONField(blank=True, default=dict, verbose_name="formula of a calculated field"),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="questionnaires.section",
                                verbose_name="section",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question",
                        "verbose_name_plural": "questions",
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerFile",
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
                        ("key", models.CharField(max_length=40)),
                        ("added_at", models.DateTimeField(default=core.clock.now)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                            ),
                        ),
                        (
                            "set",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="questionnaires.answerset",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["set", "key"], name="answer_file_of_question")],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=40)),
                        ("value", models.JSONField(null=True)),
                        ("rev", models.PositiveIntegerField(default=1)),
                        ("saved_at", models.DateTimeField(default=core.clock.now)),
                        (
                            "set",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="questionnaires.answerset",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("set", "key"), name="one_answer_per_question")],
                    },
                ),
            ]
        ),
    ]
