"""Conflicts of interest: what is written down, and what the data show; both block a person from an application."""

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import User
from committees.models import Seat
from core import clock
from grants.models import Application, Call, Conflict, Expert
from grants.queries.traces import traces_of_applications, traces_of_people
from grants.statuses import LIFTABLE_CONFLICTS, ConflictKind

Pair = tuple[int, int]  # keys of a person and an application
WEIGHT = {kind: place for place, kind in enumerate(ConflictKind)}  # which kind names a pair that has several


def shown_by_data(applications: Iterable[Application], people: Iterable[User]) -> dict[Pair, set[ConflictKind]]:
    """(person, application) -> kinds of conflict that the data show, without what was lifted. Ten queries."""
    applications, people = list(applications), list(people)
    asked, given = traces_of_applications(applications), traces_of_people(people)
    lifted = set(
        Conflict.objects.filter(application__in=applications, person__in=people, lifted_at__isnull=False).values_list(
            "person_id", "application_id", "kind"
        )
    )
    found: dict[Pair, set[ConflictKind]] = {}
    for person, traces in given.items():
        for application, others in asked.items():
            kinds = {kind for kind, _value in traces & others if (person, application, kind) not in lifted}
            if kinds:
                found[person, application] = kinds
    return found


def conflicting_pairs(applications: Iterable[Application], people: Iterable[User]) -> dict[Pair, ConflictKind]:
    """Everything that blocks: (person, application) -> the weightiest kind. Eleven queries."""
    applications, people = list(applications), list(people)
    found = shown_by_data(applications, people)
    written = Conflict.objects.live().filter(application__in=applications, person__in=people)
    for person, application, kind in written.values_list("person_id", "application_id", "kind"):
        found.setdefault((person, application), set()).add(ConflictKind(kind))
    return {pair: min(kinds, key=lambda kind: WEIGHT[kind]) for pair, kinds in found.items()}


def blocking_conflict(person: User, application: Application) -> ConflictKind | None:
    """The conflict of interest that blocks this pair, or None."""
    written = Conflict.objects.live().filter(person=person, application=application).values_list("kind", flat=True)
    first = written.first()
    if first:
        return ConflictKind(first)
    kinds = shown_by_data([application], [person]).get((person.pk, application.pk), set())
    return min(kinds, key=lambda kind: WEIGHT[kind]) if kinds else None


def known_conflict(person: User, application: Application) -> ConflictKind | None:
    """The same with two quick looks, for each save of a review: what is written, membership, the same IIN.

    The full look was made when the pair was assigned and is made again every hour; triggers hold every score.
    """
    written = Conflict.objects.live().filter(person=person, application=application).values_list("kind", flat=True)
    first = written.first()
    if first:
        return ConflictKind(first)
    organisation = application.organisation
    if organisation.memberships.filter(user=person).exists():
        return ConflictKind.MEMBERSHIP
    is_same = person.iin and person.iin in (organisation.identifier, organisation.head_iin)
    return ConflictKind.IDENTIFIER if is_same else None


def free_experts(application: Application) -> QuerySet[Expert]:
    """Active experts who may be asked: no conflict of interest, not yet asked."""
    asked = application.assignments.filter(returned_at=None).values("expert")
    experts = Expert.objects.filter(is_active=True).exclude(pk__in=asked).select_related("user")
    blocked = conflicting_pairs([application], [expert.user for expert in experts])
    return experts.exclude(user__in={person for person, _application in blocked})


def judges_of(call: Call) -> list[User]:
    """Whoever may judge an application of this call or read about it: active experts, members of its commission, staff
    who read dossiers, rankings and agendas.
    """
    seats = Seat.objects.on(clock.today()).filter(committee=call.commission_id).values("user")
    active = User.objects.filter(is_active=True)
    staff = active.filter(groups__name__in=["officer", "commission", "secretary", "auditor", "administrator"])
    experts = active.filter(expert__is_active=True)
    return list((staff | experts | active.filter(pk__in=seats)).distinct())


def is_liftable(conflict: Conflict) -> bool:
    """Hubs share addresses, phones and mail boxes; nothing else is ever lifted."""
    return conflict.lifted_at is None and conflict.kind in LIFTABLE_CONFLICTS
