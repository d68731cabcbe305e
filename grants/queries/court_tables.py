"""Which rows a court gets about one application: every table that names it, at any distance, in one literal list.

tests/grants/test_court.py walks all models: one that points at an application and stands in neither list fails it.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models

from accounts.models import Consent, Organisation, Sector
from committees import models as committee
from grants import models as grant
from grants.models import Application
from questionnaires.models import Answer, AnswerFile, QuestionnaireVersion

# (table, the way from its row to the application). Ballots of an item that is still open stay hidden from everybody.
OWN: tuple[tuple[type[models.Model], dict[str, Any]], ...] = (
    (grant.Application, {"pk": "pk"}),
    (grant.ApplicationDocument, {"application": "pk"}),
    (grant.BudgetLine, {"application": "pk"}),
    (grant.Milestone, {"application": "pk"}),
    (Answer, {"set": "answer_set_id"}),
    (AnswerFile, {"set": "answer_set_id"}),
    (QuestionnaireVersion, {"pk": "version_id"}),
    (Organisation, {"pk": "organisation_id"}),
    (Sector, {"pk": "sector_id"}),
    (Consent, {"about": "public_id"}),
    (grant.GuardianConsent, {"application": "pk"}),
    (grant.Call, {"pk": "call_id"}),
    (grant.CallRules, {"call": "call_id"}),
    (grant.Criterion, {"call": "call_id"}),
    (grant.SectorFloor, {"call": "call_id"}),
    (grant.Submission, {"application": "pk"}),
    (grant.Correction, {"application": "pk"}),
    (grant.Extension, {"application": "pk"}),
    (grant.HelpRequest, {"application": "pk"}),
    (grant.ScreeningCheck, {"application": "pk"}),
    (grant.IneligibilityProposal, {"application": "pk"}),
    (grant.StaffTranslation, {"application": "pk"}),
    (grant.Conflict, {"application": "pk"}),
    (grant.Pin, {"application": "pk"}),
    (grant.Assignment, {"application": "pk"}),
    (grant.Expert, {"assignments__application": "pk"}),
    (grant.AssignmentRun, {"assignments__application": "pk"}),
    (grant.Review, {"assignment__application": "pk"}),
    (grant.ScoreEntry, {"review__assignment__application": "pk"}),
    (grant.ExtraReview, {"application": "pk"}),
    (grant.ApplicationItem, {"application": "pk"}),
    (committee.AgendaItem, {"pk__in": "items"}),
    (committee.Meeting, {"items__in": "items"}),
    (committee.Committee, {"meetings__items__in": "items"}),
    (committee.Seat, {"committee__meetings__items__in": "items"}),
    (committee.Attendance, {"meeting__items__in": "items"}),
    (committee.Substitution, {"meeting__items__in": "items"}),
    (committee.Observer, {"meeting__items__in": "items"}),
    (committee.Declaration, {"meeting__items__in": "items"}),
    (committee.ConflictDeclaration, {"item__in": "items"}),
    (committee.Ballot, {"item__in": "items"}),
    (committee.Dissent, {"item__in": "items"}),
    (committee.Resolution, {"item__in": "items"}),
    (committee.Annulment, {"resolution__item__in": "items"}),
    (committee.Minutes, {"meeting__items__in": "items"}),
    (committee.MinutesSignature, {"minutes__meeting__items__in": "items"}),
    (grant.Decision, {"application": "pk"}),
    (grant.Appeal, {"application": "pk"}),
    (grant.Award, {"application": "pk"}),
)
# Columns that open a door or only serve a search: a court has no use for them.
LEFT_OUT = {
    "grants.application": {"search_text"},
    "committees.observer": {"live_token_hash"},
}


def rows_about(application: Application) -> dict[str, list[models.Model]]:
    """Table name -> its rows, by key. One query for each table."""
    found: dict[str, list[models.Model]] = {}
    keys = _keys(application)
    for model, way in OWN:
        rows = model._default_manager.filter(**{path: keys[name] for path, name in way.items()})
        if model is committee.Ballot:
            rows = rows.filter(item__closed_at__isnull=False)
        found[model._meta.label_lower] = list(rows.order_by("pk").distinct())
    found["grants.rankingrun"] = list(_runs_naming(application))
    return found


def _keys(application: Application) -> dict[str, Any]:
    """What the ways lead to. Items of an agenda are those of its decision and those of its appeals."""
    appealed = grant.Appeal.objects.filter(application=application, item__isnull=False).values_list("item", flat=True)
    decided = grant.ApplicationItem.objects.filter(application=application).values_list("item", flat=True)
    return {
        "pk": application.pk,
        "public_id": application.public_id,
        "call_id": application.call_id,
        "organisation_id": application.organisation_id,
        "sector_id": application.sector_id,
        "answer_set_id": application.answer_set_id,
        "version_id": application.answer_set.version_id,
        "items": sorted({*appealed, *decided}),
    }


def _runs_naming(application: Application) -> Iterable[models.Model]:
    """Frozen rankings that hold this application, by its number."""
    runs = grant.RankingRun.objects.filter(call=application.call_id).order_by("pk")
    return (run for run in runs if any(row["number"] == application.number for row in run.content["rows"]))


def plain_row(row: models.Model) -> dict[str, Any]:
    """Every column of a row by its name, but those that are left out."""
    hidden = LEFT_OUT.get(row._meta.label_lower, set())
    fields = [field for field in row._meta.concrete_fields if field.name not in hidden]
    return {field.attname: _plain(field.value_from_object(row)) for field in fields}


def _plain(value: Any) -> Any:
    """A stored file by its name in the store."""
    return str(value) if isinstance(value, models.fields.files.FieldFile) else value
