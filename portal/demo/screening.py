"""What happened to an application between its sending and the experts: returns, proposals, the officer's finding."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from accounts.models import Organisation
from accounts.statuses import OrganisationKind
from grants.statuses import ApplicationStatus as A
from portal.demo import plan
from portal.demo.invention import data
from portal.demo.season import Case, Return, Season

DUE = time(18, 0)  # as grants.actions.corrections.due_moment has it
OF_OPEN = {"open": 4, "answered": 2, "expired": 1, "proposal": 2}  # of 24 that wait for an officer
OF_PAPERS = 1  # the reason of words.json that an appeal refuted
UPHELD_AFTER = 10  # days after the closing
OF_DOOR_OFFICER = 5  # every fifth application of the open call waits for the officer of the door


def screen_cases(season: Season) -> None:
    """Gives each sent application its officer and its story."""
    rng = season.stream("screening")
    waiting = [case for case in season.of(plan.OPEN) if case.state == A.SUBMITTED]
    stories = _stories(waiting)
    _make_twins([case for case in waiting if case not in stories])
    declined = [case for case in season.of(plan.FINISHED) if case.state == A.DECLINED]
    returned = declined[len(declined) // 2]
    for place, case in enumerate(c for c in season.cases if c.submitted_at):
        _give_officers(season, case, place)
        if case.opened.name == plan.OPEN and case.state == A.SUBMITTED:
            _tell_waiting(season, rng, case, stories.get(case, ""))
        elif case is returned:
            _tell_brought_back(season, rng, case)
        elif case.state == A.WITHDRAWN:
            case.withdrawn_at = season.days.later(case.submitted_at or case.created_at, rng, hours=60)
        elif case.state != A.DRAFT:
            _tell_screened(season, rng, case)
    for case in season.cases:
        if case.state == A.WITHDRAWN and not case.submitted_at:
            case.withdrawn_at = season.days.later(case.created_at, rng, hours=60)


def _stories(waiting: list[Case]) -> dict[Case, str]:
    """The first ones have something open; the colleague's application, the very first, is returned to them."""
    told: dict[Case, str] = {}
    left = iter(waiting)
    for story, share in OF_OPEN.items():
        for _number in range(max(round(share * len(waiting) / 24), 1)):
            case = next(left, None)
            if case is not None:
                told[case] = story
    return told


def _make_twins(waiting: list[Case]) -> None:
    """Two firms gave the same BIN: the portal sees it when the second one sends, and an officer has to look."""
    firms = sorted((c for c in waiting if c.organisation.kind == OrganisationKind.LLP), key=_when_sent)[:2]
    if len(firms) == 2:
        first, second = firms
        second.twin, second.organisation.identifier = first, first.organisation.identifier
        Organisation.objects.filter(pk=second.organisation.pk).update(identifier=first.organisation.identifier)


def _when_sent(case: Case) -> Any:
    return case.submitted_at, case.organisation.public_id


def _give_officers(season: Season, case: Case, place: int) -> None:
    """In turn; the officer of the door has fewer to screen, so that what is sent in the demo comes to them."""
    officers = season.officers
    if case.opened.name == plan.OPEN and case.state == A.SUBMITTED:
        chosen = 0 if place % OF_DOOR_OFFICER == 0 else 1 + place % (len(officers) - 1)
    else:
        chosen = place % len(officers)
    case.officer = officers[chosen]
    case.second_officer = officers[(chosen + 1) % len(officers)]


def _tell_waiting(season: Season, rng: Random, case: Case, story: str) -> None:
    """An application that waits in the open call."""
    if story in ("open", "answered", "expired"):
        case.returned = _return(season, rng, case, story)
    if story == "proposal":
        case.proposal, case.proposed_at = "open", season.days.after(case.sent_at, -3, rng)
        case.proposal_reason = rng.choice(data("words")["ineligible"])
        case.officer, case.second_officer = season.officers[1], season.officers[0]


def _tell_screened(season: Season, rng: Random, case: Case) -> None:
    """An application that an officer has found eligible, or two have found not eligible."""
    wave, days = case.opened.wave, season.days
    if case.opened.name == plan.FINISHED and rng.random() < 0.28:
        case.returned = _return(season, rng, case, "expired" if rng.random() < 0.1 else "answered")
    ready = (case.returned and case.returned.ended_at) or case.sent_at
    first = min(max(wave.screened - rng.randrange(0, 5), days.day_of(ready)), -1)
    if case.state == A.INELIGIBLE:
        case.proposal, case.proposed_at = "confirmed", days.after(ready, first - 1, rng)
        reasons = data("words")["ineligible"]
        case.proposal_reason = reasons[0] if case.opened.name == plan.OPEN else rng.choice(reasons)
        case.screened_at = case.found_at = days.after(case.proposed_at, first + 1, rng)
        return
    if case.opened.name == plan.FINISHED and rng.random() < 0.02:
        case.proposal, case.proposed_at = "turned_down", days.after(ready, first - 1, rng)
        case.proposal_reason = rng.choice(data("words")["ineligible"])
        ready = days.later(case.proposed_at, rng)
    case.screened_at = days.after(ready, first, rng)


def _tell_brought_back(season: Season, rng: Random, case: Case) -> None:
    """Found not eligible by two, and an appeal brought it to the experts in time."""
    closed, days = case.opened.wave.closes, season.days
    case.proposal, case.proposed_at = "confirmed", days.after(case.sent_at, closed + 1, rng)
    case.proposal_reason = data("words")["ineligible"][OF_PAPERS]
    case.found_at = days.after(case.proposed_at, closed + 2, rng)
    case.screened_at = case.upheld_at = days.after(case.found_at, closed + UPHELD_AFTER, rng)


def _return(season: Season, rng: Random, case: Case, end: str) -> Return:
    """Returned for correction soon after sending; what should have expired today is still open."""
    days = season.days
    asks = data("words")["corrections_of_papers" if end == "open" else "corrections"]
    opened_at = days.after(case.sent_at, _day_of_return(season, case, end), rng)
    due_at = _due(season, opened_at, case.opened.call.correction_working_days)
    made = Return(rng.choice(asks), end, opened_at, due_at)
    if end == "answered":
        made.ended_at = days.later(opened_at, rng, hours=40)
    elif end == "expired":
        made.ended_at = due_at + timedelta(minutes=10)
        if made.ended_at >= days.midnight:
            made.end, made.ended_at = "open", None
    return made


def _day_of_return(season: Season, case: Case, end: str) -> int:
    """The day after sending; an open one was opened yesterday, so that its term has not passed."""
    if end == "open":
        return -1
    if end == "expired" and case.opened.name == plan.OPEN:
        begun = case.created_at = case.opened.call.opens_at
        case.submitted_at = case.first_sent_at = season.days.later(begun, season.stream(case.organisation.public_id))
    return season.days.day_of(case.sent_at) + 1


def _due(season: Season, opened_at: datetime, working_days: int) -> datetime:
    last = season.days.working_days_after(opened_at, working_days)
    return timezone.make_aware(datetime.combine(last, DUE), timezone.get_default_timezone())
