"""Registers of payments: codes of a beneficiary, days and sums as a bank writes them. No Django."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

# КБе: residency (1 Kazakhstan, 2 abroad) and the sector of the economy, National Bank's rules for payment orders.
# A legal entity 7, a household with or without a business 9, a non-profit organisation 8.
SECTORS = {"llp": "7", "jsc": "7", "npo": "8"}
HOUSEHOLD = "9"
DAYS = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y")
BLANKS = re.compile(r"[\s\u00a0\u202f\u2009]")


def beneficiary_code(kind: str, country: str) -> str:
    """The two digits of КБе of an organisation of this kind (accounts.statuses.OrganisationKind) and country."""
    return ("1" if country == "KZ" else "2") + SECTORS.get(kind, HOUSEHOLD)


def read_day(text: str) -> date | None:
    """A day as people and banks write it, or None."""
    for form in DAYS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None


def read_sum(text: str) -> Decimal | None:
    """«1 400 000,00», «1400000.5» as an amount, or None."""
    plain = BLANKS.sub("", text).replace(",", ".")
    try:
        amount = Decimal(plain) if re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", plain) else None
    except InvalidOperation:
        return None
    return amount
