import core.clock
import core.money
import core.public_id
import django.db.models.deletion
import django.db.models.expressions
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
                    name="AgendaItem",
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
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        ("bloc", models.CharField(blank=True, max_length=20, verbose_name="bloc")),
                        ("reference", models.CharField(blank=True, max_length=40, verbose_name="number")),
                        ("title_kk", models.CharField(max_length=300, verbose_name="title in Kazakh")),
                        ("title_ru", models.CharField(max_length=300, verbose_name="title in Russian")),
                        ("proposal_kk", models.CharField(max_length=500, verbose_name="proposal in Kazakh")),
                        ("proposal_ru", models.CharField(max_length=500, verbose_name="proposal in Russian")),
                        ("motive_kk", models.TextField(blank=True, verbose_name="motive in Kazakh")),
                        ("motive_ru", models.TextField(blank=True, verbose_name="motive in Russian")),
                        (
                            "subject",
                            models.CharField(
                                blank=True,
                                help_text="type:public_id, for the audit",
                                max_length=60,
                                verbose_name="subject",
                            ),
                        ),
                        (
                            "taken_out_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="taken out of its bloc"),
                        ),
                        ("opened_at", models.DateTimeField(editable=False, null=True, verbose_name="vote opened")),
                        ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="vote closed")),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="committees.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "taken_out_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="committees.seat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item of the agenda",
                        "verbose_name_plural": "items of the agenda",
                        "ordering": ["meeting", "position", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_at", None),
                                    ("opened_at", None),
                                    ("closed_at__gte", models.F("opened_at")),
                                    _connector="OR",
                                ),
                                name="item_closes_after_opening",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("taken_out_at", None), ("taken_out_by", None)),
                                    models.Q(("taken_out_at__isnull", False), ("taken_out_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="item_taken_out_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Committee",
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
                                    ("grant", "Grant commission"),
                                    ("appeal", "Appeal commission"),
                                    ("investment", "Investment committee"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("name_kk", models.CharField(max_length=200, verbose_name="name in Kazakh")),
                        ("name_ru", models.CharField(max_length=200, verbose_name="name in Russian")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name in English")),
                        (
                            "quorum_parts",
                            models.PositiveSmallIntegerField(default=2, verbose_name="quorum: so many parts"),
                        ),
                        (
                            "quorum_whole",
                            models.PositiveSmallIntegerField(default=3, verbose_name="quorum: of so many"),
                        ),
                        (
                            "quorum_base",
                            models.CharField(
                                choices=[
                                    ("appointed", "all appointed members"),
                                    ("able", "members without a conflict of interest"),
                                ],
                                default="appointed",
                                max_length=10,
                                verbose_name="quorum is counted of",
                            ),
                        ),
                        (
                            "majority",
                            models.CharField(
                                choices=[
                                    ("able", "those present and able to vote"),
                                    ("appointed", "all appointed members"),
                                ],
                                default="able",
                                max_length=10,
                                verbose_name="majority is counted of",
                            ),
                        ),
                        (
                            "has_casting_vote",
                            models.BooleanField(default=True, verbose_name="the chair's vote decides a tie"),
                        ),
                        (
                            "notice_working_days",
                            models.PositiveSmallIntegerField(default=3, verbose_name="working days of notice"),
                        ),
                        (
                            "observers_needed",
                            models.PositiveSmallIntegerField(default=0, verbose_name="observers needed"),
                        ),
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
                    ],
                    options={
                        "verbose_name": "committee",
                        "verbose_name_plural": "committees",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quorum_parts__gte", 1), ("quorum_whole__gte", models.F("quorum_parts"))
                                ),
                                name="quorum_is_a_part",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConflictDeclaration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[("declared", "Declared by the member"), ("computed", "Found in the data")],
                                max_length=10,
                                verbose_name="source",
                            ),
                        ),
                        ("kind", models.CharField(blank=True, max_length=20, verbose_name="kind")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        ("found_at", models.DateTimeField(default=core.clock.now, verbose_name="found")),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conflicts",
                                to="committees.agendaitem",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="committees.seat"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "conflict of interest of a member",
                        "verbose_name_plural": "conflicts of interest of members",
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "seat", "source", "kind"), name="one_seat_conflict")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConflictLifting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("lifted_at", models.DateTimeField(default=core.clock.now, verbose_name="lifted")),
                        (
                            "conflict",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lifting",
                                to="committees.conflictdeclaration",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lifted conflict of a member",
                        "verbose_name_plural": "lifted conflicts of members",
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
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
                        ("number", models.PositiveIntegerField(editable=False, null=True, verbose_name="number")),
                        ("starts_at", models.DateTimeField(verbose_name="begins")),
                        ("place_kk", models.CharField(max_length=200, verbose_name="place in Kazakh")),
                        ("place_ru", models.CharField(max_length=200, verbose_name="place in Russian")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("open", "In session"),
                                    ("closed", "Closed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="planned",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "observers_needed",
                            models.PositiveSmallIntegerField(default=0, verbose_name="observers needed"),
                        ),
                        ("notice_sent_at", models.DateTimeField(editable=False, null=True, verbose_name="notice sent")),
                        ("opened_at", models.DateTimeField(editable=False, null=True, verbose_name="opened")),
                        ("held_on", models.DateField(editable=False, null=True, verbose_name="held on")),
                        ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="closed")),
                        (
                            "cancelled_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="why it was cancelled"
                            ),
                        ),
                        (
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="committees.committee",
                                verbose_name="committee",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="planned by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "meeting",
                        "verbose_name_plural": "meetings",
                        "ordering": ["-starts_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("committee", "number"), name="one_meeting_number"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("opened_at", None),
                                    models.Q(("held_on__isnull", False), ("number__isnull", False)),
                                    _connector="OR",
                                ),
                                name="opened_meeting_has_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_at", None), ("closed_at__gte", models.F("opened_at")), _connector="OR"
                                ),
                                name="meeting_closes_after_opening",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Minutes",
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
                        ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                        ("language", models.CharField(max_length=2, verbose_name="language")),
                        ("content", models.JSONField()),
                        ("content_sha256", models.CharField(max_length=64)),
                        ("template_sha256", models.CharField(max_length=64)),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="why it was made again")),
                        ("made_at", models.DateTimeField(default=core.clock.now, verbose_name="made")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
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
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes",
                                to="committees.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "minutes",
                        "verbose_name_plural": "minutes",
                        "ordering": ["meeting", "number", "language"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "number", "language"), name="one_minutes_version"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Observer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("body", models.CharField(blank=True, max_length=200, verbose_name="whom they represent")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("language", models.CharField(default="kk", max_length=2, verbose_name="language")),
                        ("invited_at", models.DateTimeField(default=core.clock.now, verbose_name="invited")),
                        ("is_present", models.BooleanField(default=False, verbose_name="present")),
                        ("is_remote", models.BooleanField(default=False, verbose_name="from afar")),
                        ("live_token_hash", models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="observers",
                                to="committees.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "observer",
                        "verbose_name_plural": "observers",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Resolution",
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
                            "verdict",
                            models.CharField(
                                choices=[("adopted", "Adopted"), ("rejected", "Rejected"), ("deferred", "Deferred")],
                                max_length=10,
                                verbose_name="verdict",
                            ),
                        ),
                        ("appointed", models.PositiveSmallIntegerField(verbose_name="appointed")),
                        ("base", models.PositiveSmallIntegerField(verbose_name="quorum counted of")),
                        ("needed", models.PositiveSmallIntegerField(verbose_name="needed for a quorum")),
                        ("present", models.PositiveSmallIntegerField(verbose_name="present")),
                        ("able", models.PositiveSmallIntegerField(verbose_name="able to vote")),
                        ("votes_for", models.PositiveSmallIntegerField(verbose_name="for")),
                        ("votes_against", models.PositiveSmallIntegerField(verbose_name="against")),
                        ("votes_abstain", models.PositiveSmallIntegerField(verbose_name="abstained")),
                        (
                            "is_by_casting_vote",
                            models.BooleanField(default=False, verbose_name="decided by the chair's vote"),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="why it was deferred")),
                        ("sha256", models.CharField(max_length=64)),
                        ("conditions_kk", models.TextField(blank=True, verbose_name="conditions in Kazakh")),
                        ("conditions_ru", models.TextField(blank=True, verbose_name="conditions in Russian")),
                        ("amount_limit", core.money.MoneyField(null=True, verbose_name="at most")),
                        (
                            "currency",
                            core.money.CurrencyField(
                                choices=[("KZT", "₸"), ("USD", "US$")], default="KZT", max_length=3
                            ),
                        ),
                        ("expires_on", models.DateField(null=True, verbose_name="holds until")),
                        ("resolved_at", models.DateTimeField(default=core.clock.now, verbose_name="resolved")),
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resolution",
                                to="committees.agendaitem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "resolution",
                        "verbose_name_plural": "resolutions",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("able__lte", models.F("present")),
                                    ("base__lte", models.F("appointed")),
                                    ("present__lte", models.F("appointed")),
                                ),
                                name="resolution_counts_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "able__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("votes_for"), "+", models.F("votes_against")
                                            ),
                                            "+",
                                            models.F("votes_abstain"),
                                        ),
                                    )
                                ),
                                name="resolution_votes_of_the_able",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Annulment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("court", models.CharField(max_length=200, verbose_name="court")),
                        ("act_number", models.CharField(max_length=100, verbose_name="number of the act")),
                        ("act_date", models.DateField(verbose_name="date of the act")),
                        ("reason_kk", models.TextField(verbose_name="reason in Kazakh")),
                        ("reason_ru", models.TextField(verbose_name="reason in Russian")),
                        ("annulled_at", models.DateTimeField(default=core.clock.now, verbose_name="entered")),
                        (
                            "annulled_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annulments",
                                to="committees.meeting",
                            ),
                        ),
                        (
                            "resolution",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annulment",
                                to="committees.resolution",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "annulment by a court",
                        "verbose_name_plural": "annulments by a court",
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("chair", "Chair"),
                                    ("member", "Member"),
                                    ("alternate", "Alternate"),
                                    ("secretary", "Secretary"),
                                ],
                                default="member",
                                max_length=10,
                                verbose_name="role",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="since")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                        (
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="committees.committee",
                                verbose_name="committee",
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
                                verbose_name="order",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "seat",
                        "verbose_name_plural": "seats",
                        "ordering": ["committee", "role", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("committee", "user"), name="one_open_seat"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("role", "chair"), ("until", None)),
                                fields=("committee",),
                                name="one_open_chair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="seat_ends_after_beginning",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinutesSignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("signed_on", models.DateField(verbose_name="signed")),
                        ("recorded_at", models.DateTimeField(default=core.clock.now, verbose_name="recorded")),
                        (
                            "minutes",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="committees.minutes",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "scan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="committees.seat"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "signature on minutes",
                        "verbose_name_plural": "signatures on minutes",
                        "constraints": [
                            models.UniqueConstraint(fields=("minutes", "seat"), name="one_minutes_signature")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dissent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(verbose_name="dissenting opinion")),
                        ("language", models.CharField(max_length=2, verbose_name="language")),
                        ("written_at", models.DateTimeField(default=core.clock.now, verbose_name="written")),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dissents",
                                to="committees.agendaitem",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="committees.seat"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dissenting opinion",
                        "verbose_name_plural": "dissenting opinions",
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "seat"), name="one_dissent"),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="dissent_has_words"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Declaration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("declared_at", models.DateTimeField(default=core.clock.now, verbose_name="declared")),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="declarations",
                                to="committees.meeting",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="committees.seat"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "declaration",
                        "verbose_name_plural": "declarations",
                        "constraints": [models.UniqueConstraint(fields=("meeting", "seat"), name="one_declaration")],
                    },
                ),
                migrations.CreateModel(
                    name="Ballot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "choice",
                            models.CharField(
                                choices=[("for", "For"), ("against", "Against"), ("abstain", "Abstain")],
                                max_length=8,
                                verbose_name="vote",
                            ),
                        ),
                        ("is_bloc", models.BooleanField(default=False, verbose_name="cast for a bloc")),
                        ("cast_at", models.DateTimeField(default=core.clock.now, verbose_name="cast")),
                        (
                            "cast_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ballots",
                                to="committees.agendaitem",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="committees.seat"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ballot",
                        "verbose_name_plural": "ballots",
                        "constraints": [models.UniqueConstraint(fields=("item", "seat"), name="one_ballot")],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("is_present", models.BooleanField(default=False, verbose_name="present")),
                        ("is_remote", models.BooleanField(default=False, verbose_name="from afar")),
                        ("noted_at", models.DateTimeField(default=core.clock.now, verbose_name="noted")),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="committees.meeting",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="committees.seat"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attendance",
                        "verbose_name_plural": "attendances",
                        "constraints": [models.UniqueConstraint(fields=("meeting", "seat"), name="one_attendance")],
                    },
                ),
                migrations.CreateModel(
                    name="Substitution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("noted_at", models.DateTimeField(default=core.clock.now, verbose_name="noted")),
                        (
                            "alternate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="committees.seat"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="substitutions",
                                to="committees.agendaitem",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="substitutions",
                                to="committees.meeting",
                            ),
                        ),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="committees.seat"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "substitution",
                        "verbose_name_plural": "substitutions",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("item", None)),
                                fields=("meeting", "alternate"),
                                name="one_place_for_an_alternate",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("item", None)),
                                fields=("meeting", "replaces"),
                                name="one_alternate_for_a_place",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("item__isnull", False)),
                                fields=("item", "alternate"),
                                name="one_place_for_an_item",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("item__isnull", False)),
                                fields=("item", "replaces"),
                                name="one_alternate_for_an_item",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
