"""Made photos of typed pages: sharp, smeared, dim, grainy, as a phone would give them."""

import io
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

A4_AT_300 = (2480, 3508)
ELEVEN_POINTS = 44  # pixels at 300 dots per inch


def typed(*, lines: int = 30, ink: int = 20, paper: int = 250, smear: float = 0, grain: float = 0) -> Image.Image:
    """A page of Latin words in 11 points; `smear` in pixels of 300 to the inch, `grain` as a deviation of 255."""
    page = Image.new("L", A4_AT_300, paper)
    pen, font, rng = ImageDraw.Draw(page), ImageFont.load_default(ELEVEN_POINTS), random.Random(1)
    for line in range(lines):
        words = ["".join(rng.choice("abcdeghiklmnoprstu") for _ in range(rng.randrange(3, 9))) for _ in range(10)]
        pen.text((200, 250 + line * 100), " ".join(words), font=font, fill=ink)
    if smear:
        page = page.filter(ImageFilter.GaussianBlur(smear))
    if grain:
        page = ImageChops.add(page, Image.effect_noise(A4_AT_300, grain), scale=1, offset=-128)
    return page


def as_jpeg(page: Image.Image, size: tuple[int, int] = (1240, 1754)) -> bytes:
    """The bytes of a photo; smaller than a phone's, so that tests stay fast."""
    out = io.BytesIO()
    page.resize(size).convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()
