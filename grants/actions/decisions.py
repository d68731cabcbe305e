"""The commission's decisions, staged one by one (released at once: releases.py)."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from committees.models import Resolution
from committees.statuses import Verdict
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.templatetags.words import money
from core.workflow import lock
from grants import policy
from grants.actions.voiding import void_decision
from grants.models import Application, Call, Decision, ProgrammeYear
from grants.queries.holding import has_won_an_appeal, held_back
from grants.queries.ranking import RankingRow, rank_call
from grants.statuses import ApplicationStatus, CallStatus, Outcome, VoidKind


@transaction.atomic
def stage_decision(
    application: Application,
    *,
    outcome: str,
    reason_kk: str,
    reason_ru: str,
    amount: Decimal = Decimal(0),
    departure_motive: str = "",
    resolution: Resolution | None = None,
    row: RankingRow | None = None,
    by: Any,
) -> Decision:
    """Writes down what the commission decided; nobody outside sees it before the release.

    Money counts from here: the year's row is locked first, and a trigger with a CHECK has the last word. A later
    decision about the same application replaces this one. Raises Refused in words where the money does not suffice,
    reviews are missing, the score is under the pass mark, a departure from the ranking has no motive, or the call has a
    commission and this is not its adopted `resolution`. `row`: the line of the ranking, where it is at hand.
    """
    if not policy.may_stage_decisions(by):
        raise NotAllowed(_("Only the secretary of the commission stages decisions."), code="not_a_secretary")
    refuse_past_commission(application.call, resolution)
    year = lock(application.call.programme_year)
    application = lock(application)
    amount = amount if outcome == Outcome.AWARD else Decimal(0)
    _refuse_unfit(application, outcome, amount, reason_kk, reason_ru)
    _void_earlier(application, by)
    year.refresh_from_db()
    refuse_over_budget(year, amount, held=Decimal(0) if has_won_an_appeal(application.pk) else None)
    _refuse_unranked(application, outcome, departure_motive, row)
    return write_decision(
        application,
        year,
        outcome=outcome,
        amount=amount,
        reasons=(reason_kk, reason_ru),
        departure_motive=departure_motive,
        resolution=resolution,
        by=by,
    )


def refuse_past_commission(call: Call, resolution: Resolution | None) -> None:
    """A call that has a commission is decided by its adopted resolutions and in no other way."""
    if call.commission_id is None:
        return
    adopted = resolution is not None and resolution.verdict == Verdict.ADOPTED
    if not adopted or resolution.item.meeting.committee_id != call.commission_id:  # type: ignore[union-attr]
        raise Refused(
            _("This call has a commission: put the application on the agenda of its meeting, the vote decides."),
            code="commission_decides",
        )


def write_decision(
    application: Application,
    year: ProgrammeYear,
    *,
    outcome: str,
    amount: Decimal,
    reasons: tuple[str, str],
    departure_motive: str = "",
    resolution: Resolution | None = None,
    by: Any,
) -> Decision:
    """The row and its audit event; whoever calls it holds the year's lock and has checked. Reasons: kk, ru."""
    reason_kk, reason_ru = reasons
    decision = Decision.objects.create(
        application=application,
        programme_year=year,
        outcome=outcome,
        amount=amount,
        currency=year.currency,
        reason_kk=reason_kk.strip(),
        reason_ru=reason_ru.strip(),
        departure_motive=departure_motive.strip(),
        staged_by=by,
    )
    data = {"application": application.public_id, "outcome": outcome, "amount": amount}
    if resolution is not None:
        data |= {"resolution": resolution.public_id, "resolution_sha256": resolution.sha256}
    record("decision.stage", decision, by=by, data=data)
    return decision


def refuse_over_budget(year: ProgrammeYear, amount: Decimal, *, held: Decimal | None = None) -> None:
    """Refuses in words what the database would refuse anyway; `held`: what is kept for appeals, if not all of it."""
    held = held_back(year) if held is None else held
    left = max(year.remaining - held, Decimal(0))
    if amount > left:
        words = _("The budget of the year does not suffice: %(left)s are left, %(asked)s are needed.")
        if held:
            words = _(
                "The budget of the year does not suffice: %(left)s are left, %(asked)s are needed. "
                "Held back until appeals are answered: %(held)s."
            )
        raise Refused(
            words
            % {
                "left": money(left, year.currency),
                "asked": money(amount, year.currency),
                "held": money(held, year.currency),
            },
            code="budget",
        )


def _refuse_unfit(application: Application, outcome: str, amount: Decimal, reason_kk: str, reason_ru: str) -> None:
    # A decided call decides again about what an appeal or a court's act brought back.
    running = [CallStatus.PUBLISHED, CallStatus.DECIDED]
    if application.status != ApplicationStatus.ELIGIBLE or application.call.status not in running:
        raise Refused(
            _("A decision is staged for an eligible application of a call not yet decided."), code="wrong_state"
        )
    if not (reason_kk.strip() and reason_ru.strip()):
        raise Refused(_("Give the reasons in Kazakh and in Russian: the applicant reads them."), code="no_reason")
    if outcome == Outcome.AWARD and not 0 < amount <= (application.amount_requested or 0):
        raise Refused(
            _("Award more than nothing and at most what was asked: %(asked)s.")
            % {"asked": money(application.amount_requested)},
            code="amount",
        )


def _refuse_unranked(application: Application, outcome: str, departure_motive: str, row: RankingRow | None) -> None:
    """Every application is judged on its reviews; departing from the ranking is lawful only with a motive."""
    row = row or next(r for r in rank_call(application.call).rows if r.application.pk == application.pk)
    if row.reviews < application.call.reviews_needed:
        raise Refused(
            _("%(done)s of %(needed)s reviews are in. Wait for the others.")
            % {"done": row.reviews, "needed": application.call.reviews_needed},
            code="reviews_missing",
        )
    if outcome == Outcome.AWARD and not row.has_passed:
        raise Refused(
            _("The score is under the pass mark of %(mark)s: this cannot be awarded.")
            % {"mark": application.call.pass_mark},
            code="pass_mark",
        )
    if departs(row, outcome) and not departure_motive.strip():
        raise Refused(_("This departs from the ranking: write down the commission's motive."), code="no_motive")


def departs(row: RankingRow, outcome: str) -> bool:
    """Whether an outcome differs from what the funding line says."""
    return row.is_above_line != (outcome == Outcome.AWARD)


def _void_earlier(application: Application, by: Any) -> None:
    for earlier in Decision.objects.staged().filter(application=application):
        void_decision(earlier, VoidKind.REPLACED, by=by)
