"""Run inside the portal's settings: prints sessions of the demo people and the addresses that the benchmark visits."""

import json
from datetime import timedelta
from decimal import Decimal

import django

django.setup()

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402

from accounts.models import Membership, Organisation, User  # noqa: E402
from core import clock  # noqa: E402
from grants.actions import applications, documents, reviews  # noqa: E402
from grants.models import Application, Assignment, Call, Expert  # noqa: E402
from grants.statuses import ApplicationStatus  # noqa: E402
from tests.pdf import make_pdf  # noqa: E402

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
JOURNEYS = 40


def session(user: User) -> str:
    """A signed-in session's key; a person with a role has their second factor."""
    if user.roles:
        TOTP.activate(user, generate_totp_secret())
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def drafts(owner: User, call: Call) -> list[str]:
    """Complete drafts without their document, one organisation each, owned by one person."""
    pattern = owner.organisations.first()
    made = []
    for number in range(JOURNEYS):
        organisation = Organisation.objects.create(
            kind=pattern.kind,
            name=f"Bench {number}",
            identifier=pattern.identifier,
            sector=pattern.sector,
            district=pattern.district,
        )
        Membership.objects.create(organisation=organisation, user=owner, role="owner")
        draft = applications.start_application(call, organisation, by=owner)
        _all_documents_but_one(draft, owner)
        made.append(_filled(draft, owner).public_id)
    return made


def _all_documents_but_one(draft: Application, owner: User) -> None:
    """The journey brings one file of 20 kB; the other documents are there."""
    for requirement in list(draft.call.requirements.before_decision().filter(is_required=True))[1:]:
        upload = SimpleUploadedFile("deck.pdf", make_pdf(draft.public_id + requirement.key), "application/pdf")
        documents.attach_document(draft, requirement, upload, by=owner)


def _filled(draft: Application, owner: User) -> Application:
    kinds = {
        "number": 3,
        "money": "1000000",
        "date": "2026-12-01",
        "declaration": True,
        "link": "https://example.test/",
        "email": "a@example.test",
        "phone": "+77011234567",
    }
    answers = {}
    for section in draft.answer_set.version.content["sections"]:
        for question in section["questions"]:
            first = question["choices"][0]["value"] if question["choices"] else None
            value = {"single_choice": first, "multiple_choice": [first]}.get(question["kind"])
            answers[question["key"]] = value or kinds.get(question["kind"], "Мәтін")
    return applications.edit_application(
        draft,
        facts={
            "title": "Bench",
            "summary": "Bench",
            "amount_requested": Decimal(2_000_000),
            "own_amount": Decimal(1_000_000),
        },
        answers=answers,
        by=owner,
    )


def assignments(expert: Expert, officer: User) -> list[str]:
    """Assignments of the expert without a review, made where too few are there."""
    Expert.objects.filter(pk=expert.pk).update(max_load=10_000, is_active=True)
    expert.refresh_from_db()
    free = Application.objects.filter(status=ApplicationStatus.ELIGIBLE).exclude(assignments__expert=expert)
    for application in free[:JOURNEYS]:
        reviews.assign_expert(application, expert, by=officer)
    to_do = Assignment.objects.visible_to(expert.user).to_do().order_by("-pk")
    for assignment in to_do.filter(declared_at=None)[:JOURNEYS]:
        reviews.declare_no_conflict(assignment, by=expert.user)
    return list(to_do.values_list("public_id", flat=True)[:JOURNEYS])


def main() -> None:
    """Prints one JSON object."""
    person = {name: User.objects.get(email=f"{name}@demo.test") for name in ("applicant", "expert", "officer")}
    call = Call.objects.open().first()
    assert call is not None
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() + timedelta(days=5))
    made = drafts(person["applicant"], call)
    facts = {
        "sessions": {name: session(user) for name, user in person.items()},
        "call": call.public_id,
        "drafts": made,
        "assignments": assignments(person["expert"].expert, person["officer"]),
        "criteria": [c.key for c in call.criteria.all()],
        "dossier": Application.objects.filter(status=ApplicationStatus.SUBMITTED).first().pk,
        "requirement": call.requirements.before_decision()
        .filter(is_required=True)
        .values_list("key", flat=True)
        .first(),
    }
    print(json.dumps(facts))


main()
