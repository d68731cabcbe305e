"""Whom a breach touched: people by application, organisation or document, with the kinds of data that were there.

Rules of Law 94-V: the authority is told within one working day, so the list has to be one command away.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.actions.erasure import GONE
from accounts.models import Organisation, User
from documents.models import Document
from grants.models import Application
from grants.queries.papers import applications_holding
from portal.queries.taken import Taken, taken_files


@dataclass(frozen=True)
class Filters:
    """Which rows were touched: what was there by the end of the window, narrowed by what is named. Empty: everybody.

    `taken_by` are e-mails: whatever stood in the files that these people took in the window. What was erased before the
    window began is in no table any more; `since` stands in the trail beside `until`.
    """

    since: datetime
    until: datetime
    applications: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    taken_by: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nothing is named: then it is everybody."""
        return not (self.applications or self.organisations or self.documents or self.taken_by)


@dataclass
class Touched:
    """One person and the kinds of their data; staff read the identifiers in the portal, the list names them only."""

    name: str
    email: str
    phone: str
    language: str
    kinds: set[str] = field(default_factory=set)
    records: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)


def touched_people(filters: Filters) -> list[Touched]:
    """One row for each person: members, heads without an account, minors and their guardians, who uploaded a named
    document; beside each, the files of lists that were taken away in the window and held their application. Some
    fourteen queries, and four for each such file.
    """
    found: dict[str, Touched] = {}
    taken = taken_files(filters.since, filters.until, by=filters.taken_by)
    for application in _applications(filters, taken):
        words = {str(one) for one in taken if application.pk in one.applications}
        people = [m.user for m in application.organisation.memberships.all()] + [application.created_by]
        for user in people:
            row = _row(found, user)
            row.kinds |= {_("account"), _("application"), *_kinds(user, application)}
            row.records.add(application.number or application.public_id)
            row.taken |= words
        _head(found, application.organisation, application.number or application.public_id)
        _minors(found, application)
    for organisation in _organisations(filters):
        for membership in organisation.memberships.all():
            _row(found, membership.user).kinds |= {_("account"), *_facts(membership.user, organisation)}
        _head(found, organisation, organisation.public_id)
    for user in _accounts(filters):
        _row(found, user).kinds |= {_("account"), *([_("IIN")] if user.iin else [])}
    return [found[key] for key in sorted(found)]


def _applications(filters: Filters, taken: list[Taken]) -> QuerySet[Application]:
    """Begun before the window ended."""
    named = Q(pk__in=set().union(*(one.applications for one in taken))) if filters.taken_by else Q()
    if filters.applications:
        named |= Q(number__in=filters.applications) | Q(public_id__in=filters.applications)
    if filters.organisations:
        names = filters.organisations
        of = Organisation.objects.filter(Q(public_id__in=names) | Q(identifier__in=names))
        named |= Q(organisation__in=of)
    if filters.documents:
        named |= applications_holding(_documents(filters)) | Q(documents__public_id__in=filters.documents)
    rows = Application.objects.filter(named, created_at__lte=filters.until).distinct().order_by("pk")
    related = rows.select_related("organisation", "created_by")
    beside = ("organisation__memberships__user", "organisation__bank_accounts", "documents", "guardian_consents")
    return related.prefetch_related(*beside)


def _documents(filters: Filters) -> QuerySet[Document]:
    """By their id or SHA-256, whatever holds them: an application, a vault, a request to be let in."""
    return Document.objects.filter(Q(public_id__in=filters.documents) | Q(sha256__in=filters.documents))


def _organisations(filters: Filters) -> QuerySet[Organisation]:
    """Those that are named or whose vault holds a named document, with or without an application; where nothing is
    named, every one that has not been erased.
    """
    named = Q(public_id__in=filters.organisations) | Q(identifier__in=filters.organisations)
    named |= Q(vault__document__in=_documents(filters))
    rows = Organisation.objects.filter(Q() if filters.is_open else named, created_at__lte=filters.until)
    return rows.exclude(name="—").distinct().order_by("pk").prefetch_related("memberships__user", "bank_accounts")


def _accounts(filters: Filters) -> QuerySet[User]:
    """Everybody who has an account, a closed one too, where nothing is named; else who uploaded a named document."""
    if filters.is_open:
        return User.objects.filter(joined_at__lte=filters.until).exclude(email__endswith=f"@{GONE}")
    return User.objects.filter(pk__in=_documents(filters).exclude(uploaded_by=None).values("uploaded_by"))


def _row(found: dict[str, Touched], user: User) -> Touched:
    return found.setdefault(user.email, Touched(user.display_name, user.email, user.phone, user.language))


def _kinds(user: User, application: Application) -> list[str]:
    return [*_facts(user, application.organisation), *([_("documents")] if application.documents.all() else [])]


def _facts(user: User, organisation: Organisation) -> list[str]:
    return [
        *([_("IIN")] if user.iin or organisation.head_iin else []),
        *([_("phone")] if user.phone or organisation.phone else []),
        *([_("address")] if organisation.address else []),
        *([_("bank account")] if organisation.bank_accounts.all() else []),
    ]


def _head(found: dict[str, Touched], organisation: Organisation, record: str) -> None:
    """The head of an organisation has data here and perhaps no account: reached by the organisation's phone."""
    names = {membership.user.display_name for membership in organisation.memberships.all()}
    if not organisation.head_name or organisation.head_name in names:
        return
    row = found.setdefault(f"~{organisation.public_id}", Touched(organisation.head_name, "", organisation.phone, ""))
    row.kinds |= {_("head of an organisation"), *([_("IIN")] if organisation.head_iin else [])}
    row.records.add(record)


def _minors(found: dict[str, Touched], application: Application) -> None:
    """A minor and the guardian: both are told through the guardian's phone."""
    for consent in application.guardian_consents.all():
        for name, kind in ((consent.minor_name, _("minor")), (consent.guardian_name, _("guardian"))):
            row = found.setdefault(f"~{consent.public_id}{kind}", Touched(name, "", consent.guardian_phone, ""))
            row.kinds |= {kind, _("phone")}
            row.records.add(application.number or application.public_id)


def as_rows(people: list[Touched]) -> list[list[Any]]:
    """A head and a line for each person, for XLSX and CSV alike."""
    head = [
        _("Name"),
        _("E-mail"),
        _("Phone"),
        _("Language"),
        _("Kinds of data"),
        _("Records"),
        _("Taken away as a file"),
    ]
    return [head, *([p.name, p.email, p.phone, p.language, *_listed(p.kinds, p.records, p.taken)] for p in people)]


def _listed(*sets: set[str]) -> list[str]:
    return [", ".join(sorted(one)) for one in sets]
