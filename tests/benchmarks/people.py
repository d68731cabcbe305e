"""Run inside the portal's settings: prints sessions of the demo people and the addresses that the benchmark visits."""

import json
from datetime import timedelta
from random import Random

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
from grants.queries.completeness import gaps  # noqa: E402
from grants.queries.requirements import lacking_of  # noqa: E402
from grants.statuses import ApplicationStatus  # noqa: E402
from portal.demo.invention import Invention  # noqa: E402
from questionnaires.queries.asked import asked  # noqa: E402
from questionnaires.statuses import Tier  # noqa: E402
from tests import factories  # noqa: E402
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
        draft = _filled(applications.start_application(call, organisation, by=owner), owner)
        _all_documents_but_one(draft, owner)
        made.append(draft.public_id)
    return made


def _all_documents_but_one(draft: Application, owner: User) -> None:
    """The journey brings one file of 20 kB; the other documents are there."""
    for requirement in lacking_of(draft)[1:]:
        upload = SimpleUploadedFile("deck.pdf", make_pdf(draft.public_id + requirement.key), "application/pdf")
        documents.attach_documents(draft, requirement, [upload], by=owner)


def _filled(draft: Application, owner: User) -> Application:
    """Everything that a call asks of a large application: facts, answers, a budget and a plan."""
    call = draft.call
    answers = Invention(Random(1)).answers("ru")
    facts = {"title": "Bench", "summary": "Bench", "amount_requested": call.max_amount, "own_amount": call.max_amount}
    questions = asked(draft.answer_set.version.content, answers, Tier.L).questions
    answers = {key: value for key, value in answers.items() if key in questions}
    draft = applications.edit_application(draft, facts=facts, answers=answers, by=owner)
    factories.make_plan(draft)
    if found := [gap.field for gap in gaps(draft) if gap.section != "documents"]:
        raise RuntimeError(f"the drafts of the benchmark are not complete: {found}")
    return draft


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
        "owner": person["applicant"].public_id,
        "requirement": lacking_of(Application.objects.get(public_id=made[0]))[0].key,
    }
    print(json.dumps(facts))


main()
