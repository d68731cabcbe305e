"""Who applied to which call, with what and when. Nothing is stored here but people and organisations."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from accounts.models import District, Membership, Organisation, Sector, User
from accounts.statuses import IDENTIFIED_BY_IIN, MembershipRole
from accounts.statuses import OrganisationKind as Kind
from grants.formulas.amounts import own_needed
from grants.models import Application
from grants.queries.tiers import tier_of
from grants.statuses import ApplicationStatus as A
from portal.demo import plan
from portal.demo.invention import Person
from portal.demo.people import make_user, sign_up
from portal.demo.season import Case, Opened, Season
from questionnaires.queries.asked import asked

KINDS = {Kind.LLP: 48, Kind.SOLE_PROPRIETOR: 33, Kind.SELF_EMPLOYED: 17, Kind.JSC: 2}
SECTOR_WEIGHTS = {"it": 16, "film": 14, "design": 13, "music": 11, "fashion": 11, "media": 9, "stage": 8}
RARE = 5  # of the other sectors
COME_BACK = 0.35  # of the applicants of a later call, those who were declined before
OWN_SHARES = (10, 10, 12, 15, 15, 20, 25, 30, 40)
STEP = Decimal(50_000)
CENTS = Decimal("0.01")
REQUIRED, OPTIONAL = ("deck", "portfolio"), ("quotes", "attorney")


def draw_cases(season: Season) -> None:
    """Every application of the three calls: applicant, project, money, dates of writing and sending."""
    rng = season.stream("cases")
    people = Applicants(season, rng)
    for (name, status), count in plan.shares(season.size).items():
        for place in range(count):
            season.cases.append(_draw(season, rng, people, season.calls[name], status, is_first=place == 0))
    people.store()


class Applicants:
    """Organisations with their owners; some of those who were declined come back to a later call."""

    def __init__(self, season: Season, rng: Random) -> None:
        """Reference rows are read once."""
        self.season, self.rng = season, rng
        self.districts = list(District.objects.order_by("kato"))
        self.sectors = list(Sector.objects.order_by("position"))
        self.weights = [SECTOR_WEIGHTS.get(s.code, RARE) for s in self.sectors]
        self.made: list[tuple[Organisation, User, str]] = []
        self.declined: list[tuple[Organisation, User]] = []
        self.of_door: tuple[Organisation, User] | None = None

    def of(self, name: str, status: str, *, is_first: bool) -> tuple[Organisation, User]:
        """Who applies: the demo's own people where they are expected, somebody declined before, or somebody new."""
        accounts = self.season.accounts
        if is_first and (name, status) == (plan.FINISHED, A.AWARDED):
            self.of_door = self.new(accounts["applicant"], kind=Kind.LLP)
            self.made.append((self.of_door[0], accounts["colleague"], MembershipRole.EDITOR))
            return self.of_door
        if is_first and (name, status) == (plan.OPEN, A.DRAFT) and self.of_door:
            return self.of_door
        if is_first and (name, status) == (plan.OPEN, A.SUBMITTED):
            return self.new(accounts["colleague"], kind=Kind.SOLE_PROPRIETOR)
        if name != plan.FINISHED and self.declined and self.rng.random() < COME_BACK:
            return self.declined.pop(self.rng.randrange(len(self.declined)))
        found = self.new()
        if name == plan.FINISHED and status in (A.DECLINED, A.INELIGIBLE):
            self.declined.append(found)
        return found

    def new(self, owner: User | None = None, kind: str = "") -> tuple[Organisation, User]:
        """An organisation with one owner; a natural person is their own head."""
        rng, invent = self.rng, self.season.invent
        kind = kind or rng.choices(list(KINDS), list(KINDS.values()))[0]
        person = invent.person(owner.language if owner else "")
        since = self.season.days.any_time(plan.WAVES[plan.FINISHED].opens - rng.randrange(3, 90), rng)
        owner = self._as_owner(owner, person, since)
        identifier = person.iin if kind in IDENTIFIED_BY_IIN else invent.bin()
        organisation = Organisation(
            public_id=invent.public_id(),
            kind=kind,
            name=invent.firm(kind, person),
            identifier=identifier,
            district=rng.choice(self.districts),
            sector=rng.choices(self.sectors, self.weights)[0],
            head_name=owner.display_name,
            head_iin=person.iin,
            phone=person.phone,
            created_at=since + timedelta(minutes=7),
        )
        self.made.append((organisation, owner, MembershipRole.OWNER))
        return organisation, owner

    def _as_owner(self, owner: User | None, person: Person, since: datetime) -> User:
        if owner is None:
            email = f"person{len(self.made) + 1}@example.test"
            return make_user(
                self.season, email, person.name, person.language, since, iin=person.iin, phone=person.phone
            )
        User.objects.filter(pk=owner.pk).update(iin=person.iin, phone=person.phone)
        return owner

    def store(self) -> None:
        """People, organisations, memberships, and the trail of both."""
        organisations = [organisation for organisation, _user, role in self.made if role == MembershipRole.OWNER]
        users = list({user.email: user for _organisation, user, _role in self.made}.values())
        User.objects.bulk_create([user for user in users if user.pk is None], batch_size=2_000)
        Organisation.objects.bulk_create(organisations, batch_size=2_000)
        Membership.objects.bulk_create(
            [Membership(organisation=o, user=u, role=role, since=o.created_at) for o, u, role in self.made],
            batch_size=2_000,
        )
        sign_up(self.season, users)
        for organisation, user, role in self.made:
            if role == MembershipRole.OWNER:
                self.season.history.add(
                    organisation.created_at, "organisation.create", organisation, by=user, kind=str(organisation.kind)
                )


