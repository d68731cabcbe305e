"""Office documents (OOXML): a ZIP whose [Content_Types].xml names a main part. Nothing but that list is unpacked."""

import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from documents.formulas.faults import Fault, Unacceptable

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    "wordprocessingml.document.main+xml": "wordprocessingml.document",
    "spreadsheetml.sheet.main+xml": "spreadsheetml.sheet",
    "presentationml.presentation.main+xml": "presentationml.presentation",
}
LIST_OF_TYPES = "[Content_Types].xml"
LARGEST_LIST = 1024 * 1024
LARGEST_DIRECTORY = 2 * 1024 * 1024  # bytes of the ZIP's own table of contents: about 20 000 parts
MOST_PARTS = 10_000
LARGEST_UNPACKED = 300 * 1024 * 1024
FREE_UNPACKED = 20 * 1024 * 1024  # below this no ratio is dangerous
LARGEST_RATIO = 100  # spreadsheets reach 30
PROGRAM = re.compile(r"\.(exe|dll|com|scr|bat|cmd|ps1|vbs|js|jar|lnk|msi|hta|html)$")
ENCRYPTED_FLAG = 0x1
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError, KeyError)


def main_type(file: BinaryIO) -> str:
    """The media type of the Office document in `file`. Raises Unacceptable where it is none, or not a harmless one."""
    _refuse_large_directory(file)
    try:
        with zipfile.ZipFile(file) as parcel:
            _refuse_bad_parts(parcel.infolist())
            with parcel.open(LIST_OF_TYPES) as part:
                listed = part.read(LARGEST_LIST + 1)
    except BROKEN as error:
        raise Unacceptable(Fault.DAMAGED) from error
    return _type_in(listed)


def _refuse_large_directory(file: BinaryIO) -> None:
    """`zipfile` reads the whole table of contents before anybody can count it."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < 22 or tail[max(0, end - 20) : end].startswith(b"PK\x06\x07"):
        raise Unacceptable(Fault.DAMAGED)
    if int.from_bytes(tail[end + 12 : end + 16], "little") > LARGEST_DIRECTORY:
        raise Unacceptable(Fault.BOMB)
    file.seek(0)


def _refuse_bad_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if LIST_OF_TYPES not in names or any(_is_foreign(name.lower()) for name in names):
        raise Unacceptable(Fault.ARCHIVE)
    if len(parts) > MOST_PARTS or unpacked > max(FREE_UNPACKED, min(LARGEST_UNPACKED, packed * LARGEST_RATIO)):
        raise Unacceptable(Fault.BOMB)
    if any(part.flag_bits & ENCRYPTED_FLAG for part in parts):
        raise Unacceptable(Fault.ENCRYPTED)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unacceptable(Fault.MACROS)


def _is_foreign(name: str) -> bool:
    """No Office program writes such a part: a program, or a path that leaves the archive."""
    return bool(PROGRAM.search(name)) or name.startswith("/") or "\\" in name or ".." in name.split("/")


def _type_in(listed: bytes) -> str:
    """The text is searched, not parsed: it is a stranger's XML."""
    if len(listed) > LARGEST_LIST:
        raise Unacceptable(Fault.BOMB)
    named = re.findall(r"""ContentType\s*=\s*["']([^"']+)["']""", listed.decode("utf-8", "replace"))
    if any("macroenabled" in name.lower() for name in named):
        raise Unacceptable(Fault.MACROS)
    for name in named:
        if name.startswith(MEDIA_TYPE) and name.removeprefix(MEDIA_TYPE) in MAIN_PARTS:
            return MEDIA_TYPE + MAIN_PARTS[name.removeprefix(MEDIA_TYPE)]
    raise Unacceptable(Fault.ARCHIVE)
