"""The year with its published figures, and its three calls with the usual criteria, documents and questions."""

from decimal import Decimal
from typing import Any

from accounts.models import Sector
from core.canonical import plain, sha256_of
from grants.actions.call_defaults import LISTS, usual
from grants.models import Call, CallRules, Criterion, DocumentRequirement, Programme, ProgrammeYear
from grants.models.call import vat_percent_on
from grants.queries.rules import compile_rules
from grants.statuses import CallStatus, ProgrammeKind
from portal.demo import plan
from portal.demo.invention import data
from portal.demo.season import Opened, Season
from portal.demo.two_persons import publish_by_two
from questionnaires.actions.publish import compile_content, refuse_flaws
from questionnaires.actions.usual import GRANT, make_rows, usual_files
from questionnaires.models import QuestionnaireVersion
from questionnaires.queries.lint import lint_content

PREPARED = -130
PUBLISHED_BEFORE = 7  # days before opening
OPENING_HOUR, CLOSING_HOUR = 10, 18


def make_calls(season: Season) -> None:
    """Programme, year, questionnaire and the calls; the trail of publishing and releasing."""
    texts = data("calls")
    programme = Programme.objects.create(kind=ProgrammeKind.GRANT, **texts["programme"])
    year = ProgrammeYear.objects.create(
        programme=programme, year=season.today.year, **{**texts["year"], "budget": Decimal(texts["year"]["budget"])}
    )
    version = publish_questions(season, usual_files()[GRANT])
    for name in (plan.FINISHED, plan.DECIDING, plan.OPEN):
        season.calls[name] = _make_call(season, name, year, version, {**texts[name], **texts["rules"]})


def publish_questions(season: Season, file: dict[str, Any]) -> QuestionnaireVersion:
    """The editor's rows from a file of questions, and the version compiled from them."""
    questionnaire = make_rows(file)
    compiled = compile_content(questionnaire)
    refuse_flaws(lint_content(compiled))
    by, at = season.accounts["admin"], season.days.at(PREPARED, 12)
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=1,
        content=compiled,
        sha256=sha256_of(compiled),
        published_at=at,
        published_by=by,
    )
    season.history.add(at, "questionnaire.publish", version, by=by, number=1, sha256=version.sha256)
    return version


def _texts(name: str, written: dict[str, Any]) -> dict[str, str]:
    return {f"{name}_{language}": text for language, text in written[name].items()}


def _make_call(
    season: Season, name: str, year: ProgrammeYear, version: QuestionnaireVersion, texts: dict[str, Any]
) -> Opened:
    wave = plan.WAVES[name]
    call = Call.objects.create(
        public_id=season.invent.public_id(),
        programme_year=year,
        **{**texts, "min_amount": Decimal(texts["min_amount"]), "max_amount": Decimal(texts["max_amount"])},
        opens_at=season.days.at(wave.opens, OPENING_HOUR),
        closes_at=season.days.at(wave.closes, CLOSING_HOUR),
        questionnaire=version.questionnaire,
        questionnaire_version=version,
        asks_budget=True,
        asks_milestones=True,
        vat_percent=vat_percent_on(season.today),
        is_example=True,
        commission=season.committee,
        order=season.orders[name],
        experts_order=season.orders["experts"],
        observers_needed=season.committee.observers_needed,
        held_back_percent=plan.held_back_percent(season.size) if name == plan.FINISHED else 0,
    )
    call.sectors.set(Sector.objects.all())
    Criterion.objects.bulk_create(_rows(Criterion, call, "criteria", "weight", "levels"))
    asked = ("is_required", "stage", "from_tier", "valid_days")
    DocumentRequirement.objects.bulk_create(_rows(DocumentRequirement, call, "documents", *asked))
    for listed in ("tiers", "budget_categories", "statements"):
        rows = LISTS[listed](call)
        type(rows[0]).objects.bulk_create(rows)
    return _publish(season, name, call)


def _rows(model: Any, call: Call, listed: str, *facts: str) -> list[Any]:
    """The usual criteria or documents of a call, as `fill_with_usual` adds them."""
    return [
        model(call=call, position=n, key=row["key"], **_texts("title", row), **{fact: row[fact] for fact in facts})
        for n, row in enumerate(usual()[listed], start=1)
    ]


def _publish(season: Season, name: str, call: Call) -> Opened:
    """The frozen rules with their hash."""
    call.refresh_from_db()  # moments as the database gives them back: the hash can be made again
    content = plain(compile_rules(call))
    at, by = season.days.at(plan.WAVES[name].opens - PUBLISHED_BEFORE, 12), season.accounts["admin"]
    rules = CallRules.objects.create(call=call, number=1, content=content, sha256=sha256_of(content), made_at=at)
    publish_by_two(season, call, rules, at)
    between = (CallStatus.DRAFT.value, CallStatus.PUBLISHED.value)
    season.history.move(at, "call", "publish", call, between, by=by, rules=rules.sha256)
    return Opened(
        name, plan.WAVES[name], call, rules, list(call.requirements.all()), list(call.budget_categories.all())
    )
