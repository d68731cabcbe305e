"""Facts that the profile and the typed columns already know: no question may ask for them again, by key or by words.

The lists are reviewed by hand: a phrase must mean the applicant's own fact and nothing else, in Kazakh, Russian or
English, because it stops publishing. A declaration is let through: it confirms a fact, it does not ask for it. So are
columns of a table: they name other people and other works.
"""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from questionnaires.formulas.shape import Question

# fact: (its name in words, keys that mean it, phrases that mean it)
KNOWN: dict[str, tuple[str | Promise, set[str], str]] = {
    "name": (
        _("the applicant's name"),
        {"name", "organisation", "organization", "applicant", "company", "organisation_name", "company_name"},
        (
            r"(полное )?(наименование|название) (вашей )?(организации|заявителя|компании|студии|юрлица)"
            r"|(ұйым|өтінім беруші|өтініш беруші|компания|студия)\w*( толық)? (атауы|аты)\w*"
            r"|(full )?name of (the |your )?(organisation|organization|applicant|company|studio)"
            r"|(organisation|organization|applicant|company|studio) name"
        ),
    ),
    "identifier": (
        _("the IIN or BIN"),
        {"iin", "bin", "iin_bin", "bin_iin", "identifier", "tax_number"},
        r".*\b(иин|бин|жсн|бсн|iin|bin)\b.*",
    ),
    "head": (
        _("the head of the organisation"),
        {"head", "head_name", "head_iin", "director_name"},
        (
            r"((фио|имя|имя и фамилия|кто|как зовут) )?(первого )?руководител\w+( организации| компании)?"
            r"|((ұйым|компания)\w* )?басшы\w*( аты-жөні| аты| тегі)?"
            r"|(name of )?(the )?head( of (the |your )?(organisation|organization|company))?"
        ),
    ),
    "district": (
        _("the district"),
        {"district", "city_district"},
        (
            r"(в каком )?район( алматы| города)?( вы работаете)?|(қай |алматының |қала )?аудан\w*( жұмыс істейсіз)?"
            r"|(which )?district( of almaty)?( do you work in)?"
        ),
    ),
    "sector": (
        _("the creative sector"),
        {"sector", "industry", "creative_sector", "creative_industry"},
        (
            r"((ваш|ваша|какая|какой) )?(креативн\w+ )?(сектор|индустрия|отрасль)"
            r"|(қай )?(креативті )?(сектор|индустрия|сала)\w{0,3}|(your |which )?(creative )?(sector|industry)"
        ),
    ),
    "phone": (
        _("the phone"),
        {"phone", "telephone", "mobile", "phone_number", "contact_phone"},
        (
            r"(ваш |контактный |мобильный |номер )*телефон\w{0,2}( для связи)?"
            r"|(байланыс |ұялы |сіздің )*телефон\w{0,5}( нөмір\w*)?|(your |contact |mobile )*(tele)?phone( number)?"
        ),
    ),
    "email": (
        _("the e-mail"),
        {"email", "e_mail", "mail", "contact_email"},
        (
            r"(ваш[а]? |ваш адрес |адрес )*(электронн\w+ )?(почт\w|e-?mail)( для связи)?"
            r"|(сіздің )?(электронд\w+ )?(пошта|e-?mail)\w{0,7}( мекенжай\w*)?|(your |contact )*e-?mail( address)?"
        ),
    ),
    "title": (
        _("the title of the project"),
        {"title", "project_title", "project_name"},
        (
            r"(рабочее |полное )?(название|наименование)( вашего)? проекта|как называется( ваш)? проект"
            r"|жоба\w{0,5}( атауы| аты)\w*|(title|name) of (the |your )?project|project (title|name)"
        ),
    ),
    "summary": (
        _("the project in short"),
        {"summary", "short_description", "project_summary", "in_short"},
        (
            r"(проект кратко|кратко о проекте|краткое описание( вашего)?( проекта)?|опишите проект кратко)"
            r"|жоба( туралы)? қысқаша\w*|қысқаша жоба туралы"
            r"|(the |your )?project in short|(short (description|summary)|summary)( of (the |your )?project)?"
        ),
    ),
    "amount": (
        _("the sum asked for"),
        {"sum", "amount", "amount_requested", "requested_amount", "grant_amount"},
        (
            r"(запрашиваемая|запрошенная) сумма.*|сумма (гранта|заявки)"
            r"|сколько (денег |средств )?(вы )?(просите|запрашиваете).*"
            r"|сұра(лған|латын|йтын) сома\w*|грант сомасы\w*|қанша (ақша |қаражат )?сұрайсыз.*"
            r"|(requested|grant) amount|amount (asked|requested).*|how much (money )?do you (ask|request)( for)?.*"
        ),
    ),
    "own_amount": (
        _("the own share"),
        {"own_amount", "own_share", "own_money", "own_contribution", "cofinancing", "co_financing"},
        (
            r"(сумма |размер |доля )?(ваш\w+ )?собственн\w+ (средств\w*|дол\w+|вклад\w*|деньги|денег)( в проекте)?"
            r"|софинансирование|меншікті (қаражат|үлес)\w*|өз (үлес|қаражат)\w*|қоса қаржыландыру"
            r"|own (money|share|contribution|funds)( in the project)?|co-?financing"
        ),
    ),
}
EXEMPT = frozenset({"declaration", "file", "calculated"})
PUNCTUATION = re.compile(r"[«»\"'?!.:,;()*…]+")
PHRASES = {fact: re.compile(phrases) for fact, (_words, _keys, phrases) in KNOWN.items()}


def repeated_fact(question: Question) -> str | Promise | None:
    """The fact, in words, that a question asks for again; None where it asks something new."""
    if question["kind"] in EXEMPT:
        return None
    labels = [plain_words(text) for text in question["label"].values() if text]
    for fact, (words, keys, _phrases) in KNOWN.items():
        if question["key"] in keys or any(PHRASES[fact].fullmatch(label) for label in labels):
            return words
    return None


def plain_words(text: str) -> str:
    """Small letters, no punctuation, single spaces."""
    return " ".join(PUNCTUATION.sub(" ", text.casefold().replace("ё", "е")).split())
