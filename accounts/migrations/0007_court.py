"""Two more record types with their terms: observers of meetings, lists of outside checks (defaults, as in 0004)."""

from django.db import migrations, models

DATA_KK = "«Дербес деректер және оларды қорғау туралы» 94-V Заң: мақсатқа керек мерзімнен артық сақталмайды"
DATA_RU = "Закон 94-V «О персональных данных и их защите»: не дольше, чем нужно для цели"
DATA_EN = "Law 94-V on personal data: no longer than the purpose needs"
RULES = {
    "observer": (
        3, f"{DATA_KK}; аты хаттаманың өзінде қалады", f"{DATA_RU}; имя остаётся в самом протоколе",
        f"{DATA_EN}; the name stays in the minutes themselves",
    ),
    "external_check": (
        1, f"{DATA_KK}; жауап өтінімнің тексеру парағында қалады", f"{DATA_RU}; ответ остаётся в листе проверки заявки",
        f"{DATA_EN}; the answer stays in the application's checks",
    ),
}  # fmt: skip


def seed(apps, schema_editor):
    rule = apps.get_model("accounts", "RetentionRule")
    for record_type, (years, kk, ru, en) in RULES.items():
        rule.objects.get_or_create(
            record_type=record_type, defaults={"years": years, "basis_kk": kk, "basis_ru": ru, "basis_en": en}
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_bank_checks")]
    operations = [
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
                    ("observer", "Observers of meetings"),
                    ("external_check", "Lists of outside checks"),
                    ("audit", "Audit trail"),
                ],
                max_length=30,
                unique=True,
                verbose_name="record type",
            ),
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
