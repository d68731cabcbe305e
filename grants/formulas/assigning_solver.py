"""The one place that calls HiGHS: one thread, a fixed seed, whole numbers in and whole numbers out.

HiGHS (https://highs.dev, MIT licence) is imported when a programme is solved, in a task or a command: a web process
never loads it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

NEAR = 1e-6


@dataclass
class Program:
    """A linear programme with equalities: columns of whole costs and bounds, rows that sum to a whole number."""

    rows: list[int]
    costs: list[int] = field(default_factory=list)
    lows: list[int] = field(default_factory=list)
    highs: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    indices: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)  # columns that are held to whole numbers

    def add(self, cost: int, low: int, high: int, entries: Iterable[tuple[int, int]], *, is_whole: bool = False) -> int:
        """A column with its (row, coefficient) entries; returns its place."""
        if is_whole:
            self.whole.append(len(self.costs))
        self.costs.append(cost)
        self.lows.append(low)
        self.highs.append(high)
        self.starts.append(len(self.indices))
        for row, value in entries:
            self.indices.append(row)
            self.values.append(value)
        return len(self.costs) - 1

    def hold_to(self, solution: "Solution") -> None:
        """Keeps to the solutions that cost as little as this one: a column whose reduced cost is not zero stays at
        its bound. Costs are whole and the rows are a network's, so reduced costs are whole too."""
        for place, (value, reduced) in enumerate(zip(solution.values, solution.reduced, strict=True)):
            if abs(reduced) > 0.5:
                self.lows[place] = self.highs[place] = value


@dataclass(frozen=True)
class Solution:
    """A value for each column, and what one unit more of it would cost."""

    values: list[int]
    reduced: list[float]


def minimise(program: Program, *, seed: str) -> Solution | None:
    """The cheapest solution, or None where no solution exists. Raises ArithmeticError for anything else."""
    import highspy

    solver = highspy.Highs()
    for name, value in _options(seed).items():
        solver.setOptionValue(name, value)
    solver.passModel(_as_highs(program))
    solver.run()
    status = solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise ArithmeticError(f"HiGHS ended with {solver.modelStatusToString(status)}")
    solution = solver.getSolution()
    return Solution(_whole(solution.col_value), list(solution.col_dual))


def _as_highs(program: Program) -> Any:
    """The same columns and rows as HiGHS takes them."""
    import highspy
    import numpy as np

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.costs), len(program.rows)
    lp.col_cost_ = np.array(program.costs, dtype=np.float64)
    lp.col_lower_ = np.array(program.lows, dtype=np.float64)
    lp.col_upper_ = np.array(program.highs, dtype=np.float64)
    lp.row_lower_ = lp.row_upper_ = np.array(program.rows, dtype=np.float64)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.array([*program.starts, len(program.indices)], dtype=np.int32)
    lp.a_matrix_.index_ = np.array(program.indices, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(program.values, dtype=np.float64)
    if program.whole:
        kinds = [highspy.HighsVarType.kContinuous] * len(program.costs)
        for place in program.whole:
            kinds[place] = highspy.HighsVarType.kInteger
        lp.integrality_ = kinds
    return lp


def _options(seed: str) -> dict[str, bool | int | float | str]:
    """The same run everywhere: no second thread, no clock, no gap; the seed as HiGHS takes it (31 bits)."""
    return {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "solver": "simplex",
        "random_seed": int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big") >> 1,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,
    }


def _whole(values: Iterable[float]) -> list[int]:
    rounded = [(round(value), value) for value in values]
    if any(abs(near - value) > NEAR for near, value in rounded):
        raise ArithmeticError("a share of a review was found where only whole ones make sense")
    return [near for near, _value in rounded]
