"""A ranking as plain JSON: what a run keeps, what the shell prints, what a replay is compared with."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from grants.formulas.ranking_run import FORMULAS, Placed, Ranking
from grants.formulas.severity import COVERAGE, Severity


def content_of(ranking: Ranking, *, rules: str, inputs_sha256: str, money: Decimal) -> dict[str, Any]:
    """Everything that the ranking page shows, with the hashes of the rules and of the inputs."""
    awarded = sum((row.award for row in ranking.rows), Decimal(0))
    return {
        "formulas": FORMULAS,
        "rules": rules,
        "inputs": inputs_sha256,
        "money": str(money),
        "funded": sum(row.is_above_line for row in ranking.rows),
        "awarded": str(awarded),
        "left": str(money - awarded),
        "severity": _severity(ranking.severity),
        "lines": {lane: None if line is None else f"{line:.2f}" for lane, line in ranking.lines.items()},
        "rows": [_row(row) for row in ranking.rows],
    }


def _severity(fit: Severity | None) -> dict[str, Any] | None:
    """Standard deviations in points, and what each expert gives above (+) or below (-) the others."""
    if fit is None:
        return None
    return {
        "coverage": f"{COVERAGE:.2f}",
        "error": f"{fit.noise**0.5:.2f}",
        "between_applications": f"{fit.between_applications**0.5:.2f}",
        "between_experts": f"{fit.between_experts**0.5:.2f}",
        "experts": {expert: f"{points:+.2f}" for expert, points in fit.experts.items()},
    }


def _row(row: Placed) -> Mapping[str, Any]:
    shown = {name: getattr(row, name) for name in Placed.__dataclass_fields__}
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in shown.items()}
