"""IIN, BIN, IBAN and BIC as they are typed: the browser gives the verdict of Python, and says it beside the field."""

import json
import random
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.models import BankAccount
from core.identifiers import check_bic, check_bin, check_iban, check_iin, control_digit
from tests.core.test_identifiers import INVALID, VALID, WARNED
from tests.factories import make_organisation, make_user

TODAY = date(2026, 3, 1)
SCRIPT = Path(settings.BASE_DIR) / "static" / "js" / "identifiers.js"
SPACES = ["\u00a0", "\u202f", "\u2009", "\u2011", "\ufeff", "\x85", "\x1c", " ", "-", "\u0669", "\u200b"]
IBANS = [
    "KZ86125KZT5004100100",
    "kz86 125k zt50 0410 0100",
    "KZ85125KZT5004100100",
    "KZ86125KZT500410010",
    "RU86125KZT5004100100",
    "KZ86A25KZT5004100100",
    "KZ123456789012345678",
    "",
]
BICS = [
    "CASPKZKA",
    "casp kzka",
    "HSBKKZKX",
    "ZAJSKZ22",
    "CASPKZKAXXX",
    "SABRRUMM",
    "C4SPKZKA",
    "CASPKZK",
    "КASPKZKA",
    "",
]


def generated() -> list[tuple[str, str]]:
    """The vectors, the same with odd signs in between, and numbers whose last digit mostly fits."""
    dice = random.Random(20260301)  # the same ones in each run
    numbers = [*VALID, *((kind, raw) for kind, raw, _error in INVALID)]
    numbers += [(kind, first + str(control_digit(first))) for kind, first, _warning in WARNED]
    for _n in range(1500):
        kind, first = dice.choice(["iin", "bin"]), "".join(dice.choices("0123456789", k=11))
        digit = control_digit(first)
        numbers.append((kind, first + (str(digit) if digit is not None and dice.random() < 0.9 else "0")))
    for year in (1899, 1900, 1904, 2000, 2024, 2100):
        for day in ("0228", "0229", "0230", "0431", "1231", "1301", "0100"):
            first = f"{year % 100:02d}{day}{dice.choice('123456')}0000"
            digit = control_digit(first)
            numbers += [("iin", f"{first}{digit}")] if digit is not None else []
    numbers += [(kind, f"{raw[:4]}{dice.choice(SPACES)}{raw[4:]}") for kind, raw in numbers[:200]]
    numbers += [("iban", raw) for raw in IBANS] + [("bic", raw) for raw in BICS]
    numbers += [("iban", _iban(dice)) for _n in range(300)]
    return numbers


def _iban(dice: random.Random) -> str:
    """Every check pair over random accounts; about one in a hundred is right, and some of 00, 01, 99 would fit."""
    account = "".join(dice.choices("0123456789", k=3)) + "".join(dice.choices("0123456789ABCXYZ", k=13))
    rest = int("".join(str(int(sign, 36)) for sign in account + "KZ00")) % 97
    digits = dice.choice([98 - rest, (98 - rest + 97) % 100, dice.randrange(100)])
    return f"KZ{digits:02d}{account}"


def by_python(kind: str, raw: str) -> list:
    found = {
        "iin": lambda: check_iin(raw, today=TODAY),
        "bin": lambda: check_bin(raw, today=TODAY),
        "iban": lambda: check_iban(raw),
        "bic": lambda: check_bic(raw),
    }[kind]()
    return [found.value, found.error, list(found.warnings)]


@pytest.mark.browser
def test_the_browser_gives_the_verdict_of_python(page):
    numbers = generated()
    page.goto("about:blank")
    page.evaluate(SCRIPT.read_text())

    said = page.evaluate(
        """numbers => numbers.map(([kind, raw]) => {
            const found = window.identifiers[kind](raw, "2026-03-01");
            return [found.value, found.error, found.warnings];
        })""",
        json.loads(json.dumps(numbers)),
    )

    wrong = [(n, js, by_python(*n)) for n, js in zip(numbers, said, strict=True) if js != by_python(*n)]
    assert wrong == []
    assert {py[1] for py in map(by_python, *zip(*numbers, strict=True))} == {"", "format", "checksum", "unassignable"}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_is_wrong_or_odd_is_said_beside_the_field_while_it_is_typed(page, live_server, client):
    client.force_login(make_user("typing@example.test", language="ru"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    with override("ru"):
        page.goto(live_server.url + reverse("accounts:organisation_create"))
    field, said = page.locator("#id_identifier"), page.locator("#id_identifier_check")

    def typed(number: str) -> str:
        field.fill(number)
        return said.inner_text() if said.count() and said.is_visible() else ""

    page.locator("input[name=kind][value=person]").check()
    heard = [typed("2504400"), typed("250440000005"), typed("250440000004"), typed("910228400006")]
    page.locator("input[name=kind][value=llp]").check()
    heard.append(typed("850615300000"))
    page.locator("#id_country").select_option("UZ")
    heard.append(typed("AA12"))

    assert [bool(words) for words in heard] == [False, True, True, False, True, False]
    assert "БИН" in heard[2]
    assert "ИИН" in heard[4]
    assert field.get_attribute("inputmode") == "text"
    assert field.get_attribute("aria-describedby").endswith("id_identifier_check")


def signed_in_page(page, live_server, client, person) -> None:
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_account_number_is_judged_as_it_is_typed_and_proposes_its_bank(page, live_server, client):
    person = make_user("paid@example.test", language="kk")
    organisation = make_organisation(person)
    signed_in_page(page, live_server, client, person)
    with override("kk"):
        page.goto(live_server.url + reverse("accounts:bank_account", args=[organisation.public_id]))
    number, bank, code = page.locator("#id_iban"), page.locator("#id_bank_name"), page.locator("#id_bic")

    def typed(field, text: str) -> str:
        field.fill(text)
        said = page.locator(f"#{field.get_attribute('id')}_check")
        return said.inner_text() if said.is_visible() else ""

    heard = [bool(typed(number, text)) for text in ("KZ86 125", "KZ85125KZT5004100100", "kz86 125k zt50 0410 0100")]
    proposed = [bank.input_value(), code.input_value()]
    bank.fill("Менің банкім")
    typed(number, "KZ41722C000000000001")
    mended = [bank.input_value(), code.input_value()]
    wrong = [bool(typed(code, text)) for text in ("SABRRUMM", "CASPKZKA")]
    page.locator("[name=is_holder_confirmed]").check()
    with page.expect_navigation():
        page.locator("main form button.btn-primary").click()

    account = BankAccount.objects.get(organisation=organisation)
    assert (heard, proposed) == ([False, True, False], ["ҚР Ұлттық Банкі", "NBRKKZKX"])
    assert (mended, wrong) == (["Менің банкім", "CASPKZKA"], [True, False])
    assert (account.iban, account.bic, account.bank_name) == ("KZ41722C000000000001", "CASPKZKA", "Менің банкім")
