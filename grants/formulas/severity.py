"""Scores without the severity of the experts who gave them, each with an interval. Pure, floats: statistics, no money.

Model: a review's total = overall mean + application + expert + error; the last three are independent normal variables
around zero. The three variances are estimated from the totals themselves (Henderson's method III: reductions of the
sums of squares of the two-way fit), then applications and experts are solved for together (mixed-model equations:
best linear unbiased prediction). Few reviews, or experts who disagree, pull a score towards the overall mean: that is
the shrinkage. The interval is that of the prediction, with the overall mean and the severities unknown; that the
variances themselves are estimates adds Morris's term and Student's quantile, without which it would be too narrow.

Sources: C. R. Henderson, Biometrics 9 (1953) 226-252; C. N. Morris, J. Amer. Statist. Assoc. 78 (1983) 47-55;
G. K. Robinson, Statistical Science 6 (1991) 15-32; Abramowitz and Stegun 26.7.5 (Student's quantile).
The same totals give the same digits: everything runs in the order of the keys, on plain Python floats.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import erfc, sqrt
from operator import mul
from statistics import NormalDist

COVERAGE = 0.90  # of the interval
LEAST_VARIANCE = 1.0  # points squared; below one point the rubric itself rounds
LEAST_SEVERITY = 1e-4  # experts may well be equally severe: then nothing is moved
LOWEST, HIGHEST = 0.0, 100.0

Matrix = list[list[float]]


@dataclass(frozen=True)
class Total:
    """One expert's weighted total (0 to 100) for one application."""

    application: str
    expert: str
    total: float


@dataclass(frozen=True)
class Adjusted:
    """What an application would get from experts of average severity; `deviation` is the prediction's own."""

    score: float
    deviation: float
    low: float
    high: float

    def chance_over(self, bound: float) -> float:
        """The probability that the true quality stands above `bound`."""
        return erfc((bound - self.score) / (self.deviation * sqrt(2))) / 2


@dataclass(frozen=True)
class Severity:
    """The fit: variances (points squared), applications, and how many points above (+) others an expert gives."""

    noise: float
    between_applications: float
    between_experts: float
    applications: Mapping[str, Adjusted]
    experts: Mapping[str, float]


@dataclass(frozen=True)
class _Table:
    """Totals in the order of their keys: for each application its (expert's place, total)."""

    applications: list[str]
    experts: list[str]
    rows: list[list[tuple[int, float]]]

    @property
    def reviews(self) -> int:
        """How many totals there are."""
        return sum(len(row) for row in self.rows)


@dataclass(frozen=True)
class _Variances:
    """Of the error, between applications, between experts; `freedom` is the error's degrees of freedom."""

    noise: float
    applications: float
    experts: float
    freedom: int


def adjust(totals: Iterable[Total]) -> Severity | None:
    """The fit over all totals of a call; None where application and expert cannot be told apart (too few of either)."""
    table = _table(totals)
    variances = _variances(table)
    if variances is None:
        return None
    solution, covariance = _solve(table, variances)
    width = _students(NormalDist().inv_cdf((1 + COVERAGE) / 2), variances.freedom)
    adjusted = {}
    for name, row in zip(table.applications, table.rows, strict=True):
        score, deviation = _predict(row, solution, covariance, variances, len(table.rows))
        low, high = _held(score - width * deviation), _held(score + width * deviation)
        adjusted[name] = Adjusted(_held(score), deviation, low, high)
    experts = dict(zip(table.experts, solution, strict=False))  # the last of the solution is the overall mean
    return Severity(variances.noise, variances.applications, variances.experts, adjusted, experts)


def _students(normal: float, freedom: int) -> float:
    """Student's quantile from the normal one."""
    first = (normal**3 + normal) / 4
    second = (5 * normal**5 + 16 * normal**3 + 3 * normal) / 96
    return normal + first / freedom + second / freedom**2


def _held(score: float) -> float:
    return min(max(score, LOWEST), HIGHEST)


def _table(totals: Iterable[Total]) -> _Table:
    ordered = sorted(totals, key=lambda t: (t.application, t.expert))
    experts = sorted({t.expert for t in ordered})
    place = {expert: n for n, expert in enumerate(experts)}
    by_application: dict[str, list[tuple[int, float]]] = {}
    for one in ordered:
        by_application.setdefault(one.application, []).append((place[one.expert], one.total))
    return _Table(list(by_application), experts, list(by_application.values()))


def _mean(row: list[tuple[int, float]]) -> float:
    return sum(total for _expert, total in row) / len(row)


