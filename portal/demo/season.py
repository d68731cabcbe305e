"""What the steps of the seeding share, and the nouns of a season before they are rows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from accounts.models import Organisation, User
from committees.models import Committee, Resolution, Seat
from documents.models import Document, Order
from grants.models import (
    Application,
    Assignment,
    AssignmentRun,
    BudgetCategory,
    BudgetLine,
    Call,
    CallRules,
    Decision,
    DocumentRequirement,
    Expert,
    Milestone,
    RankingRun,
    Submission,
)
from grants.statuses import ApplicationStatus as A
from portal.demo.days import Days
from portal.demo.history import History
from portal.demo.invention import Invention
from portal.demo.plan import Wave


@dataclass
class Opened:
    """A call with what hangs on it."""

    name: str
    wave: Wave
    call: Call
    rules: CallRules
    requirements: list[DocumentRequirement]
    categories: list[BudgetCategory]
    later_rules: CallRules | None = None  # of more time for everybody; applications keep the first
    assigned: AssignmentRun | None = None  # the computed assignment, where there was one
    inputs: dict[str, Any] = field(default_factory=dict)  # of the ranking that the commission follows
    ranked: RankingRun | None = None  # the frozen ranking behind the commission's agenda

    @property
    def newest_rules(self) -> CallRules:
        """Those that hold for the whole call, as `grants.queries.rules.newest_rules` has them."""
        return self.later_rules or self.rules

    @property
    def weights(self) -> dict[str, int]:
        """Criterion key -> weight, from the frozen rules."""
        return {c["key"]: c["weight"] for c in self.rules.content["criteria"]}


@dataclass
class Judge:
    """An expert, how severe they are (in steps of a score), and how many applications they were asked for."""

    expert: Expert
    user: User
    sectors: set[int]
    bias: float
    load: int = 0


@dataclass(eq=False)
class Opinion:
    """An assignment and what came of it: marks where the review is in, a conflict, or nothing yet."""

    judge: Judge
    assigned_at: datetime
    due_on: date
    declared_at: datetime | None = None
    done_at: datetime | None = None
    marks: dict[str, int] = field(default_factory=dict)
    earlier: tuple[str, int] | None = None  # a criterion whose score was changed, and its first score
    is_conflicted: bool = False
    draft: dict[str, Any] = field(default_factory=dict)
    why: dict[str, Any] = field(default_factory=dict)  # of a computed pair; empty where staff asked by hand
    stored: Assignment | None = None

    @property
    def row(self) -> Assignment:
        """The assignment, once it is a row."""
        assert self.stored is not None
        return self.stored


@dataclass
class Return:
    """A correction: what an entry of words.json asks for, and what came of it (open, answered, expired)."""

    words: dict[str, Any]
    end: str
    opened_at: datetime
    due_at: datetime
    ended_at: datetime | None = None


@dataclass
class Verdict:
    """What the commission votes on about one application; `motive` where it departs from the ranking."""

    outcome: str
    amount: Decimal
    reason: dict[str, str]
    rank: int
    motive: dict[str, str] = field(default_factory=dict)
    staged_at: datetime | None = None  # the vote was closed
    released_at: datetime | None = None
    resolution: Resolution | None = None


@dataclass(eq=False)
class Case:
    """One application and everything around it."""

    opened: Opened
    state: str
    organisation: Organisation
    owner: User
    language: str
    created_at: datetime
    is_strong: bool = False
    is_complete: bool = True
    title: str = ""
    summary: str = ""
    asked: Decimal | None = None
    own: Decimal | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    papers: list[str] = field(default_factory=list)
    lines: list[BudgetLine] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    first_sent_at: datetime | None = None
    taken_back_at: datetime | None = None
    submitted_at: datetime | None = None
    officer: User | None = None
    second_officer: User | None = None
    returned: Return | None = None
    proposal: str = ""  # confirmed, turned_down, open
    proposed_at: datetime | None = None
    proposal_reason: dict[str, str] = field(default_factory=dict)
    upheld_at: datetime | None = None  # found not eligible at `found_at`, and an appeal brought it back
    found_at: datetime | None = None
    screened_at: datetime | None = None
    withdrawn_at: datetime | None = None
    opinions: list[Opinion] = field(default_factory=list)
    verdict: Verdict | None = None
    twin: "Case | None" = None  # another application under the same BIN
    number: str | None = None
    stored: Application | None = None
    documents: dict[str, list[Document]] = field(default_factory=dict)
    submissions: list[Submission] = field(default_factory=list)
    public_id: str = ""
    stored_decision: Decision | None = None

    @property
    def row(self) -> Application:
        """The application, once it is a row."""
        assert self.stored is not None
        return self.stored

    @property
    def decision(self) -> Decision:
        """The commission's decision, once it is a row."""
        assert self.stored_decision is not None
        return self.stored_decision

    @property
    def sent_at(self) -> datetime:
        """When it was sent, the last time; only sent ones are asked."""
        assert self.submitted_at is not None
        return self.submitted_at

    @property
    def money(self) -> tuple[Decimal, Decimal]:
        """Asked and own; only complete ones are asked."""
        assert self.asked is not None
        assert self.own is not None
        return self.asked, self.own

    @property
    def ruling(self) -> Verdict:
        """The verdict; only decided ones are asked."""
        assert self.verdict is not None
        return self.verdict

    @property
    def is_judged(self) -> bool:
        """Whether it went to the experts and on to the commission."""
        return self.state in (A.ELIGIBLE, A.AWARDED, A.RESERVED, A.DECLINED)

    @property
    def live_opinions(self) -> list[Opinion]:
        """Those that were not ended by a conflict of interest."""
        return [opinion for opinion in self.opinions if not opinion.is_conflicted]


@dataclass
class Season:
    """One seeding. Each step draws from its own stream, so that a change in one does not reshuffle the others."""

    today: date
    size: int
    seed: int
    say: Callable[[str], None]
    days: Days
    invent: Invention
    history: History
    accounts: dict[str, User] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    officers: list[User] = field(default_factory=list)
    orders: dict[str, Order] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)  # of the commission, by a word of commission.json
    panel: list[Judge] = field(default_factory=list)
    calls: dict[str, Opened] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)

    def stream(self, step: str) -> Random:
        """The random numbers of one step."""
        return stream(self.seed, step)

    @property
    def committee(self) -> Committee:
        """The commission of the year's calls."""
        return self.seats["chair"].committee

    def judged(self, call: str) -> list[Case]:
        """The applications of one call that the experts read."""
        return [case for case in self.of(call) if case.is_judged]

    def of(self, call: str) -> list[Case]:
        """The applications of one call."""
        return [case for case in self.cases if case.opened.name == call]


def stream(seed: int, step: str) -> Random:
    """Reproducible, hence not for secrets: passwords come from elsewhere."""
    return Random(f"{seed}:{step}")  # noqa: S311


def begin(today: date, size: int, seed: int, say: Callable[[str], None]) -> Season:
    """An empty season."""
    invent = Invention(stream(seed, "invention"))
    return Season(today, size, seed, say, Days(today), invent, History())
