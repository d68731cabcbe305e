"""IIN, BIN, IBAN and BIC of Kazakhstan, and phones of any country.

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
    born = birth_hint(value)
    if born is None:
        return Identifier(value, warnings=("date",))
    return Identifier(value, warnings=("future_date",) if born > today else ())


def birth_hint(iin: str) -> date | None:
    """The date inside an IIN: a hint, never a fact, since the digits are officially not tied to the birth date."""
    if not re.fullmatch(r"[0-9]{12}", iin) or iin[6] not in CENTURY:
        return None
    try:
        return date(CENTURY[iin[6]] + int(iin[:2]), int(iin[2:4]), int(iin[4:6]))
    except ValueError:
        return None


def maybe_minor(iin: str, *, today: date) -> bool:
    """Whether the date inside an IIN says «under 18» today; the person may say that it is wrong."""
    born = birth_hint(iin)
    return born is not None and born <= today and is_minor(born, today=today)


def is_minor(born: date, *, today: date) -> bool:
    """Under 18 years of age: one comes of age on the birthday; who was born on 29 February, on 1 March."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < 18


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
    if value[2:4] in ("00", "01", "99"):  # 97, 98 and 02 written otherwise: no bank issues them
        return Identifier(value, "checksum")
    return Identifier(value)


def readable_iban(iban: str) -> str:
    """An account number as banks print it, in groups of four."""
    return "\u00a0".join(iban[place : place + 4] for place in range(0, len(iban), 4))


def check_bic(raw: str) -> Identifier:
    """The code of a bank of Kazakhstan (БИК / БСК): eight characters, KZ in the middle (ISO 9362)."""
    value = MISTYPED.sub("", raw or "").upper()
    return Identifier(value, "" if re.fullmatch(r"[A-Z]{4}KZ[A-Z0-9]{2}", value) else "format")


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
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None  # what can be dialled only within one town («possible, local only») is no E.164 number either
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def readable_phone(phone: str) -> str:
    """A kept phone as people read it, «+7 701 123 45 67», in the way of its country; what is no phone as it is."""
    if kz := re.fullmatch(r"\+7(7[0-9]{2})([0-9]{3})([0-9]{2})([0-9]{2})", phone):
        return "\u00a0".join(("+7", *kz.groups()))
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return shown.replace("-", " ").replace(" ", "\u00a0")
