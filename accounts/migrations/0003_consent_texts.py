"""Seeds the first version of each consent text, in Kazakh, Russian and English.

Written for Law 94-V of 21.05.2013 «On personal data and their protection»: purpose, list, recipients, term,
withdrawal; publication is a consent of its own. A lawyer of Almaty Creative reads them before launch: a new version
is a new row. The confidentiality undertaking is an expert's, accepted before the first paper: it holds after the work
has ended, and a new version is asked for again.
"""

from django.db import migrations

TEXTS = {
    "personal_data": (
        "Мен «Almaty Creative» креативті индустрияларды дамыту орталығы» ЖШС-ға өтінімімді қарау, шешім қабылдау, "
        "шарт жасасу және есептілік мақсатында дербес деректерімді (аты-жөнім, ЖСН, байланыс деректерім, ұйымым мен "
        "жобам туралы мәліметтер) жинауға және өңдеуге келісім беремін. Деректерді орталық қызметкерлері, сарапшылар "
        "мен комиссия мүшелері өз міндеттері шегінде көреді. Деректер заңда белгіленген мерзім ішінде Қазақстанда "
        "сақталады. Келісімді порталда немесе жазбаша түрде кез келген уақытта қайтарып ала аламын; бұл оған дейінгі "
        "өңдеудің заңдылығына әсер етпейді.",
        "Я даю согласие ТОО «Центр развития креативных индустрий «Almaty Creative» на сбор и обработку моих "
        "персональных данных (имя, ИИН, контакты, сведения о моей организации и проекте) для рассмотрения заявки, "
        "принятия решения, заключения договора и отчётности. Данные видят сотрудники центра, эксперты и члены "
        "комиссии в пределах своих обязанностей. Данные хранятся в Казахстане в сроки, установленные законом. "
        "Согласие можно отозвать в любое время на портале или письменно; это не влияет на законность обработки до "
        "отзыва.",
        "I agree that LLP «Centre for the Development of Creative Industries «Almaty Creative» collects and processes "
        "my personal data (name, IIN, contacts, facts about my organisation and project) to consider my application, "
        "decide on it, conclude a contract and report. Staff of the centre, experts and commission members see the "
        "data within their duties. The data are kept in Kazakhstan for the terms set by law. I may withdraw this "
        "consent at any time on the portal or in writing; processing before that stays lawful.",
    ),
    "publication": (
        "Мен жобам туралы фотосуреттер мен әңгімелерді порталда және «Almaty Creative» арналарында жариялауға келісім "
        "беремін. Бұл келісім өз еркіммен беріледі, шешімге әсер етпейді және кез келген уақытта қайтарып алынады. "
        "Грант берілсе, алушының атауы, жоба, сома және күн бұл келісімсіз де жарияланады: бұл конкурс шарттарында "
        "айтылған.",
        "Я согласен на публикацию фотографий и историй о моём проекте на портале и в каналах Almaty Creative. Это "
        "согласие добровольное, не влияет на решение и может быть отозвано в любое время. Если грант присуждён, "
        "получатель, проект, сумма и дата публикуются и без этого согласия: так сказано в условиях конкурса.",
        "I agree that photos and stories of my project are published on the portal and in the channels of Almaty "
        "Creative. This consent is voluntary, does not influence the decision and may be withdrawn at any time. If a "
        "grant is awarded, recipient, project, sum and date are published without this consent: the call says so.",
    ),
    "declaration": (
        "Өтінімдегі мәліметтердің дұрыс екенін; осы шығындар бюджеттен басқа бағдарлама бойынша төленбегенін; "
        "банкроттық, тарату рәсімі немесе шоттарға тыйым салу жоқ екенін; ұйымдастырушыда жұмыс істемейтінімді және "
        "комиссиямен, сарапшылармен байланысым жоқ екенін растаймын.",
        "Подтверждаю, что сведения в заявке верны; эти расходы не оплачены из бюджета по другой программе; нет "
        "банкротства, ликвидации и ареста счетов; я не работаю у организатора и не связан с комиссией и экспертами.",
        "I confirm that the facts in the application are true; that these costs are not paid from the budget under "
        "another programme; that there is no bankruptcy, liquidation or frozen account; that I do not work for the "
        "organiser and am not connected with the commission or the experts.",
    ),
    "confidentiality": (
        "Мен сарапшы ретінде оқитын өтінімдер мен құжаттардың, басқа сарапшылардың бағалары мен пікірлерінің және "
        "комиссияға дейінгі нәтижелердің құпиялығын сақтауға міндеттенемін. Атап айтқанда: оларды ешкімге бермеймін, "
        "көрсетпеймін және айтпаймын; көшірме жасамаймын, өз жұмысымда немесе үшінші тұлғалар үшін пайдаланбаймын, "
        "сыртқы сервистерге, оның ішінде жасанды интеллект құралдарына жүктемеймін; дербес деректерді тек бағалау үшін "
        "қолданамын; өтінім берушілермен өтінім туралы портал арқылы ғана байланысамын; мүдделер қақтығысы болса, бірден "
        "хабарлаймын. Бұл міндеттеме жұмыс аяқталғаннан кейін де күшінде қалады. Оны бұзғаным үшін Қазақстан "
        "Республикасының заңы бойынша жауап беретінімді білемін.",
        "Как эксперт я обязуюсь хранить в тайне заявки и документы, которые читаю, оценки и мнения других экспертов и "
        "результаты до решения комиссии. А именно: никому их не передавать, не показывать и не пересказывать; не делать "
        "копий, не использовать в своей работе или для третьих лиц, не загружать во внешние сервисы, в том числе в "
        "средства искусственного интеллекта; использовать персональные данные только для оценки; общаться с заявителями "
        "о заявке только через портал; сразу сообщать о конфликте интересов. Обязательство действует и после окончания "
        "работы. Я знаю, что за его нарушение отвечаю по закону Республики Казахстан.",
        "As an expert I undertake to keep secret the applications and documents that I read, the scores and opinions of "
        "other experts, and the results until the commission decides. That is: I hand, show and tell them to nobody; I "
        "make no copies, do not use them in my own work or for others, and upload them to no outside service, tools of "
        "artificial intelligence included; I use personal data for scoring alone; I speak with applicants about an "
        "application through the portal only; I report a conflict of interest at once. The undertaking holds after the "
        "work has ended. I know that I answer for a breach of it by the law of the Republic of Kazakhstan.",
    ),
}


def seed(apps, schema_editor):
    consent_text = apps.get_model("accounts", "ConsentText")
    for kind, (kk, ru, en) in TEXTS.items():
        consent_text.objects.create(kind=kind, version=1, text_kk=kk, text_ru=ru, text_en=en)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_reference_rows")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
