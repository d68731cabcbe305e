"""The portal's own checks at sending: identifier, district, sector, amounts, duplicates."""

from datetime import date

from django.db.models import Exists, OuterRef

from accounts.models import Organisation
from accounts.statuses import IDENTIFIED_BY_BIN, IDENTIFIED_BY_IIN, Country
from core import clock
from core.identifiers import check_bin, check_iin
from grants.formulas import amounts
from grants.models import Application, Call, ScreeningCheck
from grants.models.application import ApplicationQuerySet
from grants.queries.applicants import asks_district
from grants.queries.completeness import limits_of
from grants.statuses import CheckKind, CheckResult

Found = tuple[CheckResult, str]
PASSED: Found = (CheckResult.PASSED, "")
UNCLEAR: Found = (CheckResult.UNCLEAR, "")


def run_automatic_checks(application: Application) -> None:
    """Stores what the portal itself can see; an officer may overrule it with evidence. Two queries, three for twins."""
    of_call = Call.sectors.through.objects.filter(call=OuterRef("call"), sector=OuterRef("sector"))
    twins = _twins(application)
    has_sector, has_twins = (
        Application.objects.filter(pk=application.pk).values_list(Exists(of_call), Exists(twins)).get()
    )
    found = {
        CheckKind.IDENTIFIER: _identifier(application.organisation, clock.today()),
        CheckKind.DISTRICT: PASSED if application.district_id or not asks_district(application) else UNCLEAR,
        CheckKind.SECTOR: PASSED if has_sector else (CheckResult.FAILED, ""),
        CheckKind.AMOUNT: _amount(application),
        CheckKind.OWN_SHARE: _own_share(application),
        CheckKind.DUPLICATE: _duplicate(twins) if has_twins else PASSED,
    }
    rows = [
        ScreeningCheck(application=application, kind=kind, result=result, evidence=evidence, checked_at=clock.now())
        for kind, (result, evidence) in found.items()
    ]
    ScreeningCheck.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["application", "kind"],
        update_fields=["result", "evidence", "checked_at", "checked_by"],
    )


def _identifier(organisation: Organisation, today: date) -> Found:
    if organisation.country != Country.KZ:
        return UNCLEAR  # another country's number: an officer looks at its paper
    if organisation.kind in IDENTIFIED_BY_IIN:
        found = check_iin(organisation.identifier, today=today)
    elif organisation.kind in IDENTIFIED_BY_BIN:
        found = check_bin(organisation.identifier, today=today)
    else:
        return UNCLEAR
    if not found.ok:
        return CheckResult.FAILED, found.error
    return (CheckResult.UNCLEAR, ", ".join(found.warnings)) if found.warnings else PASSED


def _amount(application: Application) -> Found:
    asked = application.amount_requested
    fits = asked is not None and amounts.amount_in_limits(asked, limits_of(application.call))
    return PASSED if fits else (CheckResult.FAILED, "")


def _own_share(application: Application) -> Found:
    asked, own = application.amount_requested, application.own_amount
    if asked is None or own is None:
        return CheckResult.FAILED, ""
    enough = amounts.own_share_is_enough(asked, own, limits_of(application.call))
    return (CheckResult.PASSED if enough else CheckResult.FAILED, f"{amounts.own_share_percent(asked, own)} %")


def _twins(application: Application) -> ApplicationQuerySet:
    """Other live applications to this call under the same identifier, by another organisation row."""
    identifier = application.organisation.identifier
    if not identifier:
        return Application.objects.none()
    others = Application.objects.live().sent().filter(call=application.call, organisation__identifier=identifier)
    return others.exclude(pk=application.pk)


def _duplicate(twins: ApplicationQuerySet) -> Found:
    return CheckResult.UNCLEAR, ", ".join(str(n) for n in twins.values_list("number", flat=True)[:5])
