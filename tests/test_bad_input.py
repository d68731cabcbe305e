"""Bad input of every kind that an applicant can type: a clear sentence beside the field, in the reader's language,
and everything that was typed still there. One literal table."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import clock
from grants.actions.call_defaults import fill_with_usual
from grants.models import Application
from questionnaires.models import Question, Section
from tests import factories
from tests.shared import shared

pytestmark = pytest.mark.django_db

CHOICES = [{"value": code, "kk": f"Нұсқа {code}", "ru": f"Вариант {code}", "en": f"Choice {code}"} for code in "abc"]
COLUMN = {"label": {"kk": "Баған", "ru": "Столбец", "en": "Column"}, "is_required": False, "limit": None, "choices": []}
KINDS: dict[str, dict[str, Any]] = {
    "short_text": {"limit": 20},
    "long_text": {"limit": 30},
    "number": {"minimum": 2, "limit": 100},
    "money": {"limit": 1_000_000},
    "date": {},
    "single_choice": {"choices": CHOICES},
    "multiple_choice": {"choices": CHOICES, "limit": 2},
    "link": {},
    "email": {},
    "phone": {},
    "file": {},
    "table": {
        "limit": 2,
        "columns": [{**COLUMN, "key": "pay", "kind": "money"}, {**COLUMN, "key": "who", "kind": "short_text"}],
    },
}
KEYS = {"email": "partner_mail", "phone": "partner_line"}  # not what the profile knows already
LATIN = re.compile(r"[A-Za-z]{3,}")
CYRILLIC = re.compile(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]")
ONLY_KAZAKH = re.compile(r"[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")
LISTS = {"sector", "district", "category", "role", "kind", "country"}  # chosen, not typed
THREE_ROWS = {f"q_table-{n}-who": "Айша" for n in range(3)}
FUTURE = (clock.today() + timedelta(days=400)).strftime("%d.%m.%Y")
EXE = ("смета.pdf", b"MZ" + b"\0" * 3000, "application/pdf")
PAGE = ("смета.pdf", b"<!doctype html><script>alert(1)</script>", "application/pdf")
EMPTY = ("смета.pdf", b"", "application/pdf")
HEIC = ("IMG_1.heic", b"\0\0\0\x18ftypheic" + b"\0" * 2000, "image/heic")

# language, page, field that the sentence stands beside, what is typed
TABLE: list[tuple[str, str, str, dict[str, Any]]] = [
    ("kk", "organisation", "identifier", {"identifier": "850101300120"}),
    ("ru", "organisation", "identifier", {"identifier": "12345"}),
    ("en", "organisation", "identifier", {"identifier": "85010130012x"}),
    ("kk", "organisation", "identifier", {"kind": "ip", "identifier": "8501 0130 0129 5"}),
    ("ru", "organisation", "identifier", {"kind": "llp", "identifier": "850101300129"}),
    ("en", "organisation", "identifier", {"identifier": ""}),
    ("kk", "organisation", "name", {"name": ""}),
    ("ru", "organisation", "name", {"name": "Ы" * 201}),
    ("en", "organisation", "phone", {"phone": "12"}),
    ("kk", "organisation", "phone", {"phone": "телефон жоқ"}),
    ("ru", "organisation", "district", {"district": ""}),
    ("en", "organisation", "kind", {"kind": "martian"}),
    ("kk", "organisation", "country", {"country": "ХХ"}),
    ("ru", "organisation", "identifier", {"country": "TR", "identifier": "№ 5/б"}),
    ("kk", "project", "title", {"title": "Ә" * 201}),
    ("ru", "project", "summary", {"summary": "Ы" * 301}),
    ("en", "project", "amount_requested", {"amount_requested": "two million"}),
    ("kk", "project", "amount_requested", {"amount_requested": "-1"}),
    ("ru", "project", "amount_requested", {"amount_requested": "100"}),
    ("en", "project", "amount_requested", {"amount_requested": "99 000 000"}),
    ("kk", "project", "amount_requested", {"amount_requested": "1e6"}),
    ("ru", "project", "amount_requested", {"amount_requested": "12345678901234567890"}),
    ("en", "project", "amount_requested", {"amount_requested": "1000000,123"}),
    ("kk", "project", "own_amount", {"own_amount": "көп"}),
    ("ru", "project", "own_amount", {"own_amount": "-5"}),
    ("en", "project", "own_amount", {"amount_requested": "2 000 000", "own_amount": "1"}),
    ("kk", "project", "sector", {"sector": "99999"}),
    ("ru", "project", "district", {"district": "Марс"}),
    ("kk", "questions", "q_short_text", {"q_short_text": "ә" * 21}),
    ("ru", "questions", "q_long_text", {"q_long_text": "ы" * 31}),
    ("en", "questions", "q_number", {"q_number": "ten"}),
    ("kk", "questions", "q_number", {"q_number": "2,5"}),
    ("ru", "questions", "q_number", {"q_number": "-3"}),
    ("en", "questions", "q_number", {"q_number": "101"}),
    ("kk", "questions", "q_number", {"q_number": "1"}),
    ("ru", "questions", "q_money", {"q_money": "миллион"}),
    ("en", "questions", "q_money", {"q_money": "1,234"}),
    ("kk", "questions", "q_money", {"q_money": "1 000 001"}),
    ("ru", "questions", "q_date", {"q_date": "31.02.2026"}),
    ("en", "questions", "q_date", {"q_date": "tomorrow"}),
    ("kk", "questions", "q_single_choice", {"q_single_choice": "z"}),
    ("ru", "questions", "q_multiple_choice", {"q_multiple_choice": ["a", "b", "c"]}),
    ("en", "questions", "q_multiple_choice", {"q_multiple_choice": ["a", "q"]}),
    ("kk", "questions", "q_link", {"q_link": "сайтымыз"}),
    ("ru", "questions", "q_link", {"q_link": "javascript:alert(1)"}),
    ("en", "questions", "q_partner_mail", {"q_partner_mail": "name.example.kz"}),
    ("kk", "questions", "q_partner_line", {"q_partner_line": "777"}),
    ("ru", "questions", "q_table", {"q_table-0-pay": "сто тысяч", "q_table-0-who": "Айша"}),
    ("en", "questions", "q_table", THREE_ROWS),
    ("kk", "questions", "q_file", {"q_file": EXE}),
    ("ru", "questions", "q_file", {"q_file": PAGE}),
    ("kk", "budget", "quantity", {"quantity": "үшеу"}),
    ("ru", "budget", "quantity", {"quantity": "0"}),
    ("en", "budget", "quantity", {"quantity": "-2"}),
    ("kk", "budget", "unit_price", {"unit_price": "қымбат"}),
    ("ru", "budget", "unit_price", {"unit_price": "10,999"}),
    ("en", "budget", "unit_price", {"unit_price": "1234567890123"}),
    ("kk", "budget", "grant_amount", {"grant_amount": "-1"}),
    ("ru", "budget", "own_amount", {"own_amount": "пусто"}),
    ("en", "budget", "category", {"category": "yachts"}),
    ("kk", "budget", "supplier_identifier", {"supplier_identifier": "250440000111"}),
    ("ru", "budget", "supplier_identifier", {"supplier_identifier": "2504"}),
    ("en", "budget", "item", {"item": "x" * 201}),
    ("kk", "plan", "due_on", {"due_on": "30.02.2027"}),
    ("ru", "plan", "due_on", {"due_on": "01.01.2020"}),
    ("en", "plan", "due_on", {"due_on": "01.01.2099"}),
    ("kk", "plan", "title", {"title": "ә" * 201}),
    ("ru", "plan", "proof", {"proof": "ы" * 201}),
    ("kk", "documents", "file", {"file": EXE}),
    ("ru", "documents", "file", {"file": PAGE}),
    ("en", "documents", "file", {"file": EMPTY}),
    ("ru", "documents", "file", {"file": HEIC}),
    ("kk", "help", "text", {"text": ""}),
    ("ru", "help", "text", {"text": "ы" * 2001}),
    ("kk", "ask", "text", {"text": ""}),
    ("en", "ask", "text", {"text": "x" * 2001}),
    ("ru", "members", "email", {"email": "коллега", "role": "editor"}),
    ("en", "members", "role", {"role": "emperor"}),
    ("kk", "bank", "iban", {"iban": "KZ85125KZT5004100100"}),
    ("ru", "bank", "iban", {"iban": "DE89 3704 0044 0532 0130 00"}),
    ("en", "bank", "iban", {"iban": "KZ86 125K"}),
    ("en", "bank", "bic", {"iban": "KZ86125KZT5004100100", "bic": "SABRRUMM"}),
    ("en", "bank", "bank_name", {"iban": "KZ699990000000000001", "bic": "CASPKZKA"}),
]


@shared
def draft() -> Application:
    officer = factories.make_user(roles=["officer"])
    call = fill_with_usual(factories.make_draft_call(), by=officer)
    section = Section.objects.get(questionnaire=call.questionnaire)
    for position, (kind, bounds) in enumerate(KINDS.items(), start=10):
        labels = {"label_kk": f"Мына сұраққа: {kind}", "label_ru": f"Вопрос: {kind}", "label_en": f"Question: {kind}"}
        Question.objects.create(
            section=section,
            key=KEYS.get(kind, kind),
            kind=kind,
            position=position,
            is_required=False,
            **labels,
            **bounds,
        )
    return factories.make_draft(call=factories.publish(call), amount=4_000_000)


def page_of(draft: Application, page: str) -> tuple[str, str, dict[str, Any]]:
    """(address, prefix of the field's name, what else a browser sends with it)."""
    if page == "organisation":
        sector = draft.sector_id
        right = {"kind": "ip", "name": "ЖК «Айым»", "identifier": "850101300129", "country": "KZ", "sector": sector}
        return reverse("accounts:organisation_create"), "", {**right, "district": draft.district_id, "phone": ""}
    if page == "ask":
        return reverse("grants:call_ask", args=[draft.call.public_id]), "", {}
    if page == "help":
        return reverse("grants:help_ask", args=[draft.public_id, "project"]), "", {}
    if page == "members":
        return reverse("accounts:organisation_members", args=[draft.organisation.public_id]), "", {"language": "kk"}
    if page == "bank":
        address = reverse("accounts:bank_account", args=[draft.organisation.public_id])
        return address, "", {"is_holder_confirmed": "on"}
    if page in ("budget", "plan"):
        return _card(draft, page)
    names = {"project": "project", "questions": "questions-0"}
    if page in names:
        return reverse("grants:application_section", args=[draft.public_id, names[page]]), "", {}
    requirement = draft.call.requirements.filter(stage="application").first()
    return reverse("grants:application_documents", args=[draft.public_id]), "", {"requirement": requirement.key}


def _card(draft: Application, page: str) -> tuple[str, str, dict[str, Any]]:
    noun, rows = ("line", draft.budget_lines) if page == "budget" else ("milestone", draft.milestones)
    row = rows.first()
    sent = {noun: [row.public_id], f"rev_{noun}_{row.public_id}": str(row.rev)}
    return reverse(f"grants:application_{page}", args=[draft.public_id]), f"{noun}_{row.public_id}-", sent


def upload(name: str, content: bytes, media_type: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=media_type)


def sentence_beside(page: str, field: str) -> str:
    """The words of the element that the field is described by."""
    found = re.search(rf'id="[^"]*{re.escape(field)}_error"[^>]*>(.*?)</div>', page, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[1])).split()) if found else ""


