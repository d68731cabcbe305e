"""The link in the square code of a fiscal receipt of Kazakhstan: what it says for certain, and nothing more.

Cash registers print an address of their operator of fiscal data with four parameters: `i` the fiscal sign, `f` the
register's number at the tax authority, `s` the sum in tenge, `t` the moment (YYYYMMDDThhmmss). The form was read off
printed receipts and public code of three operators: Kazakhtelecom (consumer.oofd.kz), KazTransCom and Jusan Mobile
(cabinet.kofd.kz/consumer, consumer.kofd.kz), Transtelecom (ofd1.kz/t/). Other addresses of theirs carry other
parameters under the same letters, and other countries print alike ones: of these nothing is taken. A value that could
be read in two ways is left empty: the person types it from the paper.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import SplitResult, parse_qs, urlsplit

LONGEST = 500  # of a link, in characters
# Host -> the paths under which the four parameters mean what they mean here.
OPERATORS = {
    "consumer.oofd.kz": {"", "/"},
    "cabinet.kofd.kz": {"/consumer", "/consumer/"},
    "consumer.kofd.kz": {"", "/", "/consumer", "/consumer/"},
    "ofd1.kz": {"/t", "/t/"},
    "www.ofd1.kz": {"/t", "/t/"},
}
SUM = re.compile(r"(?P<whole>[0-9]{1,12})(?:[.,](?P<part>[0-9]{1,2})0*)?")
MOMENT = re.compile(r"[0-9]{8}T[0-9]{4}(?:[0-9]{2})?")
SIGN = re.compile(r"[0-9]{4,20}")
REGISTER = re.compile(r"[0-9]{12}")
FIRST = date(2015, 1, 1)  # registers that send their receipts to an operator came with 2015


@dataclass(frozen=True)
class FiscalLink:
    """What a link proposes: a day, a sum in tenge, fiscal sign and register; None or "" where it is not certain.

    `is_known`: it is the address of an operator that we read. `key` names the receipt for ever, "" where it cannot.
    """

    is_known: bool = False
    spent_on: date | None = None
    amount: Decimal | None = None
    sign: str = ""
    register: str = ""

    @property
    def key(self) -> str:
        """Register and sign: the same on every copy of one receipt, whatever else the link says."""
        return f"{self.register}:{self.sign}" if self.register and self.sign else ""


def read_link(text: str, *, today: date) -> FiscalLink:
    """Reads what a phone's camera or a person put in; anything that is not an operator's link gives an empty one.

    A day after `today` is not proposed: it is a mistake of the register's clock or of the link.
    """
    address = _split(text)
    if address is None or address.path not in OPERATORS.get((address.hostname or "").lower(), set()):
        return FiscalLink()
    said = parse_qs(address.query, keep_blank_values=True, max_num_fields=20)
    return FiscalLink(
        is_known=True,
        spent_on=_day(_once(said, "t"), today),
        amount=_sum(_once(said, "s")),
        sign=_matching(SIGN, _once(said, "i")),
        register=_matching(REGISTER, _once(said, "f")),
    )


def _split(text: str) -> SplitResult | None:
    text = text.strip()
    if len(text) > LONGEST or not text.lower().startswith(("http://", "https://")) or not text.isascii():
        return None
    try:
        address = urlsplit(text)
        return address if address.port in (None, 80, 443) and address.query.count("&") < 20 else None
    except ValueError:  # a bad port or a bad bracket: not an address
        return None


def _once(said: dict[str, list[str]], name: str) -> str:
    """The value that stands there, "" where none or two different ones do."""
    values = set(said.get(name, []))
    return values.pop() if len(values) == 1 else ""


def _matching(pattern: re.Pattern[str], value: str) -> str:
    return value if pattern.fullmatch(value) else ""


def _sum(value: str) -> Decimal | None:
    """«13507.0», «1081,00», «15443.72» in tenge; thousands are never grouped in a link, so one mark is the comma."""
    found = SUM.fullmatch(value)
    if found is None:
        return None
    amount = Decimal(f"{found['whole']}.{(found['part'] or '0').ljust(2, '0')}")
    return amount if amount > 0 else None


def _day(value: str, today: date) -> date | None:
    if not MOMENT.fullmatch(value):
        return None
    try:
        day = datetime.strptime(value[:13], "%Y%m%dT%H%M").date()  # noqa: DTZ007 (the wall clock of the shop)
    except ValueError:
        return None
    return day if FIRST <= day <= today else None
