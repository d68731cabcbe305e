"""Several photos become one PDF: each upright on its own A4 sheet, in the order in which they were chosen.

The photos are drawn anew on the way, so nothing of a file survives but what is seen. A large set is drawn in fewer
dots per inch until it fits; one sheet is in memory at a time.
"""

import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from PIL import Image
from pypdf import PdfWriter

from documents.formulas.faults import Fault, Unacceptable
from documents.formulas.pictures import opened, upright

MOST_SHEETS = 20
DENSITIES = (200, 150, 110, 80)  # dots per inch; at 80 a typed page can still be read
INCHES = (8.27, 11.69)  # A4
MARGIN = 0.02  # of the sheet, so that no printer cuts a letter off
MOST_ENLARGED = 2
QUALITY = 82
LIKELY = 1.3  # how far sheets that are alike may lead beyond the limit before it is given up


def bind(pictures: Sequence[tuple[BinaryIO, str]], *, limit: int) -> io.BytesIO:
    """One PDF of (file, JPEG | PNG | WEBP) at most `limit` bytes long. Raises Unacceptable."""
    for density in DENSITIES:
        bound = _bound(pictures, density, limit)
        if bound is not None:
            return bound
    raise Unacceptable(Fault.HEAVY)


def _bound(pictures: Sequence[tuple[BinaryIO, str]], density: int, limit: int) -> io.BytesIO | None:
    """The PDF, or nothing as soon as its sheets are, or are going to be, too much for the limit."""
    writer, total = PdfWriter(), 0
    for number, sheet in enumerate(_sheets(pictures, density), start=1):
        total += sheet.getbuffer().nbytes
        if total > limit or total / number * len(pictures) > limit * LIKELY:
            return None
        writer.append(sheet, import_outline=False)
    out = io.BytesIO()
    writer.write(out)
    out.seek(0)
    return out if out.getbuffer().nbytes <= limit else None


def _sheets(pictures: Sequence[tuple[BinaryIO, str]], density: int) -> Iterator[io.BytesIO]:
    for place, (file, code) in enumerate(pictures):
        try:
            with opened(file, code) as picture:
                sheet = _on_paper(upright(picture), density)
        except Unacceptable as error:
            raise Unacceptable(error.fault, place) from error
        out = io.BytesIO()
        sheet.save(out, "PDF", resolution=density, quality=QUALITY)
        out.seek(0)
        yield out


def _on_paper(picture: Image.Image, density: int) -> Image.Image:
    """The picture in the middle of a white A4 sheet that lies as the picture does."""
    size = (round(INCHES[0] * density), round(INCHES[1] * density))
    if picture.width > picture.height:
        size = (size[1], size[0])
    paper = Image.new("RGB", size, "white")
    room = tuple(round(side * (1 - 2 * MARGIN)) for side in size)
    scale = min(room[0] / picture.width, room[1] / picture.height, MOST_ENLARGED)
    fitted = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    drawn = picture.resize(fitted, Image.Resampling.LANCZOS, reducing_gap=2.0)
    paper.paste(drawn, ((size[0] - fitted[0]) // 2, (size[1] - fitted[1]) // 2))
    return paper
