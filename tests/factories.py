"""Valid objects without surprises. `application_at("submitted")` gets there by real actions."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actions import holds
from accounts.models import LegalHold, User
from committees.statuses import MeetingStatus
from core import clock
from core.public_id import make_public_id
from grants.actions import (
    agenda,
    applications,
    calibration,
    decisions,
    documents,
    extensions,
    plan,
    releases,
    reviews,
    screening,
)
from grants.actions.experts import undertake
from grants.models import (
    Application,
    ApplicationDocument,
    Assignment,
    CalibrationSample,
    Call,
    Decision,
    DocumentRequirement,
    Expert,
)
from grants.statuses import ApplicationStatus, CheckKind, CheckResult, Outcome
from tests.commission import convene, on_agenda, resolve
from tests.factories_calls import (
    cancel_call,
    freeze_again,
    make_call,
    make_committee,
    make_draft_call,
    make_order,
    make_planned_call,
    make_questionnaire,
    make_year,
    publish,
    the_commission,
)
from tests.factories_funds import make_fund, make_investment, make_project, pay
from tests.factories_people import (
    add_member,
    counter,
    make_bin,
    make_organisation,
    make_staff,
    make_user,
    with_second_factor,
)
from tests.pdf import make_pdf

__all__ = [
    "PDF",
    "add_member",
    "application_at",
    "assign",
    "attach",
    "cancel_call",
    "counter",
    "decide",
    "extend",
    "find_eligible",
    "find_ineligible",
    "freeze_again",
    "lift_hold",
    "make_bin",
    "make_call",
    "make_committee",
    "make_draft",
    "make_draft_call",
    "make_expert",
    "make_fund",
    "make_investment",
    "make_order",
    "make_organisation",
    "make_plan",
    "make_planned_call",
    "make_project",
    "make_questionnaire",
    "make_sample",
    "make_staff",
    "make_user",
    "make_year",
    "pay",
    "pdf",
    "publish",
    "release",
    "review",
    "score_samples",
    "the_commission",
    "with_second_factor",
]

PDF = make_pdf()


def extend(application: Application, *, by: User | None = None, **how: Any) -> Any:
    """One administrator proposes more time for one draft, another one (`by`) gives it."""
    extensions.propose_extension(application, by=make_user(roles=["administrator"]), **how)
    return extensions.extend_application(application, by=by or make_user(roles=["administrator"]))


def lift_hold(hold: LegalHold) -> LegalHold:
    """Two administrators lift a legal hold."""
    holds.propose_lifting(hold, reason="Сот аяқталды.", by=make_user(roles=["administrator"]))
    return holds.lift_hold(hold, by=make_user(roles=["administrator"]))


def pdf(name: str = "презентация.pdf") -> SimpleUploadedFile:
    """A small right PDF."""
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def attach(application: Application, requirement: DocumentRequirement, upload: Any, *, by: User) -> ApplicationDocument:
    """One file for one requirement."""
    return documents.attach_documents(application, requirement, [upload], by=by)[0]


def make_draft(
    owner: User | None = None, call: Call | None = None, *, amount: Decimal | int = 2_000_000
) -> Application:
    """A complete draft of a new organisation."""
    owner = owner or make_user()
    organisation = owner.organisations.first() or make_organisation(owner)
    call = call or make_call()
    application = applications.start_application(call, organisation, by=owner)
    applications.edit_application(
        application,
        by=owner,
        facts={
            "title": "Ойын студиясы",
            "summary": "Қазақ тіліндегі ойын",
            "sector": organisation.sector,
            "district": organisation.district,
            "amount_requested": Decimal(amount),
            "own_amount": Decimal(amount) / 4,
        },
        answers={"problem": "Ойындар қазақ тілінде аз.", "jobs": 5},
    )
    attach(application, call.requirements.before_decision().get(), pdf(), by=owner)
    application.refresh_from_db()
    make_plan(application)
    return application


def make_plan(application: Application) -> None:
    """A budget and a plan that fit to the amounts of the application; asks for what its call asks for alone."""
    by, call = application.created_by, application.call
    asked, own = application.amount_requested or Decimal(0), application.own_amount or Decimal(0)
    if call.asks_budget:
        first, second = call.budget_categories.filter(max_percent=None)[:2]
        half = Decimal(int(asked / 2))
        for category, grant, paid in ((first, half, Decimal(0)), (second, asked - half, own)):
            values = {
                "category": category,
                "item": f"Шығын {category.key}",
                "quantity": Decimal(1),
                "unit_price": grant + paid,
                "grant_amount": grant,
                "own_amount": paid,
                "supplier_identifier": make_bin(7),
            }
            plan.save_line(application, make_public_id(), values, rev=0, by=by)
    if call.asks_milestones:
        for month in range(1, call.milestones_min + 1):
            due_on = call.closes_at.date() + timedelta(days=30 * month)
            values = {"title": f"Кезең {month}", "due_on": due_on, "proof": "Фотоесеп"}
            plan.save_milestone(application, make_public_id(), values, rev=0, by=by)


def application_at(status: str, *, owner: User | None = None, call: Call | None = None, **how: Any) -> Application:
    """An application in a status, brought there by the real actions."""
    application = make_draft(owner, call, **how)
    owner = application.created_by
    if status == ApplicationStatus.DRAFT:
        return application
    applications.submit_application(application, agreed={"declaration"}, by=owner)
    application.refresh_from_db()
    if status == ApplicationStatus.SUBMITTED:
        return application
    if status == ApplicationStatus.WITHDRAWN:
        return applications.withdraw_application(application, by=owner)
    if status == ApplicationStatus.INELIGIBLE:
        return find_ineligible(application)
    find_eligible(application)
    application.refresh_from_db()
    if status == ApplicationStatus.ELIGIBLE:
        return application
    outcome = {
        ApplicationStatus.AWARDED: Outcome.AWARD,
        ApplicationStatus.RESERVED: Outcome.RESERVE,
        ApplicationStatus.DECLINED: Outcome.DECLINE,
    }[ApplicationStatus(status)]
    for _round in range(application.call.reviews_needed):
        review(assign(application))
    decide(application, outcome)
    release(application.call)
    application.refresh_from_db()
    return application


def find_eligible(application: Application, officer: User | None = None) -> Application:
    """Screens an application: the manual checks are in order, so it is eligible."""
    officer = officer or make_user(roles=["officer"])
    screening.assign_officer(application, officer, by=officer)
    for kind in (CheckKind.DOCUMENTS, CheckKind.SUBSTANCE, CheckKind.TAX_DEBT):
        screening.record_check(application, kind, CheckResult.PASSED, evidence="", by=officer)
    return screening.find_eligible(application, by=officer)


def find_ineligible(application: Application) -> Application:
    """Two officers agree that it is not eligible."""
    first, second = make_user(roles=["officer"]), make_user(roles=["officer"])
    screening.assign_officer(application, first, by=first)
    screening.propose_ineligible(application, reason_kk="Сектор сәйкес емес.", reason_ru="Не тот сектор.", by=first)
    return screening.confirm_ineligible(application, by=second)


def make_expert(user: User | None = None) -> Expert:
    """A person who scores."""
    user = user or with_second_factor(make_user(roles=["expert"]))
    undertake(by=user)
    return Expert.objects.create(user=user, languages=["kk", "ru"])


def assign(application: Application, expert: Expert | None = None) -> Assignment:
    """Asks an expert for a review."""
    officer = make_user(roles=["officer"])
    return reviews.assign_expert(application, expert or make_expert(), by=officer)


def review(assignment: Assignment, score: int = 4) -> Assignment:
    """The expert has no conflict of interest, scores everything alike and submits."""
    reviews.declare_no_conflict(assignment, by=assignment.expert.user)
    scores = {
        criterion.key: {"score": score, "words": "Жақсы негізделген.", "evidence": "fact:summary"}
        for criterion in assignment.application.call.criteria.all()
    }
    reviews.submit_review(assignment, scores=scores, comment="Нарықты нақтылау керек.", by=assignment.expert.user)
    return assignment


def make_sample(call: Call, position: int = 1) -> CalibrationSample:
    """An application that every expert of the call scores first."""
    texts = {"title_kk": "Үлгі", "title_ru": "Образец", "text_kk": "Ойын студиясы.", "text_ru": "Игровая студия."}
    return CalibrationSample.objects.create(call=call, position=position, **texts)


def score_samples(*samples: CalibrationSample, by: User, score: int = 3) -> None:
    """An expert scores samples, every criterion alike."""
    for sample in samples:
        calibration.score_sample(sample, scores={c.key: score for c in sample.call.criteria.all()}, by=by)


def decide(application: Application, outcome: str = Outcome.AWARD, *, amount: Decimal | int | None = None) -> Decision:
    """The commission resolves it, with a motive in case it departs from the ranking; the decision is staged by that.

    Where the call has no commission, the secretary stages it.
    """
    secretary = make_user(roles=["secretary"])
    awarded = Decimal(amount or application.amount_requested or 0) if outcome == Outcome.AWARD else Decimal(0)
    reasons, motive = ("Комиссия шешімі.", "Решение комиссии."), "Решение комиссии отличается от рейтинга."
    if application.call.commission is None:
        return decisions.stage_decision(
            application,
            outcome=outcome,
            amount=awarded,
            reason_kk=reasons[0],
            reason_ru=reasons[1],
            departure_motive=motive,
            by=secretary,
        )
    item = on_agenda(application, by=secretary)
    agenda.depart(item, outcome=outcome, amount=awarded, motives=(motive, motive), reasons=reasons, by=secretary)
    meeting = item.meeting
    if meeting.status != MeetingStatus.OPEN:
        convene(meeting, by=secretary)
    resolve(item, by=secretary)
    return Decision.objects.staged().get(application=application)


def release(call: Call, *, by: User | None = None) -> Call:
    """A secretary proposes the release, a commission member (`by`) confirms it, after the call has closed."""
    if call.closes_at > clock.now():
        Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - timedelta(seconds=1))
    call.refresh_from_db()
    releases.propose_release(call, by=make_user(roles=["secretary"]))
    return releases.release_decisions(call, by=by or make_user(roles=["commission"]))
