"""Several files of one choice: photos become one PDF, upright and in order; everything else stays as it is."""

import io

import pytest
from django.utils import translation
from PIL import Image
from pypdf import PdfReader

from core.refusals import Refused
from documents.actions.gather import blur_warnings, check_uploads
from documents.formulas.sheets import bind
from tests.documents import files, pages


def photo(colour: str, size: tuple[int, int] = (600, 400), orientation: int = 1, code: str = "JPEG") -> bytes:
    """A photo whose left half has a colour, held so that it is to be turned."""
    drawn, exif, out = Image.new("RGB", size, "white"), Image.Exif(), io.BytesIO()
    drawn.paste(colour, (0, 0, size[0] // 2, size[1]))
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (43.0, 14.0, 20.0)})
    drawn.save(out, code, exif=exif)
    return out.getvalue()


def pictures_of(pdf) -> list[Image.Image]:
    """What stands on each page."""
    return [page.images[0].image.convert("RGB") for page in PdfReader(pdf).pages]


def colour_at(picture: Image.Image, x: float, y: float) -> str:
    found = picture.getpixel((int(picture.width * x), int(picture.height * y)))
    return next(
        name
        for name, rgb in {"red": (255, 0, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}.items()
        if all(abs(a - b) < 50 for a, b in zip(found, rgb, strict=True))
    )


def test_photos_become_one_pdf_on_a4_in_the_order_in_which_they_were_chosen():
    chosen = [files.upload(f"{n}.jpg", photo(colour)) for n, colour in enumerate(["red", "blue", "red"])]

    [bound] = check_uploads(chosen, name="Портфолио")

    sizes = [tuple(round(float(side)) for side in page.mediabox[2:]) for page in PdfReader(bound.file).pages]
    assert (bound.name, bound.media_type, sizes) == ("Портфолио.pdf", "application/pdf", [(842, 595)] * 3)
    assert [colour_at(picture, 0.25, 0.5) for picture in pictures_of(bound.file)] == ["red", "blue", "red"]


@pytest.mark.parametrize(
    ("orientation", "where"),
    [(1, (0.25, 0.5)), (3, (0.75, 0.5)), (6, (0.5, 0.25)), (8, (0.5, 0.75)), (2, (0.75, 0.5)), (5, (0.5, 0.25))],
)
def test_each_photo_stands_upright_as_its_camera_says(orientation, where):
    chosen = [files.upload("a.jpg", photo("red", orientation=orientation)), files.upload("b.jpg", photo("blue"))]

    [bound] = check_uploads(chosen, name="x")

    first = pictures_of(bound.file)[0]
    assert colour_at(first, *where) == "red"
    assert (first.width > first.height) == (orientation < 5)


def test_nothing_of_a_photo_but_what_is_seen_reaches_the_pdf():
    content = photo("red") + files.parcel({"evil.exe": files.PROGRAM}, compression=0)

    [bound] = check_uploads([files.upload("a.jpg", content), files.upload("b.jpg", photo("blue"))], name="x")

    stored = bound.read()
    assert (b"Exif" in stored, b"evil.exe" in stored, b"GPS" in stored) == (False, False, False)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_picture_finds_its_page(mode):
    out, code = io.BytesIO(), "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (30, 20)).save(out, code)

    [bound] = check_uploads(
        [files.upload("a", out.getvalue()), files.upload("b.webp", files.picture("WEBP"))], name="x"
    )

    assert len(PdfReader(bound.file).pages) == 2


def test_what_is_transparent_is_white_paper():
    out = io.BytesIO()
    Image.new("RGBA", (60, 40), (0, 0, 0, 0)).save(out, "PNG")

    [bound] = check_uploads([files.upload("a.png", out.getvalue()), files.upload("b.jpg", photo("red"))], name="x")

    assert colour_at(pictures_of(bound.file)[0], 0.5, 0.5) == "white"


def test_pdfs_among_photos_stay_what_they_are():
    chosen = [
        files.upload("a.jpg", photo("red")),
        files.upload("b.pdf", files.pdf()),
        files.upload("c.jpg", photo("blue")),
    ]

    bound, paper = check_uploads(chosen, name="Жоба")

    assert [bound.name, paper.name] == ["Жоба.pdf", "b.pdf"]
    assert (len(PdfReader(bound.file).pages), paper.read()) == (2, files.pdf())


def test_a_lone_photo_stays_a_photo():
    [alone] = check_uploads([files.upload("a.jpg", photo("red"))], name="x")

    assert (alone.name, alone.media_type) == ("a.jpg", "image/jpeg")


def test_a_large_set_is_drawn_in_fewer_dots_until_it_fits():
    noise = Image.effect_noise((1700, 2300), 60).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=95)
    sheets = [(io.BytesIO(out.getvalue()), "JPEG")] * 2

    small = bind(sheets, limit=900_000)

    assert len(small.getvalue()) <= 900_000
    assert len(PdfReader(small).pages) == 2


def test_a_set_that_never_fits_is_refused_in_words(settings):
    settings.UPLOAD_MAX_BYTES = 30_000
    noise = Image.effect_noise((150, 150), 60).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=50)

    with pytest.raises(Refused) as refused:
        check_uploads([files.upload(f"{n}.jpg", out.getvalue()) for n in range(3)], name="x")

    assert refused.value.code == "heavy"


BAD = {
    "HEIC among photos": (files.heic(), "heic"),
    "a program among photos": (files.PROGRAM, "unknown"),
    "a photo that was cut off": (files.picture("JPEG", (640, 480))[:900], "damaged"),
    "a bomb": (files.png_bomb(9_000, 9_000), "pixels"),
    "nothing": (b"", "empty"),
    "a PDF with a script": (files.pdf(files.script_by_name), "script"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_among_several_is_named(case):
    content, code = BAD[case]
    chosen = [files.upload("1.jpg", photo("red")), files.upload("2", content), files.upload("3.jpg", photo("blue"))]

    with translation.override("en"), pytest.raises(Refused) as refused:
        check_uploads(chosen, name="x")

    assert (refused.value.code, str(refused.value.sentence)[:4]) == (code, "«2»:")


def test_more_files_than_a_choice_may_hold_are_refused():
    with pytest.raises(Refused) as refused:
        check_uploads([files.upload("a.jpg", photo("red"))] * 21, name="x")

    assert refused.value.code == "too_many_at_once"


def test_blurred_pages_are_named_and_taken():
    sharp, soft = (pages.as_jpeg(pages.typed(smear=smear)) for smear in (0, 9))
    chosen = [files.upload(f"{n}.jpg", content) for n, content in enumerate([sharp, soft, sharp, soft])]

    [bound] = check_uploads(chosen, name="Портфолио")

    with translation.override("en"):
        warnings = blur_warnings(bound)
    assert bound.blurred == (2, 4)
    assert warnings == [
        "«Портфолио.pdf»: pages that look blurred or empty: 2, 4. If they cannot be read, take them again."
    ]


def test_a_lone_blurred_photo_is_warned_of_by_its_name():
    [alone] = check_uploads([files.upload("бет.jpg", pages.as_jpeg(pages.typed(smear=9)))], name="x")

    with translation.override("en"):
        assert blur_warnings(alone)[0].startswith("«бет.jpg» looks blurred")


def test_sharp_photos_and_papers_are_not_warned_of():
    checked = check_uploads([files.upload("a.jpg", photo("red")), files.upload("b.pdf", files.pdf())], name="x")

    assert [blur_warnings(one) for one in checked] == [[], []]