def kept_texts(field: str, typed: dict[str, Any]) -> list[str]:
    """What must stand in the page again: all texts but a choice that no list has, and never a file."""
    values = [value for name, value in typed.items() if not (name == field and field in LISTS)]
    lists = [value if isinstance(value, list) else [value] for value in values if not isinstance(value, tuple)]
    return [text for one in lists for text in one]


def is_in(language: str, sentence: str) -> bool:
    """Whether a sentence is in the reader's language, by its letters."""
    if language == "en":
        return bool(LATIN.search(sentence))
    return bool(CYRILLIC.search(sentence)) and bool(ONLY_KAZAKH.search(sentence)) == (language == "kk")


@pytest.mark.parametrize(
    ("language", "where", "field", "typed"), TABLE, ids=[f"{n} {p} {f}" for n, (_l, p, f, _t) in enumerate(TABLE)]
)
def test_bad_input_is_answered_beside_its_field_and_nothing_is_lost(draft, language, where, field, typed):
    client = Client()
    client.force_login(draft.created_by)
    address, prefix, also = page_of(draft, where)
    sent = {f"{prefix}{name}": upload(*value) if isinstance(value, tuple) else value for name, value in typed.items()}

    answer = client.post(address.replace("/kk/", f"/{language}/"), {**also, **sent})

    shown = answer.content.decode()
    sentence = sentence_beside(shown, f"{prefix}{field}")
    assert answer.status_code in (200, 400)
    assert sentence != ""
    assert is_in(language, sentence), sentence
    assert [text for text in kept_texts(field, typed) if html.escape(text) not in shown] == []


def test_the_table_has_every_page_and_at_least_sixty_cases():
    assert len(TABLE) >= 60
    assert {page for _language, page, _field, _typed in TABLE} == {
        *("organisation", "project", "questions", "budget", "plan", "documents", "help", "ask", "members", "bank"),
    }
