"""Valid objects without surprises. `application_at("submitted")` gets there by real actions."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import District, Membership, Organisation, Sector, User
from accounts.statuses import MembershipRole, OrganisationKind
from core import clock
from core.canonical import plain, sha256_of
from core.identifiers import control_digit
from core.public_id import make_public_id
from funds.actions import ledger, portfolio
from funds.models import Fund, Investment, LedgerEntry, Project
from funds.statuses import Instrument
from grants.actions import applications, call_defaults, calls, decisions, documents, plan, reviews, screening
from grants.models import (
    Application,
    ApplicationDocument,
    Assignment,
    Call,
    CallRules,
    Criterion,
    DocumentRequirement,
    Expert,
    Programme,
    ProgrammeYear,
)
from grants.statuses import ApplicationStatus, CheckKind, CheckResult, Outcome
from questionnaires.models import Question, Questionnaire, Section
from tests.pdf import make_pdf

counter = itertools.count(1)


PDF = make_pdf()


def make_bin(number: int) -> str:
    """An invented BIN with a right check digit, a different one for each number."""
    while True:
        first = f"2504400{number % 10000:04d}"
        digit = control_digit(first)
        if digit is not None:
            return f"{first}{digit}"
        number += 5000


def make_user(email: str = "", *, roles: list[str] | tuple[str, ...] = (), language: str = "ru", **fields: Any) -> User:
    """A person with a verified address; roles are groups that the migration made."""
    email = email or f"person{next(counter)}@example.test"
    user = User.objects.create_user(email, "correct horse battery", language=language, **fields)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def with_second_factor(user: User) -> User:
    """The person has set up a one-time password, as every role must."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(user, generate_totp_secret())
    return user


def make_staff(role: str, email: str = "") -> User:
    """A person with a role and a second factor."""
    return with_second_factor(make_user(email or f"{role}{next(counter)}@example.test", roles=[role]))


def make_organisation(owner: User | None = None, **fields: Any) -> Organisation:
    """A ТОО in Almaly district, of the IT sector."""
    number = next(counter)
    defaults: dict[str, Any] = {
        "kind": OrganisationKind.LLP,
        "name": f"ТОО «Пример {number}»",
        "identifier": make_bin(number),
        "district": District.objects.get(kato="751110000"),
        "sector": Sector.objects.get(code="it"),
        "head_name": "Әлия Сапарова",
    }
    organisation = Organisation.objects.create(**{**defaults, **fields})
    if owner:
        add_member(organisation, owner, MembershipRole.OWNER)
    return organisation


def add_member(organisation: Organisation, user: User, role: str) -> Membership:
    """Lets a person act for an organisation."""
    return Membership.objects.create(organisation=organisation, user=user, role=role)


def make_year(budget: Decimal | int = 500_000_000, year: int = 2026) -> ProgrammeYear:
    """The grant programme's year with the published budget and target."""
    programme, _new = Programme.objects.get_or_create(
        code="grants",
        defaults={"name_kk": "Грант бағдарламасы", "name_ru": "Грантовая программа", "name_en": "Grant programme"},
    )
    made, _new = ProgrammeYear.objects.get_or_create(
        programme=programme, year=year, defaults={"budget": Decimal(budget), "target_projects": 100}
    )
    return made


def make_questionnaire() -> Questionnaire:
    """Two questions: one required, one not."""
    questionnaire = Questionnaire.objects.create(
        code=f"q{next(counter)}", title_kk="Жоба туралы", title_ru="О проекте", title_en="About the project"
    )
    section = Section.objects.create(
        questionnaire=questionnaire, title_kk="Жоба", title_ru="Проект", title_en="Project", position=1
    )
    Question.objects.create(
        section=section,
        key="problem",
        kind="long_text",
        label_kk="Қандай мәселені шешесіз?",
        label_ru="Какую проблему вы решаете?",
        label_en="Which problem do you solve?",
        limit=1000,
        position=1,
    )
    Question.objects.create(
        section=section,
        key="jobs",
        kind="number",
        label_kk="Неше жұмыс орны ашылады?",
        label_ru="Сколько рабочих мест появится?",
        label_en="How many jobs will there be?",
        limit=1000,
        is_required=False,
        position=2,
    )
    return questionnaire


def make_draft_call(year: ProgrammeYear | None = None, **fields: Any) -> Call:
    """A call that is complete and not yet published; open from yesterday for three weeks."""
    defaults: dict[str, Any] = {
        "programme_year": year or make_year(),
        "title_kk": "Креативті бизнес гранттары",
        "title_ru": "Гранты креативному бизнесу",
        "title_en": "Grants for creative business",
        "summary_kk": "Қайтарылмайтын гранттар.",
        "summary_ru": "Безвозвратные гранты.",
        "summary_en": "Non-repayable grants.",
        "rules_kk": "Ережелер.",
        "rules_ru": "Правила.",
        "rules_en": "Rules.",
        "opens_at": clock.now() - timedelta(days=1),
        "closes_at": clock.now() + timedelta(days=20),
        "min_amount": Decimal(500_000),
        "max_amount": Decimal(5_000_000),
        "questionnaire": make_questionnaire(),
        "reviews_needed": 2,
    }
    call = Call.objects.create(**{**defaults, **fields})
    call.sectors.set(Sector.objects.all())
    for position, (key, weight) in enumerate([("idea", 40), ("market", 40), ("team", 20)], start=1):
        Criterion.objects.create(
            call=call,
            key=key,
            weight=weight,
            position=position,
            title_kk=f"Өлшемшарт {key}",
            title_ru=f"Критерий {key}",
            title_en=f"Criterion {key}",
        )
    DocumentRequirement.objects.create(
        call=call, key="deck", title_kk="Презентация", title_ru="Презентация", title_en="Deck", position=1
    )
    return call


