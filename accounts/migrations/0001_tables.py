import core.clock
import core.public_id
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from core.creating import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Bank",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=3, unique=True, verbose_name="digits in account numbers")),
                        ("bic", models.CharField(max_length=8, verbose_name="BIC")),
                        ("name_kk", models.CharField(max_length=120, verbose_name="name in Kazakh")),
                        ("name_ru", models.CharField(max_length=120, verbose_name="name in Russian")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="name in English")),
                    ],
                    options={
                        "verbose_name": "bank",
                        "verbose_name_plural": "banks",
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="District",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kato", models.CharField(max_length=9, unique=True, verbose_name="KATO code")),
                        ("name_kk", models.CharField(max_length=120, verbose_name="name in Kazakh")),
                        ("name_ru", models.CharField(max_length=120, verbose_name="name in Russian")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="name in English")),
                    ],
                    options={
                        "verbose_name": "district",
                        "verbose_name_plural": "districts",
                        "ordering": ["kato"],
                    },
                ),
                migrations.CreateModel(
                    name="RetentionRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "record_type",
                            models.CharField(
                                choices=[
                                    ("draft", "Drafts that were never sent"),
                                    ("application", "Applications without an award"),
                                    ("award", "Awards, contracts and payments"),
                                    ("review", "Reviews and decisions"),
                                    ("message", "Messages"),
                                    ("account", "Accounts without an application"),
                                    ("bank_account", "Closed bank accounts"),
                                    ("access", "Answered requests to be let in"),
                                    ("observer", "Observers of meetings"),
                                    ("external_check", "Lists of outside checks"),
                                    ("audit", "Audit trail"),
                                ],
                                max_length=30,
                                unique=True,
                                verbose_name="record type",
                            ),
                        ),
                        (
                            "years",
                            models.PositiveSmallIntegerField(help_text="0: kept without end.", verbose_name="years"),
                        ),
                        ("basis_kk", models.CharField(max_length=300, verbose_name="basis in Kazakh")),
                        ("basis_ru", models.CharField(max_length=300, verbose_name="basis in Russian")),
                        ("basis_en", models.CharField(blank=True, max_length=300, verbose_name="basis in English")),
                    ],
                    options={
                        "verbose_name": "retention rule",
                        "verbose_name_plural": "retention rules",
                        "ordering": ["record_type"],
                    },
                ),
                migrations.CreateModel(
                    name="Sector",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(unique=True, verbose_name="code")),
                        ("name_kk", models.CharField(max_length=120, verbose_name="name in Kazakh")),
                        ("name_ru", models.CharField(max_length=120, verbose_name="name in Russian")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="name in English")),
                        (
                            "of_fund",
                            models.BooleanField(default=False, verbose_name="sector of the Creative Capital Fund"),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "sector",
                        "verbose_name_plural": "sectors",
                        "ordering": ["position", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "public_id",
                            core.public_id.PublicIdField(
                                default=core.public_id.make_public_id, editable=False, max_length=14, unique=True
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                        ("display_name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                        (
                            "language",
                            models.CharField(
                                choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")],
                                default="kk",
                                max_length=2,
                                verbose_name="language",
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=20, verbose_name="phone")),
                        ("iin", models.CharField(blank=True, db_index=True, max_length=12, verbose_name="IIN")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "joined_at",
                            models.DateTimeField(default=core.clock.now, editable=False, verbose_name="joined"),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "verbose_name_plural": "people",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                                name="user_email_is_lower_case",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
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
                                    ("publish_call", "Publish a call"),
                                    ("change_rules", "Change the rules of an open call"),
                                    ("release", "Release decisions"),
                                    ("cancel_call", "Cancel a call"),
                                    ("extend_one", "More time for one application"),
                                    ("lift_hold", "Lift a hold"),
                                ],
                                max_length=20,
                                verbose_name="step",
                            ),
                        ),
                        ("object_type", models.CharField(max_length=60)),
                        ("object_id", models.BigIntegerField()),
                        ("payload", models.JSONField(default=dict)),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("proposed_at", models.DateTimeField(default=core.clock.now, verbose_name="proposed")),
                        ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed")),
                        ("turned_down_at", models.DateTimeField(null=True, verbose_name="turned down")),
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
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="proposed by",
                            ),
                        ),
                        (
                            "turned_down_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="turned down by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "second person",
                        "verbose_name_plural": "second persons",
                        "ordering": ["-proposed_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("confirmed_at", None), ("turned_down_at", None)),
                                fields=("kind", "object_type", "object_id"),
                                name="one_waiting_approval",
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
                                name="approval_confirmed_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("turned_down_at", None), ("turned_down_by", None)),
                                    models.Q(
                                        ("confirmed_at", None),
                                        ("turned_down_at__isnull", False),
                                        ("turned_down_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="approval_turned_down_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsentText",
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
                                    ("personal_data", "Processing of personal data"),
                                    ("publication", "Publication of photos and stories"),
                                    ("declaration", "Declaration of the applicant"),
                                    ("confidentiality", "Confidentiality undertaking of an expert"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("text_kk", models.TextField(verbose_name="text in Kazakh")),
                        ("text_ru", models.TextField(verbose_name="text in Russian")),
                        ("text_en", models.TextField(blank=True, verbose_name="text in English")),
                        ("valid_from", models.DateTimeField(default=core.clock.now, verbose_name="valid from")),
                    ],
                    options={
                        "verbose_name": "consent text",
                        "verbose_name_plural": "consent texts",
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "version"), name="one_consent_text_per_version")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Erasure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("about", models.CharField(db_index=True, max_length=40, verbose_name="public id")),
                        ("erased", models.JSONField(default=dict, verbose_name="erased")),
                        ("kept", models.JSONField(default=dict, verbose_name="kept")),
                        ("at", models.DateTimeField(default=core.clock.now, verbose_name="when")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "erasure",
                        "verbose_name_plural": "erasures",
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LegalHold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "about",
                            models.CharField(
                                db_index=True, max_length=40, verbose_name="public id of a person or a record"
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("set_at", models.DateTimeField(default=core.clock.now, verbose_name="set")),
                        ("lifted_at", models.DateTimeField(null=True, verbose_name="lifted")),
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
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="set by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "legal hold",
                        "verbose_name_plural": "legal holds",
                        "ordering": ["-set_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lifted_at", None), ("lifted_by", None)),
                                    models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="hold_lifted_at_and_by",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                                choices=[("owner", "Owner"), ("editor", "Editor"), ("viewer", "Viewer")],
                                max_length=10,
                                verbose_name="role",
                            ),
                        ),
                        ("since", models.DateTimeField(default=core.clock.now, editable=False, verbose_name="since")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "membership",
                        "verbose_name_plural": "memberships",
                        "constraints": [
                            models.UniqueConstraint(fields=("organisation", "user"), name="one_membership_per_person")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
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
                                default=core.public_id.make_public_id,
                                editable=False,
                                max_length=14,
                                unique=True,
                                verbose_name="public id",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("person", "Individual"),
                                    ("self_employed", "Self-employed"),
                                    ("ip", "Sole proprietor"),
                                    ("llp", "Limited liability partnership"),
                                    ("jsc", "Joint-stock company"),
                                    ("npo", "Non-profit organisation"),
                                    ("team", "Team without a legal entity"),
                                ],
                                max_length=20,
                                verbose_name="type",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("country", models.CharField(default="KZ", max_length=2, verbose_name="country")),
                        (
                            "identifier",
                            models.CharField(blank=True, db_index=True, max_length=30, verbose_name="IIN or BIN"),
                        ),
                        ("head_name", models.CharField(blank=True, max_length=150, verbose_name="head")),
                        ("head_iin", models.CharField(blank=True, max_length=12, verbose_name="head's IIN")),
                        ("phone", models.CharField(blank=True, max_length=20, verbose_name="phone")),
                        ("address", models.CharField(blank=True, max_length=250, verbose_name="address")),
                        (
                            "created_at",
                            models.DateTimeField(default=core.clock.now, editable=False, verbose_name="added"),
                        ),
                        (
                            "district",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.district",
                                verbose_name="district of Almaty",
                            ),
                        ),
                        (
                            "members",
                            models.ManyToManyField(
                                related_name="organisations", through="accounts.Membership", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "sector",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="accounts.sector", verbose_name="sector"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "organisation",
                        "verbose_name_plural": "organisations",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("country", "KZ"), _negated=True),
                                    ("kind", "team"),
                                    models.Q(("identifier", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="organisation_of_kz_has_identifier",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        (
                            "role",
                            models.CharField(
                                choices=[("owner", "Owner"), ("editor", "Editor"), ("viewer", "Viewer")],
                                default="editor",
                                max_length=10,
                                verbose_name="role",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "used_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invitation",
                        "verbose_name_plural": "invitations",
                        "ordering": ["-invited_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("used_at", None), ("used_by", None)),
                                    models.Q(("used_at__isnull", False), ("used_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="invitation_used_at_and_by",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormerMembership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ended_at", models.DateTimeField(default=core.clock.now, verbose_name="ended")),
                        ("counts_until", models.DateTimeField(verbose_name="counts until")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="former_memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="former_memberships",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "former membership",
                        "verbose_name_plural": "former memberships",
                        "indexes": [models.Index(fields=["user", "counts_until"], name="former_membership_of_person")],
                    },
                ),
                migrations.CreateModel(
                    name="Consent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text_sha256", models.CharField(max_length=64)),
                        ("is_given", models.BooleanField(default=True, verbose_name="given")),
                        ("language", models.CharField(max_length=2)),
                        ("about", models.CharField(blank=True, max_length=40, verbose_name="about")),
                        ("at", models.DateTimeField(default=core.clock.now, verbose_name="when")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "text",
                            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="accounts.consenttext"),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="accounts.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "consent",
                        "verbose_name_plural": "consents",
                        "indexes": [models.Index(fields=["about"], name="consent_about")],
                    },
                ),
                migrations.CreateModel(
                    name="BankAccount",
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
                        ("iban", models.CharField(max_length=20, verbose_name="account number (IBAN)")),
                        ("bic", models.CharField(max_length=8, verbose_name="BIC")),
                        ("bank_name", models.CharField(max_length=120, verbose_name="bank")),
                        (
                            "is_holder_confirmed",
                            models.BooleanField(
                                default=False, verbose_name="the owner says it is the organisation's own"
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=core.clock.now, verbose_name="added")),
                        ("checked_at", models.DateTimeField(null=True, verbose_name="checked")),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="closed")),
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
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="closed by",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bank_accounts",
                                to="accounts.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bank account",
                        "verbose_name_plural": "bank accounts",
                        "ordering": ["-added_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at", None)),
                                fields=("organisation",),
                                name="one_open_bank_account",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_holder_confirmed", True)), name="bank_account_of_its_holder"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at", None), ("closed_by", None)),
                                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="bank_account_closed_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("checked_at", None), ("checked_by", None)),
                                    models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="bank_account_checked_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccessRequest",
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
                        ("asked_at", models.DateTimeField(default=core.clock.now, verbose_name="asked")),
                        ("words", models.TextField(blank=True, max_length=1000, verbose_name="who I am")),
                        ("to_staff", models.BooleanField(default=False, verbose_name="asked of staff, with proof")),
                        (
                            "answer",
                            models.CharField(
                                blank=True,
                                choices=[("let_in", "let in"), ("refused", "refused")],
                                max_length=10,
                                verbose_name="answer",
                            ),
                        ),
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
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="access_requests",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="access_requests",
                                to="accounts.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request to be let in",
                        "verbose_name_plural": "requests to be let in",
                        "ordering": ["-asked_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at", None)),
                                fields=("organisation", "asked_by"),
                                name="one_open_access_request",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="access_answered_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ParkedPost",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("token_sha256", models.CharField(max_length=64, unique=True)),
                        ("path", models.CharField(max_length=300)),
                        ("body", models.TextField()),
                        ("had_files", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(db_index=True, default=core.clock.now)),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "parked post",
                    },
                ),
                migrations.CreateModel(
                    name="Oked",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=10, verbose_name="code")),
                        ("is_official", models.BooleanField(default=False, verbose_name="from the official list")),
                        (
                            "sector",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="okeds",
                                to="accounts.sector",
                                verbose_name="sector",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "activity code",
                        "verbose_name_plural": "activity codes",
                        "ordering": ["code"],
                        "constraints": [
                            models.UniqueConstraint(fields=("code", "sector"), name="oked_once_per_sector")
                        ],
                    },
                ),
            ]
        ),
    ]