def _draw(season: Season, rng: Random, people: Applicants, opened: Opened, status: str, *, is_first: bool) -> Case:
    """One application; `is_first` of its kind belongs to the doors where one is expected there."""
    organisation, owner = people.of(opened.name, status, is_first=is_first)
    sent_at = _moment_of_sending(season, rng, opened, status)
    created_at = _between(opened.call.opens_at, sent_at or season.days.midnight, rng.random() * 0.9)
    case = Case(opened, status, organisation, owner, owner.language, created_at)
    case.is_strong = opened.name == plan.FINISHED and status in (A.AWARDED, A.RESERVED)
    case.first_sent_at = case.submitted_at = sent_at
    case.is_complete = is_first or sent_at is not None or rng.random() < 0.3
    _fill(season, rng, case)
    _send_twice(season, rng, case, is_first=is_first)
    return case


def _moment_of_sending(season: Season, rng: Random, opened: Opened, status: str) -> datetime | None:
    """Most are sent in the last days; in the open call those that are further on were sent earlier."""
    if status == A.DRAFT or (status == A.WITHDRAWN and rng.random() < 0.25):
        return None
    wave, begin = opened.wave, opened.call.opens_at
    end = min(opened.call.closes_at, season.days.midnight)
    if opened.name == plan.OPEN and status in (A.ELIGIBLE, A.INELIGIBLE):
        end = season.days.at(wave.screened - 1)
    return _between(begin, end, rng.betavariate(2.2, 1.1))


def _between(begin: datetime, end: datetime, share: float) -> datetime:
    """A whole second between two moments."""
    return begin + timedelta(seconds=int((end - begin).total_seconds() * share))


def _fill(season: Season, rng: Random, case: Case) -> None:
    """Project, money, answers and papers; an unfinished draft has only some of them."""
    organisation, invent = case.organisation, season.invent
    case.title, case.summary = invent.project(organisation.sector.code, case.language)
    case.asked, case.own = _money(rng, case.opened)
    case.answers = _asked_answers(case, invent.answers(case.language))
    case.public_id = invent.public_id()
    case.papers = [*REQUIRED, *(key for key in OPTIONAL if rng.random() < 0.3)]
    if not case.is_complete:
        kept = rng.randrange(0, len(case.answers) - 4)
        case.answers = dict(list(case.answers.items())[:kept])
        case.papers = case.papers[: rng.randrange(0, 2)]
        case.asked, case.own = (case.asked, None) if kept > 4 else (None, None)
        case.summary = case.summary if kept > 2 else ""


def _asked_answers(case: Case, answers: dict[str, Any]) -> dict[str, Any]:
    """Answers to what is asked of an application of this size."""
    call = case.opened.call
    assert call.questionnaire_version is not None
    tier = tier_of(Application(call=call, amount_requested=case.asked))
    found = asked(call.questionnaire_version.content, answers, tier)
    return {key: value for key, value in answers.items() if key in found.questions}


def _money(rng: Random, opened: Opened) -> tuple[Decimal, Decimal]:
    """Round amounts within the limits of the call, own money of at least its share."""
    least, most = opened.call.min_amount, opened.call.max_amount
    steps = int((most - least) / STEP)
    asked = least + STEP * int(rng.triangular(0, steps, steps * 0.8))
    own = own_needed(asked, max(rng.choice(OWN_SHARES), opened.call.own_share_percent))
    return asked.quantize(CENTS), (own + -own % 10_000).quantize(CENTS)


def _send_twice(season: Season, rng: Random, case: Case, *, is_first: bool) -> None:
    """A few take their application back before the deadline; most of them send it again."""
    if case.state == A.DRAFT and not is_first and case.is_complete and rng.random() < 0.4:
        sent_at = _between(case.created_at, season.days.midnight, 0.6)
        case.first_sent_at = case.submitted_at = sent_at
        case.taken_back_at = season.days.later(sent_at, rng, hours=30)
    elif case.submitted_at and case.opened.name == plan.FINISHED and rng.random() < 0.02:
        room = case.opened.call.closes_at - case.submitted_at
        if room > timedelta(hours=8):
            case.taken_back_at = case.submitted_at + room / 4
            case.submitted_at = (case.submitted_at + room / 2).replace(microsecond=0)


def number_cases(season: Season) -> None:
    """GR-2026-00001 and on, in the order of first sending, without a gap."""
    sent = sorted((c for c in season.cases if c.first_sent_at), key=_when_first_sent)
    year = season.calls[plan.FINISHED].call.programme_year.year
    for number, case in enumerate(sent, start=1):
        case.number = f"GR-{year}-{number:05d}"


def _when_first_sent(case: Case) -> Any:
    return case.first_sent_at, case.organisation.public_id
