"""The commission's agenda from a ranking, departures from it, and the decisions that follow from its votes."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from committees.actions.agenda import ItemDraft, add_items, lock_item
from committees.actions.attendance import lock_live
from committees.actions.declarations import record_found
from committees.models import AgendaItem, Meeting, Resolution
from committees.queries.session import session_of
from committees.statuses import SeatRole, Verdict
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.templatetags.words import money
from grants import policy
from grants.actions.conflicts import write_conflict
from grants.actions.decisions import stage_decision
from grants.actions.rankings import freeze_ranking
from grants.models import Application, ApplicationItem, Call
from grants.queries.agenda import SUBJECT, waiting_rows
from grants.queries.conflicts import conflicting_pairs
from grants.queries.ranking import RankingRow, outcome_by_line, rank_call
from grants.statuses import ConflictKind, Outcome

Texts = tuple[str, str]  # in Kazakh, in Russian


@transaction.atomic
def make_agenda(
    meeting: Meeting,
    call: Call,
    *,
    reasons: Mapping[str, Texts],
    below: str = Outcome.RESERVE,
    by: Any,
) -> list[ApplicationItem]:
    """Puts every ranked application without a decision on the agenda, by rank, in blocs of the same outcome.

    Freezes the ranking it follows, and writes down the conflicts of interest of whoever sits that the data show.
    Raises Refused for another committee, missing reviews, an outcome without reasons, nothing left.
    """
    _refuse_others(by)
    meeting = lock_live(meeting)
    if meeting.committee_id != call.commission_id:
        raise Refused(_("This call is decided by another committee."), code="other_committee")
    rows = waiting_rows(call)
    outcomes = {row.application.pk: outcome_by_line(row, call, below) for row in rows}
    _refuse_unready(rows, call, set(outcomes.values()), reasons)
    run = freeze_ranking(call, by=by)
    drafts = [draft_of(row.application, outcomes[row.application.pk], row.award, bloc=True) for row in rows]
    made = [
        ApplicationItem(
            item=item,
            application=row.application,
            outcome=outcomes[row.application.pk],
            amount=row.award if outcomes[row.application.pk] == Outcome.AWARD else Decimal(0),
            currency=call.currency,
            rank=row.rank,
            run=run,
            reason_kk=reasons[outcomes[row.application.pk]][0].strip(),
            reason_ru=reasons[outcomes[row.application.pk]][1].strip(),
        )
        for item, row in zip(add_items(meeting, drafts, by=by), rows, strict=True)
    ]
    ApplicationItem.objects.bulk_create(made)
    if call.observers_needed > meeting.observers_needed:
        meeting.observers_needed = call.observers_needed
        meeting.save(update_fields=["observers_needed"])
    find_conflicts(meeting, by=by)
    record("agenda.make", meeting, by=by, data={"call": call.public_id, "run": run.sha256, "items": len(made)})
    return made


@transaction.atomic
def find_conflicts(meeting: Meeting, *, by: Any) -> int:
    """Writes down every conflict of interest of a seat that the data show now, for items not yet closed."""
    _refuse_others(by)
    items = list(
        ApplicationItem.objects.filter(item__meeting=meeting, item__closed_at=None).select_related(
            "item", "application__organisation"
        )
    )
    seats = [seat for seat in session_of(meeting).seats.values() if seat.role != SeatRole.SECRETARY]
    pairs = conflicting_pairs([one.application for one in items], [seat.user for seat in seats])
    found = [
        (one.item, seat, str(pairs[seat.user_id, one.application_id]))
        for one in items
        for seat in seats
        if (seat.user_id, one.application_id) in pairs
    ]
    return record_found(meeting, found, by=by)


def note_declared(items: Iterable[AgendaItem], *, note: str, by: Any) -> None:
    """What a member declares in the meeting closes the dossier for them too, in the transaction of the declaration."""
    rows = ApplicationItem.objects.filter(item__in=items).select_related("application")
    for row in rows.order_by("pk"):
        write_conflict(by, row.application, ConflictKind.DECLARED, note=note, by=by)


@transaction.atomic
def depart(
    item: AgendaItem, *, outcome: str, amount: Decimal = Decimal(0), motives: Texts, reasons: Texts, by: Any
) -> ApplicationItem:
    """Proposes something else than the ranking: with a motive in both languages, and a vote of its own.

    Raises Refused once the vote has begun, without motive or reasons, under the pass mark, and for an amount that
    cannot be awarded.
    """
    _refuse_others(by)
    _meeting, item = lock_item(item)
    proposal = ApplicationItem.objects.select_related("application__call__programme_year").get(item=item)
    call = proposal.application.call
    if item.opened_at or item.closed_at:
        raise Refused(_("The vote on this item has begun: what is proposed stays."), code="vote_open")
    if not all(text.strip() for text in motives):
        raise Refused(_("Give the motive in Kazakh and in Russian: the minutes print it."), code="no_motive")
    if not all(text.strip() for text in reasons):
        raise Refused(_("Give the reasons in Kazakh and in Russian: the applicant reads them."), code="no_reason")
    asked = proposal.application.amount_requested or Decimal(0)
    if outcome == Outcome.AWARD and not 0 < amount <= asked:
        raise Refused(
            _("Award more than nothing and at most what was asked: %(asked)s.") % {"asked": money(asked)}, code="amount"
        )
    row = next((row for row in rank_call(call).rows if row.application.pk == proposal.application_id), None)
    if outcome == Outcome.AWARD and (row is None or not row.has_passed):  # staging would refuse what was voted
        raise Refused(
            _("The score is under the pass mark of %(mark)s: this cannot be awarded.") % {"mark": call.pass_mark},
            code="pass_mark",
        )
    proposal.outcome, proposal.departs = outcome, True
    proposal.amount = amount if outcome == Outcome.AWARD else Decimal(0)
    proposal.reason_kk, proposal.reason_ru = (text.strip() for text in reasons)
    proposal.save(update_fields=["outcome", "amount", "departs", "reason_kk", "reason_ru"])
    draft = draft_of(proposal.application, outcome, proposal.amount, bloc=False)
    item.bloc, item.proposal_kk, item.proposal_ru = "", *draft.proposals
    item.motive_kk, item.motive_ru = (text.strip() for text in motives)
    item.save(update_fields=["bloc", "proposal_kk", "proposal_ru", "motive_kk", "motive_ru"])
    record("agenda.depart", item, by=by, data={"outcome": outcome, "amount": proposal.amount})
    return proposal


def stage_resolved(resolutions: Iterable[Resolution], *, by: Any) -> None:
    """Stages the decision of every adopted proposal, in the transaction that closed the items.

    Raises what staging raises: then nothing is closed and nothing is lost.
    """
    adopted = {one.item_id: one for one in resolutions if one.verdict == Verdict.ADOPTED}
    proposals = ApplicationItem.objects.filter(item__in=adopted).select_related(
        "item__meeting", "application__call__programme_year", "application__rules"
    )
    rows: dict[int, dict[int, RankingRow]] = {}
    for proposal in proposals.order_by("item__position"):
        call = proposal.application.call
        if call.pk not in rows:
            rows[call.pk] = {row.application.pk: row for row in rank_call(call).rows}
        motives = [text for text in (proposal.item.motive_kk, proposal.item.motive_ru) if text]
        stage_decision(
            proposal.application,
            outcome=proposal.outcome,
            amount=proposal.amount,
            reason_kk=proposal.reason_kk,
            reason_ru=proposal.reason_ru,
            departure_motive="\n\n".join(motives),
            resolution=adopted[proposal.item_id],
            row=rows[call.pk].get(proposal.application_id),
            by=by,
        )


def _refuse_others(by: Any) -> None:
    if not policy.may_stage_decisions(by):
        raise NotAllowed(_("Only the secretary of the commission makes its agenda."), code="not_a_secretary")


def _refuse_unready(rows: list[RankingRow], call: Call, used: set[str], reasons: Mapping[str, Texts]) -> None:
    if not rows:
        raise Refused(_("Every ranked application has a decision or stands on an agenda."), code="nothing_left")
    lacking = sum(row.reviews < call.reviews_needed for row in rows)
    if lacking:
        raise Refused(
            _("Reviews are missing, so the line may still move. Applications that lack reviews: %(count)s.")
            % {"count": lacking},
            code="reviews_missing",
        )
    if not all(text.strip() for outcome in used for text in reasons.get(outcome, ("", ""))):
        raise Refused(_("Give the reasons in Kazakh and in Russian: the applicant reads them."), code="no_reason")


def draft_of(application: Application, outcome: str, amount: Decimal, *, bloc: bool) -> ItemDraft:
    """The item that proposes an outcome for an application, in both languages."""
    title = f"{application.number} · {application.title}"[:300]
    return ItemDraft(
        subject=f"{SUBJECT}:{application.public_id}",
        reference=application.number or "",
        titles=(title, title),
        proposals=(_proposal("kk", outcome, amount), _proposal("ru", outcome, amount)),
        bloc=outcome if bloc else "",
    )


def _proposal(language: str, outcome: str, amount: Decimal) -> str:
    """What is voted on, in one sentence."""
    with translation.override(language):
        sentences = {
            Outcome.AWARD: _("To award a grant of %(amount)s.") % {"amount": money(amount)},
            Outcome.RESERVE: _("To put the application on the reserve list."),
            Outcome.DECLINE: _("To decline the application."),
        }
        return sentences[Outcome(outcome)]
