"""How many applications of which kind, and when each call stood where."""

from dataclasses import dataclass

from grants.statuses import ApplicationStatus as A

STANDARD = 420  # the season of the issue
LARGE = 1_000  # beyond it a season is for load work: no solver, no second session, no minutes on paper
FEWEST = 60  # below that some kind of application would be missing
MOST_AWARDS = 118
MOST_RESERVES = 15
DEPARTURES = 2  # declined although their place was above the line, with the commission's motive
CUTS = 4  # awarded less than was asked, with the commission's motive
REVIEWS = 1_100  # of the standard season
EXPERTS = 30

BUDGET = 500_000_000
MEAN_ASKED = 3_200_000  # of the finished call; the amounts of those at the line are fitted to it

FINISHED, DECIDING, OPEN = "finished", "deciding", "open"
SHARES: dict[tuple[str, str], int] = {
    (FINISHED, A.AWARDED): MOST_AWARDS,
    (FINISHED, A.RESERVED): MOST_RESERVES,
    (FINISHED, A.DECLINED): 169,
    (FINISHED, A.INELIGIBLE): 20,
    (FINISHED, A.WITHDRAWN): 8,
    (DECIDING, A.ELIGIBLE): 20,
    (DECIDING, A.INELIGIBLE): 2,
    (OPEN, A.DRAFT): 22,
    (OPEN, A.SUBMITTED): 24,
    (OPEN, A.ELIGIBLE): 18,
    (OPEN, A.INELIGIBLE): 2,
    (OPEN, A.WITHDRAWN): 2,
}


@dataclass(frozen=True)
class Wave:
    """Days of a call, counted from the day of seeding (negative: before it). Zero is not over yet: nothing happens."""

    opens: int
    closes: int
    screened: int
    assigned: int
    reviewed: int
    staged: int
    released: int


WAVES = {
    FINISHED: Wave(-120, -99, -86, -84, -61, -54, -50),
    DECIDING: Wave(-50, -36, -30, -28, -12, -3, 0),
    OPEN: Wave(-10, 11, -3, -2, -1, 0, 0),
}


def shares(applications: int) -> dict[tuple[str, str], int]:
    """So many applications in the proportions of the standard season (largest remainder).

    The money of a year carries a hundred awards and not a thousand: in a larger season the others are declined.
    """
    whole = sum(SHARES.values())
    counts = {key: applications * share // whole for key, share in SHARES.items()}
    by_remainder = sorted(SHARES, key=lambda key: -(applications * SHARES[key] % whole))
    for key in by_remainder[: applications - sum(counts.values())]:
        counts[key] += 1
    for status, most in ((A.AWARDED, MOST_AWARDS), (A.RESERVED, MOST_RESERVES)):
        over = max(counts[FINISHED, status] - most, 0)
        counts[FINISHED, status] -= over
        counts[FINISHED, A.DECLINED] += over
    return counts


def departures(applications: int) -> int:
    """How many of the finished call are declined against their place; a very small season has none."""
    return DEPARTURES if shares(applications)[FINISHED, A.DECLINED] > 20 else 0


def above_line(applications: int) -> int:
    """How many of the finished call the money reaches: the awards, and those declined against their place."""
    return shares(applications)[FINISHED, A.AWARDED] + departures(applications)


def held_back_percent(applications: int) -> int:
    """What the finished call held back of the year until its appeals were answered; the other calls live on it."""
    return 100 - -(-above_line(applications) * MEAN_ASKED * 100 // BUDGET)


def experts(applications: int) -> int:
    """Thirty; in a larger season more, so that nobody is asked for more than they can read."""
    return max(EXPERTS, -(-EXPERTS * applications // STANDARD))


def reviews(applications: int) -> int:
    """How many reviews are in."""
    return REVIEWS * applications // STANDARD
