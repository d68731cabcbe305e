"""Pictures are drawn anew: what is stored holds pixels and colours, not the place where a photo was taken.

That also leaves behind whatever was hidden behind or inside the picture (a script, an archive, an older thumbnail).
"""

import io
from typing import Any, BinaryIO

from PIL import Image, ImageOps

from documents.formulas.faults import Fault, Unacceptable

MOST_PIXELS = 65_000_000  # the largest common phone picture is 64 megapixels; drawn, it takes about 200 MB
READABLE = {"JPEG": ("JPEG", "MPO"), "PNG": ("PNG",), "WEBP": ("WEBP",)}  # MPO: a phone's JPEG with a second picture
KEPT = ("icc_profile", "transparency")
QUALITY: dict[str, Any] = {"PNG": {}, "WEBP": {"quality": 92}, "JPEG": {"quality": 92}}


def redraw(file: BinaryIO, code: str) -> io.BytesIO:
    """The picture of type `code` (JPEG, PNG, WEBP), upright and without metadata. Raises Unacceptable."""
    file.seek(0)
    try:
        with Image.open(file, formats=READABLE[code]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unacceptable(Fault.PIXELS)
            return _drawn(picture, code)
    except Unacceptable:
        raise
    except Image.DecompressionBombError as error:
        raise Unacceptable(Fault.PIXELS) from error
    except Exception as error:  # whatever a decoder throws at a stranger's file means that it does not open
        raise Unacceptable(Fault.DAMAGED) from error


def _drawn(picture: Image.Image, code: str) -> io.BytesIO:
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    upright.info = {name: value for name, value in picture.info.items() if name in KEPT}
    as_it_was = code == "JPEG" and picture.format == "JPEG" and upright.size == picture.size and not _turned(picture)
    out = io.BytesIO()
    if as_it_was:  # the same quantisation tables: hardly anything is lost
        picture.info = upright.info
        picture.save(out, "JPEG", quality="keep", icc_profile=upright.info.get("icc_profile"))
    else:
        upright.save(out, code, icc_profile=upright.info.get("icc_profile"), **QUALITY[code])
    out.seek(0)
    return out


def _turned(picture: Image.Image) -> bool:
    """Whether EXIF says that the camera was held another way."""
    return picture.getexif().get(0x0112, 1) != 1
