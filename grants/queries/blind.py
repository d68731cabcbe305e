"""Blind reading: what an expert may not learn about an applicant before their own review is in (Call.is_blind)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership, Organisation, User
from documents.formulas.names import extension
from grants.formulas import blind
from grants.models import ApplicationDocument, Assignment, Call
from grants.policy import DOSSIER_READERS
from questionnaires.models import AnswerFile

KNOWS_APPLICANTS = gettext_lazy("Reads dossiers by their role, and this call is blind. Choose another.")
OF_ORGANISATION = ("pk", "name", "identifier", "head_name", "head_iin", "phone", "address")


def is_blind(assignment: Assignment) -> bool:
    """Whether the applicant is hidden from this assignment's expert: until their own review is in."""
    review = getattr(assignment, "review", None)
    return assignment.application.call.is_blind and not (review and review.submitted_at)


@dataclass(frozen=True)
class Veil:
    """Takes one applicant out of whatever is shown; without secrets it leaves everything as it is."""

    secrets: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    is_on: bool = False
    mask: str = field(default_factory=lambda: _("[hidden]"))

    def over(self, shown: Any) -> Any:
        """The same text, list, row of a table or mapping, without the applicant."""
        if not self.is_on or shown is None or isinstance(shown, bool | int):
            return shown
        if isinstance(shown, str):
            return blind.without(shown, self.secrets, self.phones, self.mask)
        if isinstance(shown, list | tuple):
            return type(shown)(self.over(one) for one in shown)
        if isinstance(shown, Mapping):
            return {key: value if key == "id" else self.over(value) for key, value in shown.items()}
        return shown


def who_knows_applicants(call: Call, people: Iterable[User]) -> set[int]:
    """Keys of those who may not score in a blind call, because their role reads dossiers. One query, if it is blind."""
    if not call.is_blind:
        return set()
    return set(
        User.objects.filter(pk__in=[p.pk for p in people], groups__name__in=DOSSIER_READERS).values_list(
            "pk", flat=True
        )
    )


def veils(organisations: Iterable[int]) -> dict[int, Veil]:
    """organisation -> its veil. Two queries, however many; none where there are none."""
    keys = set(organisations)
    if not keys:
        return {}
    people = defaultdict(list)
    members = Membership.objects.filter(organisation__in=keys)
    for key, name, phone, iin in members.values_list("organisation", "user__display_name", "user__phone", "user__iin"):
        people[key].append((name, phone, iin))
    rows = Organisation.objects.filter(pk__in=keys).values(*OF_ORGANISATION)
    return {row["pk"]: _veil(row, people[row["pk"]]) for row in rows}


def _veil(row: dict[str, Any], members: list[tuple[str, str, str]]) -> Veil:
    secrets = blind.names_of(row["name"]) | blind.people_of(row["head_name"])
    secrets |= {row["identifier"], row["head_iin"], row["address"].strip()}
    for name, _phone, iin in members:
        secrets |= blind.people_of(name) | {iin}
    phones = {row["phone"], *(phone for _name, phone, _iin in members)}
    return Veil(frozenset(filter(None, secrets)), frozenset(filter(None, phones)), is_on=True)


def veil_of(assignment: Assignment) -> Veil:
    """The veil over one assignment's papers; it hides nothing where the reading is not blind."""
    key = assignment.application.organisation_id
    return veils([key])[key] if is_blind(assignment) else Veil()


def file_name(row: ApplicationDocument | AnswerFile, *, hidden: bool) -> str:
    """What a file of an application is called for its expert: a name of ours where the applicant is hidden."""
    name: str = row.document.original_name
    return neutral_name(row.public_id, name) if hidden else name


def neutral_name(public_id: str, name: str) -> str:
    """A name that says nothing but the kind of the file."""
    return f"document-{public_id[:6]}{extension(name)}"
