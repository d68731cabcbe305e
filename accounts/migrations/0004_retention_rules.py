"""Seeds how long what is kept. Nothing published sets these terms for the portal: they are defaults that a lawyer of
Almaty Creative reads before launch, each with the law that it leans on; administrators change the years.
"""

from django.db import migrations

ARCHIVE_KK = "«Ұлттық мұрағат қоры және мұрағаттар туралы» Заң (1998), 29.09.2017 № 263 бұйрық"
ARCHIVE_RU = "Закон «О Национальном архивном фонде и архивах» (1998), приказ № 263 от 29.09.2017"
ARCHIVE_EN = "Law on the National Archive Fund and Archives (1998), order 263 of 29.09.2017"
DATA_KK = "«Дербес деректер және оларды қорғау туралы» 94-V Заң: мақсатқа керек мерзімнен артық сақталмайды"
DATA_RU = "Закон 94-V «О персональных данных и их защите»: не дольше, чем нужно для цели"
DATA_EN = "Law 94-V on personal data: no longer than the purpose needs"
RULES = {
    "draft": (1, DATA_KK, DATA_RU, DATA_EN),
    "application": (3, ARCHIVE_KK, ARCHIVE_RU, ARCHIVE_EN),
    "award": (5, f"{ARCHIVE_KK}; шарт аяқталғаннан кейін", f"{ARCHIVE_RU}; после окончания договора", f"{ARCHIVE_EN}; after the contract ends"),
    "review": (0, f"{ARCHIVE_KK}: хаттамалар мен шешімдер тұрақты сақталады", f"{ARCHIVE_RU}: протоколы и решения хранятся постоянно", f"{ARCHIVE_EN}: minutes and decisions are kept without end"),
    "message": (1, DATA_KK, DATA_RU, DATA_EN),
    "account": (3, DATA_KK, DATA_RU, DATA_EN),
    "bank_account": (1, DATA_KK, DATA_RU, DATA_EN),
    "access": (1, DATA_KK, DATA_RU, DATA_EN),
    "audit": (0, "Дербес деректерді қорғау қағидалары: оқиғалар журналы; онда аты-жөн, ЖСН және мекенжай жоқ", "Правила защиты персональных данных: журнал событий; в нём нет имён, ИИН и адресов", "Rules on protecting personal data: a log of events; it holds no names, IIN or addresses"),
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
    dependencies = [("accounts", "0003_consent_texts")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
