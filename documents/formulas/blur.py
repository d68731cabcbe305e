"""Whether a photo of a page is too blurred to read: the variance of its Laplacian, by Pillow alone.

The Laplacian (each pixel against its four neighbours) is large at an edge and near nothing where the picture is soft,
so its variance falls when edges are smeared (Pech-Pacheco and others, 2000). A page is mostly white paper: an average
over all of it would call a page of three lines blurred. So the picture is cut into tiles and the sharpest one decides.

The measure is taken at one size, 1000 pixels on the longer side, which averages the grain of a phone's sensor away.
There, on pages made by tests/documents/test_blur.py (black and grey ink, a lit and a dim page, three lines and thirty),
a page that can be read gives 400 and more, one on which 11-point letters run together 25 and less; the grain of a
photo taken at night (a deviation of 8 of 255) adds 60. A page with nothing on it counts as blurred too.
"""

from typing import BinaryIO

from PIL import Image, ImageFilter, ImageStat

LONGEST = 1000
TILES = 5  # in each direction
SHARP_ENOUGH = 100.0
MIDDLE = 128  # the filter's zero: Pillow keeps no negative pixels
LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=MIDDLE)


def sharpness(picture: Image.Image) -> float:
    """The variance of the Laplacian in the sharpest tile; 0 for a page of one colour."""
    grey = picture.convert("L")
    grey.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS, reducing_gap=2.0)
    edges = grey.filter(LAPLACIAN)
    width, height = edges.size
    if min(width, height) < TILES + 2:
        return 0.0  # nothing can be read on it
    across = [1 + n * (width - 2) // TILES for n in range(TILES + 1)]  # without the border, which is not filtered
    down = [1 + n * (height - 2) // TILES for n in range(TILES + 1)]
    boxes = [(across[x], down[y], across[x + 1], down[y + 1]) for x in range(TILES) for y in range(TILES)]
    return max(float(ImageStat.Stat(edges.crop(box)).var[0]) for box in boxes)


def is_blurred(file: BinaryIO) -> bool:
    """Whether an open picture is softer than a page that can be read; the file is left at its beginning."""
    file.seek(0)
    try:
        with Image.open(file) as picture:
            picture.draft("L", (LONGEST, LONGEST))  # a JPEG is decoded at the size that is needed
            return sharpness(picture) < SHARP_ENOUGH
    finally:
        file.seek(0)
