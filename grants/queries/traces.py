"""What ties people to applicants. A trace is a kind of conflict with a value; where a person and an application leave
the same trace, there is a conflict of interest. Nine queries, whatever the number of either.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from accounts.models import BankAccount, FormerMembership, Invitation, Membership, Organisation, User
from core.text import search_fold
from grants.models import Application, BudgetLine
from grants.statuses import ConflictKind as K
from questionnaires.formulas.shape import questions_of
from questionnaires.models import Answer, AnswerSet, QuestionnaireVersion
from questionnaires.statuses import QuestionKind

ASKED_FOR: dict[str, K] = {QuestionKind.PHONE: K.PHONE, QuestionKind.EMAIL: K.EMAIL}
Trace = tuple[K, str]
Traces = dict[int, set[Trace]]


def traces_of_people(people: Iterable[User]) -> Traces:
    """Person -> traces: their own numbers, and those of the organisations where they are, or were within a year."""
    users = {user.pk: user for user in people}
    now = Membership.objects.filter(user__in=users).values_list("user_id", "organisation_id")
    before = FormerMembership.objects.still_counting().filter(user__in=users)
    places = {*now, *before.values_list("user_id", "organisation_id")}
    organisations = _of_organisations({organisation for _user, organisation in places})
    found: Traces = defaultdict(set)
    for user in users.values():
        found[user.pk] |= _named({K.IDENTIFIER: [user.iin], K.SUPPLIER: [user.iin], K.PHONE: [user.phone]})
        found[user.pk] |= _named({K.EMAIL: [user.email.lower()]})
    for user_id, organisation_id in places:
        own = organisations[organisation_id]
        numbers = {(K.SUPPLIER, value) for kind, value in own if kind == K.IDENTIFIER}
        found[user_id] |= own | numbers | {(K.MEMBERSHIP, str(organisation_id))}
    return found


def traces_of_applications(applications: Iterable[Application]) -> Traces:
    """Application -> traces: its organisation's, its members', its suppliers', and what its answers give."""
    rows = {row.pk: row for row in applications}
    of = {row.organisation_id for row in rows.values()}
    organisations, members = _of_organisations(of), _of_members(of)
    found: Traces = defaultdict(set)
    for row in rows.values():
        organisation = row.organisation_id
        found[row.pk] |= {(K.MEMBERSHIP, str(organisation)), *organisations[organisation], *members[organisation]}
    for application_id, number in BudgetLine.objects.filter(application__in=rows).values_list(
        "application_id", "supplier_identifier"
    ):
        found[application_id] |= _named({K.SUPPLIER: [number]})
    for application_id, trace in _of_answers(rows):
        found[application_id].add(trace)
    return found


def _of_organisations(keys: set[int]) -> Traces:
    found: Traces = defaultdict(set)
    for row in Organisation.objects.filter(pk__in=keys):
        found[row.pk] |= _named(
            {
                K.IDENTIFIER: [row.identifier, row.head_iin],
                K.PHONE: [row.phone],
                K.ADDRESS: [search_fold(row.address)],
            }
        )
    for organisation, iban in BankAccount.objects.filter(organisation__in=keys).values_list("organisation_id", "iban"):
        found[organisation].add((K.IBAN, iban))
    return found


def _of_members(organisations: set[int]) -> Traces:
    """Members' own numbers, and the addresses to which an invitation to join went."""
    found: Traces = defaultdict(set)
    for row in Membership.objects.filter(organisation__in=organisations).select_related("user"):
        person = {K.IDENTIFIER: [row.user.iin], K.PHONE: [row.user.phone], K.EMAIL: [row.user.email.lower()]}
        found[row.organisation_id] |= _named(person)
    invited = Invitation.objects.filter(organisation__in=organisations, used_at=None)
    for organisation, email in invited.values_list("organisation_id", "email"):
        found[organisation] |= _named({K.EMAIL: [email.lower()]})
    return found


def _of_answers(applications: dict[int, Application]) -> Iterable[tuple[int, Trace]]:
    """Phones and e-mails given as answers: each version says which of its questions ask for one."""
    versions = QuestionnaireVersion.objects.filter(
        pk__in=AnswerSet.objects.filter(application__in=applications).values("version")
    )
    kinds = {
        (version.pk, question["key"]): ASKED_FOR[question["kind"]]
        for version in versions
        for question in questions_of(version.content)
        if question["kind"] in ASKED_FOR
    }
    rows = Answer.objects.filter(set__application__in=applications, key__in={key for _version, key in kinds})
    for application, version, key, value in rows.values_list("set__application", "set__version", "key", "value"):
        kind = kinds.get((version, key))
        if kind and isinstance(value, str) and value:
            yield application, (kind, value.lower())


def _named(values: dict[K, list[Any]]) -> set[Trace]:
    return {(kind, value) for kind, given in values.items() for value in given if value}