def make_call(year: ProgrammeYear | None = None, **fields: Any) -> Call:
    """A published call."""
    officer = make_user(roles=["officer"])
    return calls.publish_call(make_draft_call(year, **fields), by=officer)


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
    attach(application, call.requirements.get(), pdf(), by=owner)
    application.refresh_from_db()
    make_plan(application)
    return application


def make_planned_call(year: ProgrammeYear | None = None, **fields: Any) -> Call:
    """A published call with the usual tiers and budget categories that asks for a budget and for milestones."""
    officer = make_user(roles=["officer"])
    call = call_defaults.fill_with_usual(make_draft_call(year, **fields), by=officer)
    return calls.publish_call(call, by=officer)


def freeze_again(call: Call) -> None:
    """New rules of a published call from its rows as they stand now; its applications stand on them."""
    content = plain(calls.compile_rules(call))
    number = call.rules_versions.count() + 1
    rules = CallRules.objects.create(call=call, number=number, content=content, sha256=sha256_of(content))
    call.applications.update(rules=rules)


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
    return Expert.objects.create(user=user, languages=["kk", "ru"])


def assign(application: Application, expert: Expert | None = None) -> Assignment:
    """Asks an expert for a review."""
    officer = make_user(roles=["officer"])
    return reviews.assign_expert(application, expert or make_expert(), by=officer)


def review(assignment: Assignment, score: int = 4) -> Assignment:
    """The expert has no conflict of interest, scores everything alike and submits."""
    reviews.declare_no_conflict(assignment, by=assignment.expert.user)
    scores = {
        criterion.key: {"score": score, "words": "Жақсы негізделген."}
        for criterion in assignment.application.call.criteria.all()
    }
    reviews.submit_review(assignment, scores=scores, comment="Нарықты нақтылау керек.", by=assignment.expert.user)
    return assignment


def decide(application: Application, outcome: str = Outcome.AWARD, *, amount: Decimal | int | None = None) -> Any:
    """The secretary stages a decision of the commission, with a motive in case it departs from the ranking."""
    return decisions.stage_decision(
        application,
        outcome=outcome,
        amount=Decimal(amount or application.amount_requested) if outcome == Outcome.AWARD else Decimal(0),
        reason_kk="Комиссия шешімі.",
        reason_ru="Решение комиссии.",
        departure_motive="Решение комиссии отличается от рейтинга.",
        by=make_user(roles=["secretary"]),
    )


def release(call: Call) -> Call:
    """A commission member releases the call's decisions, after it has closed."""
    if call.closes_at > clock.now():
        Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - timedelta(seconds=1))
    call.refresh_from_db()
    return decisions.release_decisions(call, by=make_user(roles=["commission"]))


def make_fund(**fields: Any) -> Fund:
    """The Creative Capital Fund with its published figures and the seven sectors."""
    defaults: dict[str, Any] = {
        "code": f"fund{next(counter)}",
        "name_kk": "Creative Capital Fund",
        "name_ru": "Creative Capital Fund",
        "capital": Decimal(39_000_000),
        "started_on": date(2025, 10, 1),
        "term_years": 10,
        "target_projects": 50,
    }
    fund = Fund.objects.create(**{**defaults, **fields})
    fund.sectors.set(Sector.objects.filter(of_fund=True))
    return fund


def make_project(fund: Fund | None = None, *, sector: str = "it", title: str = "", **how: Any) -> Project:
    """A project of a new organisation, added by a manager."""
    title = title or f"Жоба {next(counter)}"
    return portfolio.add_project(
        fund or make_fund(),
        organisation=make_organisation(),
        sector=Sector.objects.get(code=sector),
        texts={"title_kk": title, "title_ru": title},
        by=make_user(roles=["manager"]),
        **how,
    )


def make_investment(project: Project | None = None, *, amount: Decimal | int = 100_000) -> Investment:
    """An approved investment."""
    return portfolio.record_investment(
        project or make_project(),
        instrument=Instrument.EQUITY,
        amount=Decimal(amount),
        approved_on=date(2025, 11, 3),
        by=make_user(roles=["manager"]),
    )


def pay(
    investment: Investment, amount: Decimal | int = 50_000, *, on: date = date(2025, 12, 1), **how: Any
) -> LedgerEntry:
    """A payment booked by a manager."""
    by = make_user(roles=["manager"])
    return ledger.post_disbursement(investment, amount=Decimal(amount), value_on=on, by=by, **how)
