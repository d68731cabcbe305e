"""Pictures are drawn anew: what is stored holds pixels and colours, not the place where a photo was taken.

That also leaves behind whatever was hidden behind or inside the picture (a script, an archive, an older thumbnail).
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from PIL import Image, ImageOps

from documents.formulas.faults import Fault, Unacceptable

MOST_PIXELS = 65_000_000  # the largest common phone picture is 64 megapixels; drawn, it takes about 200 MB
READABLE = {"JPEG": ("JPEG", "MPO"), "PNG": ("PNG",), "WEBP": ("WEBP",)}  # MPO: a phone's JPEG with a second picture
KEPT = ("icc_profile", "transparency")
QUALITY: dict[str, Any] = {"PNG": {}, "WEBP": {"quality": 92}, "JPEG": {"quality": 92}}


@contextmanager
def opened(file: BinaryIO, code: str) -> Iterator[Image.Image]:
    """The picture of type `code` (JPEG, PNG, WEBP), not yet decoded. Raises Unacceptable, also for what is done inside.

    Whatever a decoder throws at a stranger's file means that it does not open.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=READABLE[code]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unacceptable(Fault.PIXELS)
            yield picture
    except Unacceptable:
        raise
    except Image.DecompressionBombError as error:
        raise Unacceptable(Fault.PIXELS) from error
    except Exception as error:
        raise Unacceptable(Fault.DAMAGED) from error


def redraw(file: BinaryIO, code: str) -> io.BytesIO:
    """The picture of type `code`, upright and without metadata. Raises Unacceptable."""
    with opened(file, code) as picture:
        return _drawn(picture, code)


def upright(picture: Image.Image) -> Image.Image:
    """As the camera was held, in red, green and blue, what is transparent in white."""
    turned = ImageOps.exif_transpose(picture)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        seen = turned.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        paper.alpha_composite(seen)
        return paper.convert("RGB")
    return turned.convert("RGB")


def _drawn(picture: Image.Image, code: str) -> io.BytesIO:
    picture.load()
    turned = ImageOps.exif_transpose(picture)
    turned.info = {name: value for name, value in picture.info.items() if name in KEPT}
    as_it_was = code == "JPEG" and picture.format == "JPEG" and turned.size == picture.size and not _is_turned(picture)
    out = io.BytesIO()
    if as_it_was:  # the same quantisation tables: hardly anything is lost
        picture.info = turned.info
        picture.save(out, "JPEG", quality="keep", icc_profile=turned.info.get("icc_profile"))
    else:
        turned.save(out, code, icc_profile=turned.info.get("icc_profile"), **QUALITY[code])
    out.seek(0)
    return out


def _is_turned(picture: Image.Image) -> bool:
    """Whether EXIF says that the camera was held another way."""
    return picture.getexif().get(0x0112, 1) != 1
