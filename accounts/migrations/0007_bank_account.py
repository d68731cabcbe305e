"""Where organisations are paid, the banks of Kazakhstan, and how long closed accounts and answered requests are kept.

Codes and BICs come from the open registry of schwifty, old names were put right by hand; finance compares them with
the National Bank's list and administrators correct them: an unknown or a wrong row refuses nobody. The years are
defaults that a lawyer of Almaty Creative reads before launch.
"""

import core.clock
import core.public_id
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# code in account numbers, BIC, name in Kazakh, in Russian, in English
BANKS = [
    ("070", "KKMFKZ2A", "ҚР ҚМ Қазынашылық комитеті", "Комитет казначейства МФ РК", "Treasury Committee"),
    ("125", "NBRKKZKX", "ҚР Ұлттық Банкі", "Национальный Банк РК", "National Bank of Kazakhstan"),
    ("551", "KSNVKZKA", "Freedom Bank Kazakhstan", "Freedom Bank Kazakhstan", ""),
    ("563", "KPSTKZKA", "Қазпошта", "Казпочта", "Kazpost"),
    ("601", "HSBKKZKX", "Қазақстан Халық Банкі", "Народный Банк Казахстана (Halyk Bank)", "Halyk Bank"),
    ("722", "CASPKZKA", "Kaspi Bank", "Kaspi Bank", ""),
    ("821", "KINCKZKA", "Bank RBK", "Bank RBK", ""),
    ("832", "CITIKZKA", "Ситибанк Қазақстан", "Ситибанк Казахстан", "Citibank Kazakhstan"),
    ("849", "NURSKZKX", "Нұрбанк", "Нурбанк", "Nurbank"),
    ("856", "KCJBKZKX", "Банк ЦентрКредит", "Банк ЦентрКредит", "Bank CenterCredit"),
    ("885", "KZIBKZKA", "KZI Bank", "KZI Bank", ""),
    ("886", "INLMKZKA", "Home Credit Bank", "Home Credit Bank", ""),
    ("896", "ZAJSKZ22", "Заман-Банк", "Заман-Банк", "Zaman-Bank"),
    ("930", "ICBKKZKX", "ICBC Алматы", "ICBC Алматы", "ICBC Almaty"),
    ("948", "EURIKZKA", "Еуразиялық банк", "Евразийский банк", "Eurasian Bank"),
    ("949", "ATYNKZKA", "Altyn Bank", "Altyn Bank", ""),
    ("965", "IRTYKZKA", "ForteBank", "ForteBank", ""),
    ("972", "HCSKKZKA", "Отбасы банк", "Отбасы банк", "Otbasy Bank"),
    ("998", "TSESKZKA", "Alatau City Bank (Jusan)", "Alatau City Bank (Jusan)", ""),
]
DATA_KK = "«Дербес деректер және оларды қорғау туралы» 94-V Заң: мақсатқа керек мерзімнен артық сақталмайды"
DATA_RU = "Закон 94-V «О персональных данных и их защите»: не дольше, чем нужно для цели"
DATA_EN = "Law 94-V on personal data: no longer than the purpose needs"


def seed(apps, schema_editor):
    bank, rule = apps.get_model("accounts", "Bank"), apps.get_model("accounts", "RetentionRule")
    bank.objects.bulk_create(
        [bank(code=code, bic=bic, name_kk=kk, name_ru=ru, name_en=en) for code, bic, kk, ru, en in BANKS]
    )
    basis = {"basis_kk": DATA_KK, "basis_ru": DATA_RU, "basis_en": DATA_EN}
    for record_type in ("bank_account", "access"):
        rule.objects.get_or_create(record_type=record_type, defaults={"years": 1, **basis})


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_approvals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bank",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
        migrations.AddField(
            model_name="parkedpost",
            name="user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            model_name="retentionrule",
            name="record_type",
            field=models.CharField(
                choices=[
                    ("draft", "Drafts that were never sent"),
                    ("application", "Applications without an award"),
                    ("award", "Awards, contracts and payments"),
                    ("review", "Reviews and decisions"),
                    ("message", "Messages"),
                    ("account", "Accounts without an application"),
                    ("bank_account", "Closed bank accounts"),
                    ("access", "Answered requests to be let in"),
                    ("audit", "Audit trail"),
                ],
                max_length=30,
                unique=True,
                verbose_name="record type",
            ),
        ),
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.BooleanField(default=False, verbose_name="the owner says it is the organisation's own"),
                ),
                ("added_at", models.DateTimeField(default=core.clock.now, verbose_name="added")),
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
                        condition=models.Q(("closed_at", None)), fields=("organisation",), name="one_open_bank_account"
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
                ],
            },
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
