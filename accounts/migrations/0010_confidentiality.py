"""The confidentiality undertaking that an expert accepts before the first paper: a new kind of text, its first version.

Written for the experts of a grant call: what is read stays secret (personal data, commercial secrets of applicants),
nothing is copied out, used for oneself or told; it holds after the work has ended. A lawyer of Almaty Creative reads
it before launch: a new version is a new row, and experts are asked again.
"""

from django.db import migrations, models

KK = (
    "Мен сарапшы ретінде оқитын өтінімдер мен құжаттардың, басқа сарапшылардың бағалары мен пікірлерінің және "
    "комиссияға дейінгі нәтижелердің құпиялығын сақтауға міндеттенемін. Атап айтқанда: оларды ешкімге бермеймін, "
    "көрсетпеймін және айтпаймын; көшірме жасамаймын, өз жұмысымда немесе үшінші тұлғалар үшін пайдаланбаймын, "
    "сыртқы сервистерге, оның ішінде жасанды интеллект құралдарына жүктемеймін; дербес деректерді тек бағалау үшін "
    "қолданамын; өтінім берушілермен өтінім туралы портал арқылы ғана байланысамын; мүдделер қақтығысы болса, бірден "
    "хабарлаймын. Бұл міндеттеме жұмыс аяқталғаннан кейін де күшінде қалады. Оны бұзғаным үшін Қазақстан "
    "Республикасының заңы бойынша жауап беретінімді білемін."
)
RU = (
    "Как эксперт я обязуюсь хранить в тайне заявки и документы, которые читаю, оценки и мнения других экспертов и "
    "результаты до решения комиссии. А именно: никому их не передавать, не показывать и не пересказывать; не делать "
    "копий, не использовать в своей работе или для третьих лиц, не загружать во внешние сервисы, в том числе в "
    "средства искусственного интеллекта; использовать персональные данные только для оценки; общаться с заявителями "
    "о заявке только через портал; сразу сообщать о конфликте интересов. Обязательство действует и после окончания "
    "работы. Я знаю, что за его нарушение отвечаю по закону Республики Казахстан."
)
EN = (
    "As an expert I undertake to keep secret the applications and documents that I read, the scores and opinions of "
    "other experts, and the results until the commission decides. That is: I hand, show and tell them to nobody; I "
    "make no copies, do not use them in my own work or for others, and upload them to no outside service, tools of "
    "artificial intelligence included; I use personal data for scoring alone; I speak with applicants about an "
    "application through the portal only; I report a conflict of interest at once. The undertaking holds after the "
    "work has ended. I know that I answer for a breach of it by the law of the Republic of Kazakhstan."
)


def seed(apps, schema_editor):
    consent_text = apps.get_model("accounts", "ConsentText")
    consent_text.objects.create(kind="confidentiality", version=1, text_kk=KK, text_ru=RU, text_en=EN)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_labels")]
    operations = [
        migrations.AlterField(
            model_name="consenttext",
            name="kind",
            field=models.CharField(
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
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
