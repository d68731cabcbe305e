"""Other seasons than the standard one: a small one, the same again, around any day, and those that are refused."""

import io
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import Organisation, User
from committees.models import AgendaItem, Ballot, Meeting, Resolution
from core import clock
from core.canonical import canonical_json, sha256_of
from core.models import AuditEvent
from documents.formulas.pdfs import check_pdf
from documents.models import Document
from funds.models import Fund, LedgerEntry
from grants.models import (
    Appeal,
    Application,
    Assignment,
    AssignmentRun,
    Call,
    Correction,
    Decision,
    ProgrammeYear,
    RankingRun,
    ScoreEntry,
    Submission,
    WorkAct,
)
from grants.queries.ranking import rank_call
from grants.statuses import Outcome
from notifications.models import Message
from tests.portal.seeding import DAY, call_named, load, replay
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def small() -> str:
    """The smallest season, and what its command says."""
    return load("--applications=60", f"--today={DAY}")


def digest() -> dict[str, str]:
    """One hash for each table, by what does not depend on keys of the database."""
    columns = {
        User: ["public_id", "email", "display_name", "iin", "phone", "language", "joined_at"],
        Organisation: ["public_id", "name", "identifier", "kind", "sector__code", "district__kato"],
        Application: ["public_id", "number", "status", "title", "amount_requested", "submitted_at", "officer__email"],
        Submission: ["public_id", "sha256", "submitted_at"],
        Document: ["public_id", "original_name"],  # minutes name seats by their keys
        Meeting: ["public_id", "status", "starts_at", "notice_sent_at", "opened_at", "closed_at", "number"],
        AgendaItem: ["public_id", "reference", "bloc", "position", "opened_at", "closed_at", "proposal_kk"],
        Ballot: ["item__public_id", "seat__user__email", "choice", "cast_at"],
        Resolution: ["public_id", "item__public_id", "verdict", "votes_for", "resolved_at"],
        RankingRun: ["public_id", "inputs_sha256", "sha256"],
        AssignmentRun: ["public_id", "inputs_sha256", "result_sha256"],
        Appeal: ["public_id", "application__number", "outcome", "made_at", "answered_at"],
        Correction: ["public_id", "reason_ru", "opened_at", "due_at", "answered_at"],
        Assignment: ["public_id", "application__number", "expert__user__email", "due_on"],
        ScoreEntry: ["review__assignment__public_id", "criterion__key", "number", "score", "words", "entered_at"],
        Decision: ["public_id", "application__number", "outcome", "amount", "staged_at", "released_at"],
        LedgerEntry: ["investment__public_id", "value_on", "amount"],
        AuditEvent: ["at", "verb", "object_type"],
        Message: ["public_id", "address", "event", "created_at"],
    }
    return {
        model.__name__: sha256_of(sorted(map(canonical_json, model.objects.values_list(*names))))
        for model, names in columns.items()
    }


def season_of(*arguments: str) -> dict[str, str]:
    """The digest of a season that is taken back at once."""
    with transaction.atomic():
        load(*arguments)
        found = digest()
        transaction.set_rollback(True)
    return found


def test_the_same_day_and_seed_make_the_same_season():
    first, second = season_of("--applications=60", f"--today={DAY}"), season_of("--applications=60", f"--today={DAY}")
    other = season_of("--applications=60", f"--today={DAY}", "--seed=2")

    assert first == second
    assert [table for table in first if first[table] == other[table]] == []


def test_a_second_run_says_so_and_changes_nothing(small):
    before = (User.objects.count(), Application.objects.count(), AuditEvent.objects.count())

    said = load("--applications=60", f"--today={DAY}")

    assert said.startswith("The demo season is already loaded")
    assert (User.objects.count(), Application.objects.count(), AuditEvent.objects.count()) == before


def test_the_papers_are_right_pdfs(small):
    stored = set(Document.objects.filter(media_type="application/pdf").values_list("file", flat=True))

    for name in stored:
        with Document.objects.filter(file=name).first().file.open() as file:
            check_pdf(file)
    assert len(stored) == 6 + 2 + WorkAct.objects.count()  # kinds of papers, minutes in two languages, acts


@pytest.mark.parametrize("day", ["2026-01-10", "2026-03-26", "2026-05-12", "2027-09-01"])
def test_a_season_around_any_day_keeps_its_rules(day, at):
    at(timezone.make_aware(datetime.fromisoformat(f"{day}T00:30:00")))

    load("--applications=80", f"--today={day}", "--seed=3")

    finished = rank_call(call_named("first call")).rows
    assert replay() == []
    assert Call.objects.open().count() == 1
    assert ProgrammeYear.objects.get().year == int(day[:4])
    assert Correction.objects.filter(answered_at=None, expired_at=None, due_at__lte=clock.now()).count() == 0
    assert [r for r in finished if r.decision.outcome == Outcome.AWARD and not r.has_passed] == []
    assert {r.application.agenda_items.get().item.resolution.verdict for r in finished} == {"adopted"}
    assert AuditEvent.objects.filter(at__gte=clock.now()).count() == 0


def test_the_season_is_refused_unless_this_is_the_demo():
    with override_settings(DEMO=False), pytest.raises(CommandError, match="DEMO=true"):
        call_command("seed_demo", stdout=io.StringIO())

    assert (User.objects.count(), Application.objects.count()) == (0, 0)


def test_the_season_is_refused_beside_a_real_one():
    Fund.objects.create(
        code="real", name_kk="Қор", name_ru="Фонд", capital=1, started_on="2025-10-01", term_years=10, target_projects=1
    )

    with pytest.raises(CommandError, match="needs an empty one"):
        load("--applications=60")

    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(["--applications=10"], "at least 60"), (["--today=2025-10-05"], "began on 2025-10-01")],
)
def test_a_season_that_cannot_be_is_refused_in_words(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        load(*arguments)

    assert User.objects.count() == 0
