"""IIN, BIN and IBAN of Kazakhstan, and phones of any country.

An identifier is REFUSED only for its format or its check digit. Odd dates, century or type digits are WARNINGS: since
Government Resolution 853 of 26.08.2013 the digits of an IIN are officially not tied to birth date or sex.
"""

import re
from dataclasses import dataclass, field
from datetime import date

import phonenumbers
from stdnum import iban as stdnum_iban
from stdnum.exceptions import ValidationError as NotAnIban

FIRST_PASS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
SECOND_PASS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
CENTURY = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
BIN_TYPES = "456"
BIN_UNITS = "0123"
MISTYPED = re.compile(r"[\s\u00a0\u202f\u2009\-\u2010-\u2014]")


@dataclass(frozen=True)
class Identifier:
    """The cleaned value, an error code ('' when it is right: format, checksum, unassignable), and warnings."""

    value: str
    error: str = ""
    warnings: tuple[str, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether the value may be kept."""
        return not self.error


def control_digit(first_eleven: str) -> int | None:
    """Weights 1..11 modulo 11, then 3..11,1,2; None where both give 10: such a number is never issued."""
    digits = [int(c) for c in first_eleven]
    for weights in (FIRST_PASS, SECOND_PASS):
        remainder = sum(d * w for d, w in zip(digits, weights, strict=True)) % 11
        if remainder < 10:
            return remainder
    return None


def _twelve_digits(raw: str) -> Identifier:
    value = MISTYPED.sub("", raw or "")
    if not re.fullmatch(r"[0-9]{12}", value) or len(set(value)) == 1:
        return Identifier(value, "format")
    expected = control_digit(value[:11])
    if expected is None:
        return Identifier(value, "unassignable")
    return Identifier(value, "" if expected == int(value[11]) else "checksum")


def check_iin(raw: str, *, today: date) -> Identifier:
    """A natural person's number (also of an ИП and of a self-employed person)."""
    found = _twelve_digits(raw)
    if not found.ok:
        return found
    value = found.value
    if value[4] in BIN_TYPES and "01" <= value[2:4] <= "12":
        return Identifier(value, warnings=("looks_like_bin",))
    if value[6] not in CENTURY:
        return Identifier(value, warnings=("century_digit",))
    try:
        born = date(CENTURY[value[6]] + int(value[:2]), int(value[2:4]), int(value[4:6]))
    except ValueError:
        return Identifier(value, warnings=("date",))
    return Identifier(value, warnings=("future_date",) if born > today else ())


def check_bin(raw: str, *, today: date) -> Identifier:
    """A legal entity's number (ТОО, АО, NPO; branches and joint ИП too)."""
    found = _twelve_digits(raw)
    if not found.ok:
        return found
    value = found.value
    if value[4] not in BIN_TYPES:
        return Identifier(value, warnings=("looks_like_iin" if value[4] in "0123" else "type_digit",))
    if not "01" <= value[2:4] <= "12":
        return Identifier(value, warnings=("month",))
    return Identifier(value, warnings=() if value[5] in BIN_UNITS else ("unit_digit",))


def check_iban(raw: str) -> Identifier:
    """A Kazakh account number (ИИК / ЖСК): KZ, two check digits, three of the bank, thirteen more; modulo 97."""
    value = MISTYPED.sub("", raw or "").upper()
    if not re.fullmatch(r"KZ[0-9]{2}[0-9]{3}[0-9A-Z]{13}", value):
        return Identifier(value, "format")
    try:
        stdnum_iban.validate(value)
    except NotAnIban:
        return Identifier(value, "checksum")
    return Identifier(value)


def normalise_phone(raw: str) -> str | None:
    """E.164 of a phone of any country; «8 701 …» and «7 701 …» are read as Kazakhstan's; None where impossible."""
    digits = re.sub(r"[^0-9+]", "", (raw or "").replace("(0)", ""))
    if re.fullmatch(r"8[0-9]{10}", digits):
        digits = "+7" + digits[1:]
    elif re.fullmatch(r"7[0-9]{10}", digits):
        digits = "+" + digits
    elif re.fullmatch(r"8[0-9]{9}", digits):
        return None  # the prefix 8 and one digit too few; the library would take the 8 into the number
    try:
        number = phonenumbers.parse(digits, "KZ")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
