"""How long the reviews that are left will take, from the expert's own finished ones."""

from collections.abc import Sequence
from statistics import median

USUAL_MINUTES = 25  # for one review, until the own pace is known: what the call's staff reckon with
ENOUGH = 3  # finished reviews from which the own pace counts


def minutes_each(seconds: Sequence[int]) -> tuple[int, bool]:
    """(minutes for one review, whether they are the own pace): the median of the own finished reviews.

    A review whose time is not known (0) does not count: scores may be typed in one go from notes on paper.
    """
    known = [one for one in seconds if one > 0]
    if len(known) < ENOUGH:
        return USUAL_MINUTES, False
    return max(1, round(median(known) / 60)), True
