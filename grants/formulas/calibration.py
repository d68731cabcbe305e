"""How strictly an expert scores, from the samples that every expert of the call has scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

Totals = Mapping[int, Decimal]  # sample -> total of 100
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Calibration:
    """An expert beside the others, in points of 100.

    severity  own mean minus the others' mean over the same samples: below zero stricter, above zero milder
    spread    the distance between the own highest and lowest total: how much of the scale is used
    others_spread  the mean of the others' distances; None while nobody else is done
    """

    spread: Decimal
    severity: Decimal | None = None
    others_spread: Decimal | None = None
    others: int = 0


def calibrate(own: Totals, others: Sequence[Totals]) -> Calibration:
    """The own totals against those of the others who scored all the same samples; the order of either never matters.

    Raises ValueError without own totals.
    """
    if not own:
        raise ValueError("nothing is scored")
    whole = [totals for totals in others if own.keys() <= totals.keys()]
    if not whole:
        return Calibration(_spread(own, own))
    others_mean = sum((_mean(totals, own) for totals in whole), Decimal(0)) / len(whole)
    others_spread = sum((_spread(totals, own) for totals in whole), Decimal(0)) / len(whole)
    return Calibration(
        _tenths(_spread(own, own)), _tenths(_mean(own, own) - others_mean), _tenths(others_spread), len(whole)
    )


def _mean(totals: Totals, samples: Totals) -> Decimal:
    return sum((totals[sample] for sample in samples), Decimal(0)) / len(samples)


def _spread(totals: Totals, samples: Totals) -> Decimal:
    found = [totals[sample] for sample in samples]
    return max(found) - min(found)


def _tenths(value: Decimal) -> Decimal:
    return value.quantize(TENTH, rounding=ROUND_HALF_UP)