def _variances(table: _Table) -> _Variances | None:
    """By Henderson's method III; None without degrees of freedom.

    For one review of each pair: E[R(experts | applications)] = between experts · (N - A) + noise · rank, and the same
    with the two words exchanged; N totals, A applications, E experts, rank = E less the connected parts.
    """
    n, applications, experts = table.reviews, len(table.rows), len(table.experts)
    left = [[0.0] * experts for _expert in range(experts)]
    right, within = [0.0] * experts, 0.0
    for row in table.rows:
        mean, share = _mean(row), 1 / len(row)
        for expert, total in row:
            right[expert] += total - mean
            within += (total - mean) ** 2
            left[expert][expert] += 1.0
            for other, _total in row:
                left[expert][other] -= share
    factor = _factor(left)
    rank = sum(1 for n, row in enumerate(factor) if row[n] > 0)
    freedom = n - applications - rank
    if freedom < 1 or n <= experts or applications < 2 or rank < 1:
        return None
    reduction = sum(map(mul, _solved(factor, right), right))
    noise = max((within - reduction) / freedom, LEAST_VARIANCE)
    of_experts = (reduction - noise * rank) / (n - applications)
    of_applications = (_within_experts(table) - (within - reduction) - noise * (applications - experts + rank)) / (
        n - experts
    )
    return _Variances(noise, max(of_applications, LEAST_VARIANCE), max(of_experts, LEAST_SEVERITY), freedom)


def _within_experts(table: _Table) -> float:
    """The sum of squares of totals around the mean of their expert."""
    given: list[list[float]] = [[] for _expert in table.experts]
    for row in table.rows:
        for expert, total in row:
            given[expert].append(total)
    means = [sum(totals) / len(totals) for totals in given]
    return sum((total - mean) ** 2 for totals, mean in zip(given, means, strict=True) for total in totals)


def _solve(table: _Table, variances: _Variances) -> tuple[list[float], Matrix]:
    """Severities and, last, the overall mean, with their covariance: applications are eliminated, then inverted."""
    size, noise = len(table.experts), variances.noise
    left = [[0.0] * (size + 1) for _row in range(size + 1)]
    right = [0.0] * (size + 1)
    for row in table.rows:
        shrink = variances.applications / (noise + len(row) * variances.applications)
        free, summed = (1 - shrink * len(row)) / noise, sum(total for _expert, total in row)
        left[size][size] += free * len(row)
        right[size] += free * summed
        for expert, total in row:
            right[expert] += (total - shrink * summed) / noise
            left[expert][expert] += 1 / noise
            left[expert][size] += free
            left[size][expert] += free
            for other, _total in row:
                left[expert][other] -= shrink / noise
    for expert in range(size):
        left[expert][expert] += 1 / variances.experts
    factor = _factor(left)
    return _solved(factor, right), _inverse(factor)


def _predict(
    row: list[tuple[int, float]], solution: list[float], covariance: Matrix, variances: _Variances, applications: int
) -> tuple[float, float]:
    """An application's quality and the standard deviation of that prediction."""
    size, noise = len(solution) - 1, variances.noise
    shrink = variances.applications / (noise + len(row) * variances.applications)
    pull = 1 - shrink * len(row)  # how far towards the overall mean
    weights = [(size, pull), *((expert, -shrink) for expert, _total in row)]
    score = shrink * sum(total for _expert, total in row) + sum(w * solution[n] for n, w in weights)
    unknown = sum(a * b * covariance[n][m] for n, a in weights for m, b in weights)
    own = sum(total - solution[expert] for expert, total in row) / len(row)
    doubt = (2 / max(applications - 3, 1) + 2 / variances.freedom) * (pull * (own - solution[size])) ** 2
    return score, sqrt(noise * shrink + unknown + doubt)


def _factor(matrix: Matrix) -> Matrix:
    """The lower triangle of Cholesky; a row that depends on those before it is left empty (its pivot is zero)."""
    factor: Matrix = []
    for n, row in enumerate(matrix):
        made: list[float] = []
        for m in range(n):
            pivot = factor[m][m]
            made.append((row[m] - sum(map(mul, made, factor[m]))) / pivot if pivot > 0 else 0.0)
        rest = row[n] - sum(map(mul, made, made))
        is_dependent = rest <= 1e-9 * max(row[n], 1e-30)
        factor.append([0.0] * (n + 1) if is_dependent else [*made, sqrt(rest)])
    return factor


def _solved(factor: Matrix, right: list[float]) -> list[float]:
    """The solution with zero where a row is empty."""
    forward: list[float] = []
    for n, row in enumerate(factor):
        forward.append((right[n] - sum(map(mul, row, forward))) / row[n] if row[n] > 0 else 0.0)
    found = list(forward)
    for n in range(len(factor) - 1, -1, -1):
        pivot = factor[n][n]
        found[n] = found[n] / pivot if pivot > 0 else 0.0
        for m in range(n):
            found[m] -= factor[n][m] * found[n]
    return found


def _inverse(factor: Matrix) -> Matrix:
    """Of a matrix without empty rows: L⁻ᵀ L⁻¹, column by column."""
    size = len(factor)
    columns: Matrix = []  # of L⁻¹, each from its diagonal downwards
    for column in range(size):
        made: list[float] = []
        for n in range(column, size):
            before = sum(map(mul, factor[n][column:n], made))
            made.append(((1.0 if n == column else 0.0) - before) / factor[n][n])
        columns.append(made)
    inverse = [[0.0] * size for _row in range(size)]
    for n in range(size):
        for m in range(n, size):
            inverse[n][m] = inverse[m][n] = sum(map(mul, columns[n][m - n :], columns[m]))
    return inverse
