"""Seeds roles, sectors, districts of Almaty and the starting table of activity codes.

District codes are KATO codes on which two public sources agree. Activity classes are NACE Rev. 2 classes, our choice,
to be replaced by the official list of creative industries (not published when this was written).
"""

from django.db import migrations

ROLES = "officer expert commission secretary finance analyst manager ic auditor administrator".split()

# code, kk, ru, en, one of the seven sectors of the Creative Capital Fund, activity classes
SECTORS = [
    ("it", "АТ және ойындар", "ИТ и игры", "IT and games", True, "58.21 58.29 62.01 62.02 63.12"),
    ("film", "Кино, анимация, ТД", "Кино, анимация, ТВ", "Film, animation, TV", True, "59.11 59.12 59.13 59.14 60.20"),
    ("music", "Музыка және дыбыс", "Музыка и звук", "Music and sound", True, "59.20 60.10 32.20 90.01"),
    (
        "media",
        "Медиа және баспа ісі",
        "Медиа и издательство",
        "Media and publishing",
        True,
        "58.11 58.13 58.14 58.19 63.91 74.30 18.20",
    ),
    ("design", "Дизайн және фото", "Дизайн и фото", "Design and photo", True, "74.10 74.20"),
    ("architecture", "Сәулет", "Архитектура", "Architecture", True, "71.11"),
    (
        "fashion",
        "Сән және зергерлік іс",
        "Мода и ювелирное дело",
        "Fashion and jewellery",
        True,
        "14.11 14.12 14.13 14.14 14.19 15.20 32.12",
    ),
    ("crafts", "Қолөнер", "Ремёсла", "Crafts", False, "13.92 13.93 16.29 23.41 31.09"),
    ("advertising", "Жарнама және PR", "Реклама и PR", "Advertising and PR", False, "70.21 73.11 73.12"),
    (
        "stage",
        "Сахна, өнер, іс-шаралар",
        "Сцена, искусство, события",
        "Stage, art, events",
        False,
        "90.02 90.03 90.04 82.30 93.29",
    ),
    (
        "heritage",
        "Білім және мұра",
        "Образование и наследие",
        "Education and heritage",
        False,
        "85.52 91.01 91.02 91.03",
    ),
]
DISTRICTS = [
    ("751110000", "Алмалы ауданы", "Алмалинский район", "Almaly district"),
    ("751210000", "Алатау ауданы", "Алатауский район", "Alatau district"),
    ("751310000", "Әуезов ауданы", "Ауэзовский район", "Auezov district"),
    ("751410000", "Бостандық ауданы", "Бостандыкский район", "Bostandyk district"),
    ("751510000", "Жетісу ауданы", "Жетысуский район", "Zhetysu district"),
    ("751710000", "Медеу ауданы", "Медеуский район", "Medeu district"),
    ("751810000", "Наурызбай ауданы", "Наурызбайский район", "Nauryzbay district"),
    ("751910000", "Түрксіб ауданы", "Турксибский район", "Turksib district"),
]


def seed(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for role in ROLES:
        group.objects.get_or_create(name=role)
    sector, oked = apps.get_model("accounts", "Sector"), apps.get_model("accounts", "Oked")
    for position, (code, kk, ru, en, of_fund, classes) in enumerate(SECTORS):
        row = sector.objects.create(code=code, name_kk=kk, name_ru=ru, name_en=en, of_fund=of_fund, position=position)
        oked.objects.bulk_create([oked(code=c, sector=row) for c in classes.split()])
    district = apps.get_model("accounts", "District")
    district.objects.bulk_create(
        [district(kato=kato, name_kk=kk, name_ru=ru, name_en=en) for kato, kk, ru, en in DISTRICTS]
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_tables"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
