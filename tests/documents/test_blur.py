"""Which photos are called blurred: made pages of typed text, as they are described in documents/formulas/blur.py."""

import io

import pytest
from PIL import Image

from documents.formulas.blur import SHARP_ENOUGH, is_blurred, sharpness
from tests.documents import files, pages

READABLE = {
    "a full page": {},
    "three lines": {"lines": 3},
    "one line": {"lines": 1},
    "grey ink": {"ink": 120},
    "a dim page": {"ink": 40, "paper": 120},
    "a little soft": {"smear": 2},
    "dim and a little soft": {"ink": 40, "paper": 120, "smear": 2},
    "with grain": {"grain": 8},
}
SMEARED = {
    "a full page": {"smear": 6},
    "three lines": {"lines": 3, "smear": 6},
    "a dim page": {"ink": 40, "paper": 120, "smear": 6},
    "moved by half a letter": {"smear": 12},
    "with grain of the night": {"smear": 8, "grain": 8},
    "an empty page": {"lines": 0},
}


@pytest.mark.parametrize("case", READABLE)
def test_a_page_that_can_be_read_is_not_called_blurred(case):
    assert sharpness(pages.typed(**READABLE[case])) > 4 * SHARP_ENOUGH


@pytest.mark.parametrize("case", SMEARED)
def test_a_page_whose_letters_run_together_is_called_blurred(case):
    assert sharpness(pages.typed(**SMEARED[case])) < SHARP_ENOUGH


def test_a_softer_page_is_never_sharper():
    found = [sharpness(pages.typed(smear=smear)) for smear in (0, 1, 2, 4, 8)]

    assert found == sorted(found, reverse=True)


def test_a_photo_is_measured_from_its_file_which_stays_at_its_beginning():
    sharp, soft = (io.BytesIO(pages.as_jpeg(pages.typed(smear=smear))) for smear in (0, 9))

    assert (is_blurred(sharp), is_blurred(soft), sharp.tell()) == (False, True, 0)


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (6, 6)])
def test_no_size_is_too_small_to_measure(size):
    assert sharpness(Image.new("RGB", size, "white")) == 0


def test_a_drawing_with_one_edge_is_sharp():
    assert is_blurred(io.BytesIO(files.picture("JPEG", (600, 400)))) is False
