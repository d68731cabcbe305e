"""Geometry of the charts: plain numbers in, places for the SVG out."""

from decimal import Decimal

import pytest

from core.charts import Series, bar_chart, interval, line_chart, percent, progress_chart, round_steps


@pytest.mark.parametrize(
    ("part", "whole", "place"),
    [
        (0, 50, "0.00%"),
        (12, 50, "24.00%"),
        (1, 3, "33.33%"),
        (Decimal("367550000.00"), Decimal(500_000_000), "73.51%"),
        (118, 100, "100.00%"),
        (-5, 100, "0.00%"),
        (7, 0, "0.00%"),
    ],
)
def test_a_share_stays_between_nothing_and_the_whole(part, whole, place):
    assert percent(part, whole) == place


@pytest.mark.parametrize(
    ("highest", "steps"),
    [
        (0, [0, 1]),
        (3, [0, 1, 2, 3]),
        (4, [0, 1, 2, 3, 4]),
        (12, [0, 5, 10, 15]),
        (118, [0, 50, 100, 150]),
        (39_000_000, [0, 10_000_000, 20_000_000, 30_000_000, 40_000_000]),
    ],
)
def test_the_axis_has_round_steps_that_reach_the_highest_value(highest, steps):
    assert round_steps(highest) == steps


def test_the_longest_bar_fills_the_width_and_rows_do_not_overlap():
    chart = bar_chart([("Film", 30), ("Music", 15)], title="Projects", text=lambda n: f"{n} projects")

    assert [bar.width for bar in chart.bars] == ["100.00%", "50.00%"]
    assert [bar.text for bar in chart.bars] == ["30 projects", "15 projects"]
    assert chart.bars[0].bar_y + chart.bar_height < chart.bars[1].text_y
    assert chart.bars[1].bar_y + chart.bar_height < chart.height


def test_a_chart_without_rows_is_empty_and_not_an_error():
    assert bar_chart([], title="Projects").bars == []
    assert bar_chart([], title="Projects").height == 0
    assert line_chart([], [], title="Projects").x_ticks == []


def test_a_line_goes_from_edge_to_edge_and_from_the_base_to_the_highest_step():
    chart = line_chart(["2025", "2026", "2027"], [Series("Awarded", [0, 20, 40])], title="Projects")

    points = chart.lines[0].points
    assert [point.x for point in points] == ["1.50%", "50.00%", "98.50%"]
    assert [point.y for point in points] == ["212.0", "117.0", "22.0"]
    assert len(chart.lines[0].pieces) == 2


def test_a_missing_value_leaves_a_gap_in_the_line_and_an_empty_cell():
    chart = line_chart(["a", "b", "c", "d"], [Series("Awarded", [1, None, 3, 4])], title="Projects")

    assert [point.text for point in chart.lines[0].points] == ["1", "3", "4"]
    assert [(start.text, end.text) for start, end in chart.lines[0].pieces] == [("3", "4")]
    assert chart.rows == [("a", ["1"]), ("b", [""]), ("c", ["3"]), ("d", ["4"])]


def test_labels_leave_room_for_each_other_and_the_ends_stay_inside():
    months = [str(n) for n in range(1, 13)]

    chart = line_chart(months, [Series("Awarded", [0] * 12)], title="Projects")

    assert [(tick.text, tick.anchor) for tick in chart.x_ticks] == [
        ("1", "start"),
        ("4", "middle"),
        ("7", "middle"),
        ("12", "end"),
    ]


def test_one_label_alone_is_printed_once():
    chart = line_chart(["2026"], [Series("Awarded", [5])], title="Projects")

    assert [tick.text for tick in chart.x_ticks] == ["2026"]
    assert [point.x for point in chart.lines[0].points] == ["1.50%"]


def test_progress_marks_where_the_plan_would_be():
    chart = progress_chart(("Projects", 12), ("Target", 50), expected=("By the plan", 6), title="Fund")

    assert (chart.done, chart.expected, chart.target) == ("24.00%", "12.00%", "100.00%")
    assert chart.expected_anchor == "start"
    assert chart.rows == [("Projects", "12"), ("Target", "50"), ("By the plan", "6")]


def test_progress_beyond_the_target_moves_the_target_and_not_the_bar():
    chart = progress_chart(("Projects", 125), ("Target", 100), title="Grants")

    assert (chart.done, chart.target, chart.expected) == ("100.00%", "80.00%", "")


def test_an_interval_stands_on_its_scale_and_draws_no_mark_and_no_line_that_is_not_given():
    full = interval(Decimal(60), Decimal(80), Decimal(72), mark=75, line=Decimal("64.5"), whole=100)
    bare = interval(60, 80, 72, whole=100)

    assert (full.low, full.width, full.value) == ("60.00%", "20.00%", "72.00%")
    assert (full.mark, full.line) == ("75.00%", "64.50%")
    assert (bare.mark, bare.line) == ("", "")
