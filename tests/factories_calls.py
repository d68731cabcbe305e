"""Years, commissions, questionnaires and calls for tests, published by two persons."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from accounts.models import Sector, User
from committees.models import Committee, Seat
from committees.statuses import CommitteeKind, SeatRole
from core import clock
from core.canonical import plain, sha256_of
from documents.models import Order
from grants.actions import call_defaults, calls, cancelling
from grants.models import Call, CallRules, Criterion, DocumentRequirement, Programme, ProgrammeYear
from grants.statuses import ProgrammeKind
from questionnaires.models import Question, Questionnaire, Section
from tests.factories_people import counter, make_staff, make_user


def make_year(budget: Decimal | int = 500_000_000, year: int = 2026, *, kind: str = "grant") -> ProgrammeYear:
    """The grant programme's year with the published budget and target; calls of another kind need no commission."""
    names = {"name_kk": "Грант бағдарламасы", "name_ru": "Грантовая программа", "name_en": "Grant programme"}
    programme, _new = Programme.objects.get_or_create(
        code="grants" if kind == ProgrammeKind.GRANT else kind, defaults={"kind": kind, **names}
    )
    made, _new = ProgrammeYear.objects.get_or_create(
        programme=programme, year=year, defaults={"budget": Decimal(budget), "target_projects": 100}
    )
    return made


def make_order() -> Order:
    """An order by number and date."""
    number = next(counter)
    return Order.objects.create(number=f"{number}-Ө", signed_on=clock.today(), title_kk="Бұйрық", title_ru="Приказ")


def make_committee(members: int = 1, *, alternates: int = 0, **fields: Any) -> Committee:
    """A commission made by an order: its chair, `members` in all, alternates; notice on the same day is enough."""
    defaults: dict[str, Any] = {
        "code": f"commission{next(counter)}",
        "kind": CommitteeKind.GRANT,
        "name_kk": "Грант комиссиясы",
        "name_ru": "Грантовая комиссия",
        "order": make_order(),
        "notice_working_days": 0,
    }
    committee = Committee.objects.create(**{**defaults, **fields})
    roles = [SeatRole.CHAIR, *[SeatRole.MEMBER] * (members - 1), *[SeatRole.ALTERNATE] * alternates]
    for role in roles:
        Seat.objects.create(
            committee=committee, user=make_staff("commission"), role=role, since=clock.today(), order=committee.order
        )
    return committee


def the_commission() -> Committee:
    """The one commission that decides every grant call of a test: its chair alone, so that one vote is enough."""
    return Committee.objects.filter(code="commission").first() or make_committee(code="commission")


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
    year = year or make_year()
    defaults: dict[str, Any] = {
        "programme_year": year,
        "commission": the_commission() if year.programme.kind == ProgrammeKind.GRANT else None,
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
    return publish(make_draft_call(year, **fields))


def publish(call: Call, *, by: User | None = None) -> Call:
    """Two officers publish: one proposes, the other one (`by`) confirms."""
    calls.propose_publishing(call, by=make_user(roles=["officer"]))
    return calls.publish_call(call, by=by or make_user(roles=["officer"]))


def cancel_call(call: Call, *, by: User | None = None) -> Call:
    """An officer proposes to cancel, an administrator confirms."""
    reasons = {"reason_kk": "Жабылды.", "reason_ru": "Закрыт."}
    cancelling.propose_cancelling(call, **reasons, by=make_user(roles=["officer"]))
    return cancelling.cancel_call(call, by=by or make_user(roles=["administrator"]))


def make_planned_call(year: ProgrammeYear | None = None, **fields: Any) -> Call:
    """A published call with the usual tiers and budget categories that asks for a budget and for milestones."""
    officer = make_user(roles=["officer"])
    return publish(call_defaults.fill_with_usual(make_draft_call(year, **fields), by=officer))


def freeze_again(call: Call) -> None:
    """New rules of a published call from its rows as they stand now; its applications stand on them."""
    content = plain(calls.compile_rules(call))
    number = call.rules_versions.count() + 1
    rules = CallRules.objects.create(call=call, number=number, content=content, sha256=sha256_of(content))
    call.applications.update(rules=rules)
