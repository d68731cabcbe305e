"""Everything that is kept about one person, as plain data: what they typed in full, what they did by its key.

`TOLD` names each relation to a person whose rows are told in words below; every other relation to a person (who
screened, who signed, who staged) is told as table, column and key, so that nobody else's data slips in.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from accounts.models import AccessRequest, Invitation, Membership, User
from accounts.queries.consents import last_words
from documents.models import Document, Signature
from grants.models import (
    Appeal,
    Application,
    Award,
    AwardPaper,
    CallQuestion,
    Contract,
    ExpertCandidate,
    GuardianConsent,
    HelpRequest,
    PlanVersion,
)
from grants.queries.papers import CONTRACT_FILES
from grants.queries.snapshot import snapshot
from notifications.models import Message
from questionnaires.models import AnswerFile

OURS = ("accounts", "committees", "core", "documents", "funds", "grants", "notifications", "portal", "questionnaires")
TOLD = frozenset(
    {
        "accounts.AccessRequest.asked_by",
        "accounts.Consent.user",
        "accounts.Invitation.invited_by",
        "accounts.Membership.user",
        "documents.Document.uploaded_by",
        "documents.Signature.signed_by",
        "grants.CallQuestion.asked_by",
        "grants.ExpertCandidate.user",
        "grants.HelpRequest.asked_by",
        "notifications.Message.user",
        "portal.DataExport.user",
    }
)
FACTS = ("email", "display_name", "language", "phone", "iin", "joined_at", "last_login")
ORGANISATION = (
    "public_id", "kind", "name", "country", "identifier", "head_name", "head_iin", "phone", "address", "created_at",
)  # fmt: skip


def personal_data(user: User) -> dict[str, Any]:
    """The content of `data.json`. About a dozen queries and six for each application."""
    return {
        "account": {**_columns(user, FACTS), "roles": sorted(user.roles)},
        "sign_in": list(user.emailaddress_set.values("email", "verified")),  # type: ignore[attr-defined]
        "organisations": [
            {**_columns(m.organisation, ORGANISATION), **_membership(m)}
            for m in user.memberships.select_related("organisation")
        ],
        "applications": [_application(row) for row in applications_of(user)],
        "documents": [_columns(row, DOCUMENT) for row in documents_of(user)],
        "signatures": _rows(Signature.objects.filter(signed_by=user), *SIGNATURE),
        "consents": [
            {"kind": c.text.kind, "version": c.text.version, **_columns(c, ("text_sha256", "is_given", "at"))}
            for c in last_words(user)
        ],
        "questions": [
            *_rows(HelpRequest.objects.filter(asked_by=user), "section", "text", "answer", "asked_at"),
            *_rows(CallQuestion.objects.filter(asked_by=user), "text", "asked_at"),
        ],
        "offers_to_read": [
            {"answers": row.answer_set.values(), **_columns(row, OFFER)}
            for row in ExpertCandidate.objects.filter(user=user).select_related("answer_set").order_by("pk")
        ],
        "invitations": _rows(Invitation.objects.filter(invited_by=user), "email", "role", "invited_at", "used_at"),
        "requests_to_be_let_in": _rows(AccessRequest.objects.filter(asked_by=user), "words", "asked_at", "answer"),
        "letters": _rows(Message.objects.filter(Q(user=user) | Q(address__iexact=user.email)).order_by("pk"), *LETTER),
        "acts": acts_of(user),
    }


OFFER = ("begun_at", "submitted_at", "answer", "answered_at", "reason")
LETTER = ("event", "address", "language", "context", "created_at", "sent_at")
PLAN_LINE = ("item", "grant_amount", "own_amount", "supplier_identifier")
CONTRACT = ("number", "sha256", "made_at", "grantee_signed_at", "centre_signed_at", "voided_at", "void_reason")
LINE = ("item", "quantity", "unit_price", "grant_amount", "own_amount", "supplier_identifier")
GUARDIAN = ("minor_name", "born_on", "guardian_name", "guardian_phone", "given_at")
APPEAL = ("text", "made_at", "outcome", "reason_kk", "reason_ru", "answered_at")
DOCUMENT = ("public_id", "original_name", "media_type", "size", "sha256", "uploaded_at", "erased_at")

SIGNATURE = (
    "document__public_id", "sha256", "way", "result", "signed_at", "claimed_at", "container__public_id",
    "scan__public_id", "algorithm", "serial", "issuer", "role", "valid_from", "valid_until", "organisation__public_id",
)  # fmt: skip


def applications_of(user: User) -> QuerySet[Application]:
    """Those of the person's organisations. What they began for one that they have left is theirs no more to read: its
    minors, guardians and papers are other people's, and `acts` names it by its key.
    """
    rows = Application.objects.filter(organisation__memberships__user=user).order_by("pk")
    return rows.select_related("call", "organisation", "sector", "district", "rules", "answer_set__version")


def documents_of(user: User) -> QuerySet[Document]:
    """What the person uploaded and what their applications hold; not what we made ourselves."""
    held = applications_of(user).order_by().values("pk")
    of_applications = Q(pk__in=Application.objects.filter(pk__in=held).values("documents__document"))
    of_guardians = Q(pk__in=GuardianConsent.objects.filter(application__in=held).values("document"))
    of_answers = Q(pk__in=AnswerFile.objects.filter(set__application__in=held).values("document"))
    of_appeals = Q(pk__in=Appeal.objects.filter(application__in=held).values("document"))
    of_awards = Q(pk__in=AwardPaper.objects.filter(award__application__in=held).values("document"))
    contracts = Contract.objects.filter(award__application__in=held)
    for name in CONTRACT_FILES:
        of_awards |= Q(pk__in=contracts.exclude(**{name: None}).values(name))
    mine = Q(uploaded_by=user) | of_applications | of_answers | of_guardians | of_appeals | of_awards
    return Document.objects.filter(mine, erased_at=None).exclude(media_type__in=MADE_BY_US).order_by("pk")


MADE_BY_US = ("application/json", "application/zip")


def acts_of(user: User) -> list[dict[str, Any]]:
    """Where else a row names this person: table, column, key."""
    return [
        {"table": model._meta.label, "column": name, "id": str(getattr(row, "public_id", "") or row.pk)}
        for model, name in other_relations()
        for row in model._default_manager.filter(**{name: user}).order_by("pk")
    ]


def other_relations() -> Iterable[tuple[type[Model], str]]:
    """Every relation to a person that is not told in words."""
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            for field in model._meta.local_fields:
                if field.related_model is User and f"{model._meta.label}.{field.name}" not in TOLD:
                    yield model, field.name


def _application(application: Application) -> dict[str, Any]:
    return {
        "id": application.public_id,
        "number": application.number,
        "status": application.status,
        "begun": application.created_at,
        "submitted": application.submitted_at,
        "active_seconds": application.active_seconds,
        "content": snapshot(application),
        "budget": _rows(application.budget_lines.all(), *LINE),
        "milestones": _rows(application.milestones.all(), "title", "due_on", "proof"),
        "guardians": _rows(application.guardian_consents.all(), *GUARDIAN),
        "appeals": _rows(application.appeals.all(), *APPEAL),
        "awards": [_award(award) for award in application.awards.order_by("pk")],
    }


def _award(award: Award) -> dict[str, Any]:
    plans = PlanVersion.objects.filter(award=award).order_by("number")
    return {
        **_columns(award, ("public_id", "amount", "status", "offered_at", "accepted_at")),
        "plans": [
            {
                **_columns(plan, ("number", "sent_at", "returned_kk", "returned_ru", "agreed_at")),
                "lines": _rows(plan.lines.all(), *PLAN_LINE),
                "milestones": _rows(plan.milestones.all(), "title", "due_on", "proof"),
            }
            for plan in plans
        ],
        "indicators": _rows(award.indicators.all(), "indicator__key", "baseline", "promised"),
        "contracts": _rows(award.contracts.order_by("pk"), *CONTRACT),
    }


def _membership(row: Membership) -> dict[str, Any]:
    accounts = row.organisation.bank_accounts.order_by("pk")
    where = _rows(accounts, "iban", "bic", "bank_name", "added_at", "closed_at")
    return {"role": row.role, "since": row.since, "bank_accounts": where}


def _columns(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _rows(rows: QuerySet[Any], *names: str) -> list[dict[str, Any]]:
    return list(rows.values(*names))
