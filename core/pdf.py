"""PDF from a template of ours and plain data, by typst: A4, tagged (PDF/UA-1), the same everywhere.

Data reach the template as JSON, never as markup: `#read("...")` in somebody's title is text. A template reads nothing
outside its own folder, no fonts of the machine and no network; the date in the file is the caller's, so the same input
gives the same bytes. Templates stand in `templates/pdf/`; `base.typ` holds the look of all letters.
"""

from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

import qrcode
import typst
from django.conf import settings
from django.utils.translation import get_language
from qrcode.image.svg import SvgPathImage

from core.canonical import canonical_json

FOLDER = settings.BASE_DIR / "templates" / "pdf"


def render_pdf(template: str, data: dict[str, Any], *, at: datetime) -> bytes:
    """`templates/pdf/<template>.typ` with `data`, in the current language, dated `at` to the second."""
    whole = {"language": (get_language() or "kk")[:2], **data}
    made = typst.compile(
        str(FOLDER / f"{template}.typ"),
        root=str(FOLDER),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": canonical_json(whole)},
        pdf_standards=["ua-1"],
        timestamp=at.replace(microsecond=0),
    )
    return bytes(made)


@lru_cache(maxsize=64)
def qr_svg(text: str) -> str:
    """`text` as a square code: one path in an SVG, for a PDF or a page."""
    image = qrcode.make(text, image_factory=SvgPathImage, border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    drawn = BytesIO()
    image.save(drawn)
    return drawn.getvalue().decode()
