"""Invented people, firms, numbers and projects. Nobody of them exists.

Identifiers are right by checksum and can belong to nobody: an IIN here has the century digit of people born before
1900, a BIN the unit digit of a joint farm in a number of a company. Addresses end in `.test`, which no mail reaches.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from accounts.statuses import OrganisationKind as Kind
from core.identifiers import control_digit
from core.public_id import ALPHABET, LENGTH

DATA = Path(__file__).resolve().parent / "data"
MALE, FEMALE = "male", "female"
FORMS = {
    Kind.LLP: {"kk": "«{}» ЖШС", "ru": "ТОО «{}»", "en": "LLP «{}»"},
    Kind.JSC: {"kk": "«{}» АҚ", "ru": "АО «{}»", "en": "JSC «{}»"},
    Kind.SOLE_PROPRIETOR: {"kk": "«{}» ЖК", "ru": "ИП «{}»", "en": "Sole proprietor «{}»"},
}


@cache
def data(name: str) -> Any:
    """One file of the invented season."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Person:
    """An invented person."""

    name: str
    language: str
    sex: str
    iin: str
    phone: str


class Invention:
    """Draws from the lists; numbers never repeat within a season."""

    def __init__(self, rng: Random) -> None:
        """`rng` decides everything."""
        self.rng = rng
        self.taken: set[str] = set()
        self.brands: dict[str, int] = {}
        self.phones = 0

    def public_id(self) -> str:
        """Like the real ones, but the same for the same seed."""
        return "".join(self.rng.choices(ALPHABET, k=LENGTH))

    def person(self, language: str = "", sex: str = "") -> Person:
        """A name of the language's own list, an IIN and a phone."""
        rng = self.rng
        language = language or rng.choices(["kk", "ru", "en"], [52, 42, 6])[0]
        sex = sex or rng.choice([MALE, FEMALE])
        names = data("names")[language]
        family = rng.choice(names["surnames"])[sex == MALE]
        return Person(f"{rng.choice(names[sex])} {family}", language, sex, self.iin(sex), self.phone())

    def phone(self) -> str:
        """A number of a range that nobody is given."""
        self.phones += 1
        return f"+7700{self.phones:07d}"

    def iin(self, sex: str) -> str:
        """Twelve digits of a person born between 1880 and 1899."""
        rng = self.rng
        birth = f"{rng.randrange(80, 100)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
        return self._numbered(f"{birth}{1 if sex == MALE else 2}", 4)

    def bin(self) -> str:
        """Twelve digits of a legal entity registered between 2012 and 2025."""
        rng = self.rng
        return self._numbered(f"{rng.randrange(12, 26)}{rng.randrange(1, 13):02d}43", 5)

    def _numbered(self, begin: str, digits: int) -> str:
        while True:
            eleven = f"{begin}{self.rng.randrange(10**digits):0{digits}d}"
            last = control_digit(eleven)
            if last is not None and eleven not in self.taken:
                self.taken.add(eleven)
                return f"{eleven}{last}"

    def brand(self, language: str) -> str:
        """The name of a firm; the second of the same name gets a number."""
        first, second = data("names")["brands"][language]
        brand = f"{self.rng.choice(first)} {self.rng.choice(second)}"
        self.brands[brand] = self.brands.get(brand, 0) + 1
        return brand if self.brands[brand] == 1 else f"{brand} {self.brands[brand]}"

    def firm(self, kind: str, person: Person) -> str:
        """The name of an applicant: a firm's in its form, a person's own."""
        form = FORMS.get(Kind(kind))
        return form[person.language].format(self.brand(person.language)) if form else person.name

    def project(self, sector: str, language: str) -> tuple[str, str]:
        """Title and summary."""
        title, summary = self.rng.choice(data("projects")[sector][language])
        return title.format(name=self.rng.choice(data("names")["titles"][language])), summary

    def answers(self, language: str) -> dict[str, Any]:
        """One answer to every question of the grant programme's form."""
        rng = self.rng
        texts = {key: rng.choice(choices) for key, choices in data("words")["answers"][language].items()}
        now = rng.randrange(1, 9)
        declarations = ("in_almaty", "solvent", "not_paid_twice", "independent")
        return {
            **texts,
            "revenue": str(rng.randrange(0, 60) * 250_000),
            "works": f"https://portfolio.example/{self.public_id()}",
            "jobs_now": now,
            "jobs_after": now + rng.randrange(1, 6),
            "sells_abroad": rng.choice(["yes", "planned", "planned", "no"]),
            "rights": rng.choice(["own", "making"]),
            "taxes": str(rng.randrange(2, 30) * 50_000),
            **dict.fromkeys(declarations, True),
        }
