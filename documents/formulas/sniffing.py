"""Which type a file really is: by its first bytes, never by its name or by what the browser says.

The type must begin at the very first byte: a program with a PDF hidden behind it still opens in PDF libraries.
"""

from dataclasses import dataclass
from typing import BinaryIO

from documents.formulas import office
from documents.formulas.faults import Fault, Unacceptable


@dataclass(frozen=True)
class Kind:
    """A type that is taken. The first of `extensions` is the one we write."""

    code: str
    media_type: str
    extensions: tuple[str, ...]

    @property
    def is_picture(self) -> bool:
        """Pictures are drawn anew before they are stored."""
        return self.media_type.startswith("image/")


PDF = Kind("PDF", "application/pdf", (".pdf",))
JPEG = Kind("JPEG", "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"))
PNG = Kind("PNG", "image/png", (".png",))
WEBP = Kind("WEBP", "image/webp", (".webp",))
DOCX = Kind("DOCX", office.MEDIA_TYPE + "wordprocessingml.document", (".docx",))
XLSX = Kind("XLSX", office.MEDIA_TYPE + "spreadsheetml.sheet", (".xlsx",))
PPTX = Kind("PPTX", office.MEDIA_TYPE + "presentationml.presentation", (".pptx",))
KINDS = (PDF, JPEG, PNG, WEBP, DOCX, XLSX, PPTX)

BEGINNINGS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .doc, .xls, .ppt and of password-protected Office files


def sniff(file: BinaryIO) -> Kind:
    """The kind of an open, seekable file; it is left at its beginning. Raises Unacceptable for everything else."""
    file.seek(0)
    head = file.read(32)
    try:
        return _by_head(head) or _office_kind(file, head)
    finally:
        file.seek(0)


def refuse_beginning(head: bytes) -> None:
    """By the first bytes alone: raises Unacceptable where nothing that may follow makes it a type that is taken."""
    if not _by_head(head):
        _refuse_by_head(head)


def _by_head(head: bytes) -> Kind | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return next((kind for beginning, kind in BEGINNINGS if head.startswith(beginning)), None)


def _refuse_by_head(head: bytes) -> None:
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        raise Unacceptable(Fault.HEIC)
    if head.startswith(OLE):
        raise Unacceptable(Fault.OLD_OFFICE)
    if not head.startswith(b"PK\x03\x04"):
        raise Unacceptable(Fault.UNKNOWN)


def _office_kind(file: BinaryIO, head: bytes) -> Kind:
    _refuse_by_head(head)
    media_type = office.main_type(file)
    return next(kind for kind in KINDS if kind.media_type == media_type)
