"""Worked cases: the same few situations under any rule, shown beside a committee's own rule.

tests/committees/test_quorum.py holds literally what the grant default and the fund default make of each.
"""

from dataclasses import dataclass

from committees.formulas.quorum import AGAINST, FOR, Count, Place, Quorum, Rule, Votes, quorum, result


@dataclass(frozen=True)
class Case:
    """So many appointed, absent and (of those here) recused; the votes; how the chair votes."""

    appointed: int
    absent: int
    recused: int
    votes: Votes

    @property
    def places(self) -> list[Place]:
        """The recused first, then the absent, then everybody else."""
        here = self.appointed - self.absent - self.recused
        return [Place(True, True)] * self.recused + [Place(False)] * self.absent + [Place(True)] * here


@dataclass(frozen=True)
class Worked:
    """A case and what a rule makes of it."""

    case: Case
    quorum: Quorum
    count: Count


CASES = (
    Case(7, 0, 0, Votes(7, 0, 0, FOR)),
    Case(7, 0, 0, Votes(4, 3, 0, FOR)),
    Case(7, 0, 0, Votes(3, 2, 2, FOR)),
    Case(7, 1, 0, Votes(3, 3, 0, FOR)),
    Case(7, 1, 0, Votes(3, 3, 0, AGAINST)),
    Case(7, 2, 0, Votes(3, 2, 0, FOR)),
    Case(7, 3, 0, Votes(4, 0, 0, FOR)),
    Case(7, 0, 2, Votes(3, 2, 0, FOR)),
    Case(7, 0, 3, Votes(4, 0, 0, FOR)),
    Case(7, 1, 2, Votes(4, 0, 0, FOR)),
    Case(9, 3, 0, Votes(4, 2, 0, FOR)),
    Case(9, 2, 2, Votes(5, 0, 0, FOR)),
)


def worked(rule: Rule) -> list[Worked]:
    """Every case under this rule."""
    found = [(case, quorum(rule, case.places)) for case in CASES]
    return [Worked(case, counted, result(rule, counted, case.votes)) for case, counted in found]
