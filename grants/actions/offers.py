"""An award is an offer until its winner accepts it; refused or lapsed, its money moves down the reserve list."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import apply_move, lock
from grants import policy
from grants.actions.award_plans import begin_plan
from grants.actions.letters import tell_decision, tell_owners
from grants.actions.releases import offer
from grants.actions.terms import term_of
from grants.actions.voiding import void_decision
from grants.models import Application, Award, Call, Decision, ProgrammeYear
from grants.queries.holding import held_back
from grants.queries.ranking import rank_call
from grants.queries.reasons import reasons_of_call
from grants.statuses import ApplicationStatus, AwardStatus, Outcome, VoidKind
from grants.workflow import APPLICATION, AWARD

BY_RULE = _("An award of this call fell out. By the rules, the next of the reserve list that its money covers gets it.")


@transaction.atomic
def accept_award(award: Award, *, by: Any) -> Award:
    """An owner says yes within the term: a plan is proposed, the contract follows. Twice is once.

    Raises Refused where it is too late.
    """
    award = lock(award, "application")
    _refuse_others(award, by)
    if award.accepted_at is not None:
        return award
    _refuse_over(award)
    award.accepted_at, award.accepted_by = clock.now(), by
    award.save(update_fields=["accepted_at", "accepted_by"])
    record("award.accept", award, by=by, data={"amount": award.amount})
    begin_plan(award, by=by)
    return award


@transaction.atomic
def refuse_award(award: Award, *, by: Any) -> Award:
    """An owner gives the award up: the application is withdrawn, the money moves down the reserve list at once.

    Raises Refused where it was accepted, or is over.
    """
    application, award = lock_all(award)
    _refuse_others(award, by)
    if award.accepted_at is not None:
        raise Refused(_("You have accepted this award. Write to Almaty Creative."), code="accepted")
    _refuse_over(award)
    apply_move(AWARD, award, "refuse", by=by)
    apply_move(APPLICATION, application, "refuse_offer", by=by, data={"award": award.public_id})
    fall_out(award, application, VoidKind.REFUSED, "award_refused")
    return award


def late_offers() -> list[int]:
    """Keys of offers that nobody answered in time."""
    return list(Award.objects.unanswered().filter(answer_due_at__lt=clock.now()).values_list("pk", flat=True))


@transaction.atomic
def lapse_award(award_id: int) -> bool:
    """The clock ends one offer that nobody answered in time; its money moves down the reserve list at once."""
    application, award = lock_all(Award.objects.select_related("application").get(pk=award_id))
    is_late = award.answer_due_at is not None and award.answer_due_at < clock.now()
    if award.status != AwardStatus.OFFERED or award.accepted_at is not None or not is_late:
        return False
    apply_move(AWARD, award, "lapse", by=None)
    apply_move(APPLICATION, application, "lapse", by=None, data={"award": award.public_id})
    fall_out(award, application, VoidKind.LAPSED, "award_lapsed")
    return True


def lock_all(award: Award) -> tuple[Application, Award]:
    """Year, application, award: the order in which decisions lock, so that two never meet half-way."""
    call = Call.objects.get(applications=award.application_id)
    lock(ProgrammeYear.objects.get(pk=call.programme_year_id))
    application = lock(Application.objects.get(pk=award.application_id), "call")
    return application, lock(award, "decision", "application")


def _refuse_others(award: Award, by: Any) -> None:
    if not policy.may_answer_award(by, award):
        raise NotAllowed(_("Only an owner of the organisation accepts or refuses an award."), code="not_an_owner")


def _refuse_over(award: Award) -> None:
    if award.status != AwardStatus.OFFERED:
        raise Refused(_("This offer is over. Reload the page."), code="wrong_state")
    if award.answer_due_at is not None and award.answer_due_at < clock.now():
        raise Refused(_("The time to answer is over. Write to Almaty Creative."), code="late")


def fall_out(award: Award, application: Application, kind: str, event: str) -> None:
    """The decision is void, its money is free, the owners are told, and the reserve list moves up by what was freed."""
    void_decision(award.decision, kind, by=None)
    tell_owners(application, event, key=f"{event}:{award.public_id}")
    move_reserve_up(application.call, freed=award.amount)


@transaction.atomic
def move_reserve_up(call: Call, *, freed: Decimal) -> list[Decision]:
    """By rank, each of the reserve list whose whole request fits into what is left of `freed` gets an award.

    Part of an action that freed the money; nobody decides anew, so no name stands on the rows. What the year holds back
    for appeals, and what others have staged meanwhile, is never spent.
    """
    year = lock(ProgrammeYear.objects.get(pk=call.programme_year_id))
    left = min(freed, year.remaining - held_back(year))
    made: list[Decision] = []
    for row in rank_call(call).rows:
        asked = row.application.amount_requested or Decimal(0)
        if row.application.status != ApplicationStatus.RESERVED or not 0 < asked <= left:
            continue
        made.append(_move_up(row.application, call, year, asked))
        left -= asked
    return made


def _move_up(application: Application, call: Call, year: ProgrammeYear, amount: Decimal) -> Decision:
    application = lock(application, "organisation")
    for earlier in Decision.objects.live().filter(application=application):
        void_decision(earlier, VoidKind.MOVED_UP, by=None)
    decision = Decision.objects.create(
        application=application,
        programme_year=year,
        outcome=Outcome.AWARD,
        amount=amount,
        currency=year.currency,
        by_rule=True,
        released_at=clock.now(),
        **{f"reason_{language}": _in(language) for language in ("kk", "ru")},
    )
    apply_move(APPLICATION, application, "move_up", by=None, data={"decision": decision.public_id})
    application.call = call
    until = term_of(call.offer_working_days)
    offer(decision, until=until, by=None)
    reasons = reasons_of_call(call)[application.pk]
    tell_decision(application, decision, event="moved_up", reasons=reasons, term_ends_at=until)
    return decision


def _in(language: str) -> str:
    with translation.override(language):
        return str(BY_RULE)
