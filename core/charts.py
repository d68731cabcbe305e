"""Geometry of charts: pure functions that turn numbers into places for the SVG templates.

The server draws the charts, so that they need no JavaScript, print, and can be read as tables.
Horizontal places are percentages of the drawing's width and vertical ones are pixels: an SVG
without a viewBox then fills any width while its words keep their size, on a phone as on a desk.
Every place is a ready string, so that no template rounds or localises it.

Templates: components/chart_bars.html, chart_line.html, chart_progress.html.
The caller gives words that are already translated and numbers that are already formatted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

Number = int | Decimal

BAR_STEP = 46  # one row: a line of words, the bar, air
BAR_HEIGHT = 14
LINE_TOP = 22
LINE_HEIGHT = 190  # the plot alone, without the words below it
LINE_BOTTOM = 28
EDGE = Decimal("1.5")  # per cent kept free at both ends of a line, for its dots


def percent(part: Number, whole: Number) -> str:
    """Part of a whole as an SVG length, held between 0 and 100 %; a whole of nothing gives 0 %."""
    if whole <= 0:
        return "0.00%"
    share = min(max(Decimal(part) * 100 / Decimal(whole), Decimal(0)), Decimal(100))
    return f"{share:.2f}%"


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart: words above, bar below."""

    label: str
    text: str
    width: str
    text_y: int
    bar_y: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars from one zero, in the order given."""

    title: str
    description: str
    height: int
    bar_height: int
    bars: list[Bar]


def bar_chart(
    rows: Sequence[tuple[str, Number]],
    *,
    title: str,
    description: str = "",
    text: Callable[[Number], str] = str,
) -> BarChart:
    """Bars for rows of (label, value); the longest fills the width. `text` words a value."""
    longest = max((value for _, value in rows), default=0)
    bars = [
        Bar(
            label=label,
            text=text(value),
            width=percent(value, longest),
            text_y=index * BAR_STEP + 14,
            bar_y=index * BAR_STEP + 21,
        )
        for index, (label, value) in enumerate(rows)
    ]
    return BarChart(title, description, max(len(rows) * BAR_STEP - 8, 0), BAR_HEIGHT, bars)


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name, its kind (actual, plan or third) and a value, or None, for each label."""

    name: str
    values: Sequence[Number | None]
    kind: str = "actual"


@dataclass(frozen=True, slots=True)
class Point:
    """A dot of a line."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line as dots and the straight pieces between neighbours; a None leaves a gap."""

    name: str
    kind: str
    points: list[Point]
    pieces: list[tuple[Point, Point]]


@dataclass(frozen=True, slots=True)
class Tick:
    """A word beside an axis; `anchor` keeps the first and the last word inside the drawing."""

    place: str
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over equally spaced labels, from zero; `rows` is the same as a table."""

    title: str
    description: str
    height: int
    base_y: int
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    lines: list[Line]
    rows: list[tuple[str, list[str]]]


def round_steps(highest: Number, most: int = 4) -> list[Decimal]:
    """Round numbers from zero to at least `highest`, at most `most` steps of 1, 2 or 5 times a power of ten."""
    step = Decimal(1)
    while True:
        for factor in (1, 2, 5):
            if step * factor * most >= highest:
                count = (Decimal(highest) / (step * factor)).to_integral_value(ROUND_CEILING)
                return [step * factor * n for n in range(max(int(count), 1) + 1)]
        step *= 10


def line_chart(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    title: str,
    description: str = "",
    text: Callable[[Number], str] = str,
    most_labels: int = 6,
) -> LineChart:
    """Lines for series over labels; about `most_labels` labels are printed, first and last always."""
    steps = round_steps(max((v for s in series for v in s.values if v is not None), default=0))

    def x(index: int) -> str:
        share = Decimal(index) / max(len(labels) - 1, 1)
        return f"{EDGE + share * (100 - 2 * EDGE):.2f}%"

    def y(value: Number) -> str:
        return f"{LINE_TOP + LINE_HEIGHT - Decimal(value) * LINE_HEIGHT / steps[-1]:.1f}"

    return LineChart(
        title=title,
        description=description,
        height=LINE_TOP + LINE_HEIGHT + LINE_BOTTOM,
        base_y=LINE_TOP + LINE_HEIGHT,
        x_ticks=_x_ticks(labels, x, most_labels),
        y_ticks=[Tick(y(step), text(step)) for step in steps],
        lines=[_line(one, x, y, text) for one in series],
        rows=[
            (label, ["" if one.values[i] is None else text(one.values[i]) for one in series])  # type: ignore[arg-type]
            for i, label in enumerate(labels)
        ],
    )


def _x_ticks(labels: Sequence[str], x: Callable[[int], str], most: int) -> list[Tick]:
    """Words below the plot: the first, the last, and some between that leave room for each other."""
    last = len(labels) - 1
    stride = max(-(-last // max(most - 1, 1)), 1)
    shown = [i for i in range(0, last + 1, stride) if i == 0 or last - i >= stride] + [last][: last > 0]
    anchors = {0: "start", last: "end"}
    return [Tick(x(i), labels[i], anchors.get(i, "middle")) for i in shown if labels]


def _line(series: Series, x: Callable[[int], str], y: Callable[[Number], str], text: Callable[[Number], str]) -> Line:
    """Dots and pieces of one series."""
    dots = [None if v is None else Point(x(i), y(v), text(v)) for i, v in enumerate(series.values)]
    pieces = [(a, b) for a, b in pairwise(dots) if a and b]
    return Line(series.name, series.kind, [dot for dot in dots if dot], pieces)


@dataclass(frozen=True, slots=True)
class ProgressChart:
    """What is done against a target, with the mark of where the plan would be today."""

    title: str
    description: str
    done: str
    expected: str
    target: str
    expected_anchor: str
    rows: list[tuple[str, str]]


def progress_chart(
    done: tuple[str, Number],
    target: tuple[str, Number],
    *,
    expected: tuple[str, Number] | None = None,
    title: str,
    description: str = "",
    text: Callable[[Number], str] = str,
) -> ProgressChart:
    """One bar for (label, value) pairs: done, target, and what the pace so far should have brought."""
    given = [done, target] + ([expected] if expected else [])
    whole = max(value for _, value in given)
    mark = percent(expected[1], whole) if expected else ""
    share = Decimal(mark.rstrip("%")) if mark else Decimal(50)
    return ProgressChart(
        title=title,
        description=description,
        done=percent(done[1], whole),
        expected=mark,
        target=percent(target[1], whole),
        expected_anchor="start" if share < 25 else "end" if share > 75 else "middle",
        rows=[(label, text(value)) for label, value in given],
    )


@dataclass(frozen=True, slots=True)
class Interval:
    """One value with its interval on a scale from zero: places as SVG lengths; an empty one is not drawn."""

    low: str
    width: str
    value: str
    mark: str
    line: str


def interval(
    low: Number, high: Number, value: Number, *, mark: Number | None = None, line: Number | None = None, whole: Number
) -> Interval:
    """From `low` to `high` with a dot at `value`; `mark` is another measure of the same, `line` a bound beside it."""
    return Interval(
        low=percent(low, whole),
        width=percent(Decimal(high) - Decimal(low), whole),
        value=percent(value, whole),
        mark="" if mark is None else percent(mark, whole),
        line="" if line is None else percent(line, whole),
    )
