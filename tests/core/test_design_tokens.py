"""The colours of static/css/tokens.css: every pair that meets on a page has the contrast of WCAG 2.2 AA."""

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).parents[2] / "static/css/tokens.css").read_text(encoding="utf-8")
BLOCK = re.compile(r"(:root[^{]*)\{([^}]*)\}")
COLOUR = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6})\b")

LIGHT, DARK_BY_SYSTEM, DARK_BY_CHOICE = [dict(COLOUR.findall(body)) for _, body in BLOCK.findall(SHEET)[:3]]
THEMES = [pytest.param(LIGHT, id="light"), pytest.param(LIGHT | DARK_BY_CHOICE, id="dark")]

TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink-soft") for ground in ("paper", "surface", "sunken")],
    *[(ink, ground) for ink in ("forest", "apple") for ground in ("paper", "surface", "sunken")],
    *[("ink", f"{tone}-soft") for tone in ("apple", "forest", "honey", "sky")],
    *[(tone, f"{tone}-soft") for tone in ("apple", "forest", "honey", "sky")],
    ("ink-soft", "forest-soft"),
    ("apple-ink", "apple-fill"),
    ("apple-ink", "apple-fill-hover"),
    ("surface", "forest"),
    ("apple-ink", "tick-ground"),
]
SHAPE_PAIRS = [
    *[(shape, ground) for shape in ("line-strong", "focus") for ground in ("paper", "surface")],
    *[(fill, "surface") for fill in ("apple-fill", "forest-fill")],
    ("forest-fill", "sunken"),
]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted([luminance(first), luminance(second)])
    return (lighter + 0.05) / (darker + 0.05)


def test_the_dark_of_the_system_and_the_dark_of_a_choice_are_the_same():
    assert DARK_BY_SYSTEM == DARK_BY_CHOICE


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_its_ground(theme, ink, ground):
    assert contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_borders_and_shapes_stand_out_from_their_ground(theme, shape, ground):
    assert contrast(theme[shape], theme[ground]) >= 3


def test_no_other_sheet_brings_colours_of_its_own():
    others = [path for path in (Path(__file__).parents[2] / "static/css").glob("*.css") if path.name != "tokens.css"]

    own = {path.name: sorted(set(re.findall(r"#[0-9a-f]{3,8}\b", path.read_text(encoding="utf-8")))) for path in others}

    assert own == {path.name: [] for path in others}
