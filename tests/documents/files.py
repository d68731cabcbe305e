"""Files made on the fly: right ones of every type, and the parts of which bad ones are put together."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

TYPES = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "docx": "wordprocessingml.document.main+xml",
    "xlsx": "spreadsheetml.sheet.main+xml",
    "pptx": "presentationml.presentation.main+xml",
}
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200


def upload(name: str, content: bytes, media_type: str = "application/octet-stream") -> SimpleUploadedFile:
    """An upload whose name Django has not yet looked at, as a client of any kind may send it."""
    made = SimpleUploadedFile("x", content, content_type=media_type)
    made._name = name
    return made


def pdf(change: Callable[[PdfWriter], Any] = lambda writer: None) -> bytes:
    """A PDF of one red page, after `change`."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 400)
    red = writer._add_object(_stream(b"1 0 0 rg 0 0 300 400 re f"))
    page[NameObject("/Contents")] = red
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _stream(content: bytes) -> Any:
    from pypdf.generic import DecodedStreamObject

    made = DecodedStreamObject()
    made.set_data(content)
    return made


def action(kind: str, **more: str) -> DictionaryObject:
    """A PDF action: /S and its details."""
    made = DictionaryObject({NameObject("/S"): NameObject(kind)})
    for key, value in more.items():
        made[NameObject(f"/{key}")] = TextStringObject(value)
    return made


def opening(what: Any) -> Callable[[PdfWriter], None]:
    """Sets /OpenAction."""

    def change(writer: PdfWriter) -> None:
        writer._root_object[NameObject("/OpenAction")] = what

    return change


def button(what: DictionaryObject) -> Callable[[PdfWriter], None]:
    """A link on the first page that does `what`."""

    def change(writer: PdfWriter) -> None:
        link = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Link"),
                NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 99, 99)]),
                NameObject("/A"): writer._add_object(what),
            }
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])

    return change


def script_by_name(writer: PdfWriter) -> None:
    """A script in the document's list of names, which runs on opening."""
    script = writer._add_object(action("/JavaScript", JS="app.alert(1)"))
    names = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("x"), script])})
    writer._root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): names})


def script_behind_a_reference(writer: PdfWriter) -> None:
    """/S is a reference to the name /JavaScript, not the name itself."""
    hidden = DictionaryObject({NameObject("/S"): writer._add_object(NameObject("/JavaScript"))})
    button(hidden)(writer)


def picture(code: str, size: tuple[int, int] = (64, 48), **how: Any) -> bytes:
    """A small picture: left half red, right half white."""
    drawn = Image.new("RGB", size, "white")
    drawn.paste((255, 0, 0), (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    drawn.save(out, code, **how)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A JPEG that tells where it was taken, lies on its side, and carries a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn to the right to see it upright
    exif[0x010F] = "Phone"
    exif.get_ifd(0x8825).update({1: "N", 2: (43.0, 14.0, 20.0), 3: "E", 4: (76.0, 56.0, 5.0)})
    return picture("JPEG", exif=exif, comment=b"<script>alert(1)</script>")


def parcel(entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def types(main: str, *more: str) -> bytes:
    """[Content_Types].xml with a main part of this type."""
    parts = "".join(f'<Override PartName="/p{n}" ContentType="{name}"/>' for n, name in enumerate((main, *more)))
    return f'<?xml version="1.0"?><Types xmlns="urn:x">{parts}</Types>'.encode()


def office(kind: str, entries: dict[str, bytes] | None = None) -> bytes:
    """The smallest document of a kind, with further entries."""
    return parcel({"[Content_Types].xml": types(TYPES + MAIN[kind]), "part/main.xml": b"<x/>", **(entries or {})})


def zip_bomb() -> bytes:
    """A document of some 40 kB that unpacks to 40 MB."""
    return office("docx", {f"word/media/{n}.xml": b"\0" * 10 * 1024 * 1024 for n in range(4)})


def crowded_zip() -> bytes:
    """A table of contents of 12 000 parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", types(TYPES + MAIN["docx"]))
        for n in range(12_000):
            made.writestr(f"word/{n}", b"")
    return out.getvalue()


def locked_zip() -> bytes:
    """A document whose parts say that they are encrypted."""
    made = bytearray(office("docx"))
    place = made.rfind(b"PK\x01\x02")
    while place >= 0:
        made[place + 8] |= 1
        place = made.rfind(b"PK\x01\x02", 0, place)
    return bytes(made)


def png_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few hundred bytes that claims 900 million pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9999)) + chunk(b"IEND", b"")
    )


def heic() -> bytes:
    """The head of an iPhone's picture."""
    return b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100


def old_office() -> bytes:
    """The head of a .doc, and of a password-protected .docx."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
