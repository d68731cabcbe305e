"""Is this upload one that we take? Answers with the file as it will be stored, or with a sentence."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.refusals import Refused
from documents.formulas.blur import is_blurred
from documents.formulas.faults import Fault, Unacceptable
from documents.formulas.names import extension, shown_name, with_extension
from documents.formulas.pdfs import check_pdf
from documents.formulas.pictures import MOST_PIXELS, redraw
from documents.formulas.sniffing import KINDS, PDF, Kind, refuse_beginning, sniff

MEGABYTE = 1024 * 1024
SENTENCES = {
    Fault.UNKNOWN: gettext_lazy(
        "This file is not a PDF, JPG, PNG, WebP, DOCX, XLSX or PPTX inside, whatever its name says. "
        "Save it in one of these formats and choose it again."
    ),
    Fault.HEIC: gettext_lazy(
        "This is a HEIC picture, which most computers cannot open. Save it as JPG and choose it again; on an iPhone: "
        "Settings, Camera, Formats, Most compatible."
    ),
    Fault.OLD_OFFICE: gettext_lazy(
        "This is an old Office file (DOC, XLS, PPT) or one under a password. "
        "Save it as DOCX, XLSX, PPTX or PDF without a password and choose it again."
    ),
    Fault.ARCHIVE: gettext_lazy(
        "This is an archive of files, not a document. Choose the documents one by one, without an archive."
    ),
    Fault.MACROS: gettext_lazy(
        "This document contains macros (small programs). Save it without macros or as PDF and choose it again."
    ),
    Fault.BOMB: gettext_lazy(
        "This file unpacks to a size that is not safe to open. Save the document as PDF and choose it again."
    ),
    Fault.DAMAGED: gettext_lazy(
        "This file does not open: it is damaged or was not copied to its end. "
        "Open it on your device, save it once more and choose it again."
    ),
    Fault.ENCRYPTED: gettext_lazy(
        "This file opens only with a password. Save a copy without a password and choose it again."
    ),
    Fault.SCRIPT: gettext_lazy(
        "This PDF contains a script or a form that runs one. Print it to a new PDF and choose that one."
    ),
    Fault.LAUNCH: gettext_lazy(
        "This PDF contains a button that starts a program. Print it to a new PDF and choose that one."
    ),
    Fault.ATTACHMENT: gettext_lazy(
        "Other files are attached inside this PDF. Print it to a new PDF and send the attached files one by one."
    ),
    Fault.COMPLEX: gettext_lazy(
        "This PDF has more parts than we can check. Print it to a new PDF, or split it, and choose that one."
    ),
    Fault.HEAVY: gettext_lazy("These pictures are too large for one PDF. Choose fewer of them at a time."),
}


class CheckedUpload(File):
    """What a check answers: the bytes as they will be stored, the name to show, the type as it is.

    `blurred` are the numbers of its pages that are probably too blurred to read: for a warning, not a refusal.
    """

    def __init__(self, file: BinaryIO, *, name: str, media_type: str, blurred: tuple[int, ...] = ()) -> None:
        super().__init__(file, name)
        self.media_type, self.blurred = media_type, blurred


def check_upload(upload: File) -> CheckedUpload:
    """Reads an upload through and raises Refused with its sentence, or gives back what may be stored.

    Size first, before a byte is read. The name must fit the content; among pictures it is put right instead, because
    phones name them wrong. Pictures come back drawn anew: without the place of the photo, and upright.
    """
    if isinstance(upload, CheckedUpload):
        return upload
    file, name, kind = look_at(upload)
    blurred: tuple[int, ...] = ()
    with in_words():
        if kind == PDF:
            check_pdf(file)
        if kind.is_picture:
            file = redraw(file, kind.code)
            blurred = (1,) if is_blurred(file) else ()
    return CheckedUpload(file, name=name, media_type=kind.media_type, blurred=blurred)


def look_at(upload: File) -> tuple[BinaryIO, str, Kind]:
    """Size, type by content, and the name that fits it; raises Refused. What stands inside is not yet looked at."""
    refuse_size(upload.size)
    file = cast(BinaryIO, upload.file)
    with in_words():
        kind = sniff(file)
        return file, _fitting_name(shown_name(upload.name or ""), kind), kind


def check_beginning(head: bytes) -> None:
    """The first bytes of a file that is on its way: raises Refused where the rest would travel for nothing."""
    with in_words():
        refuse_beginning(head)


@contextmanager
def in_words() -> Iterator[None]:
    """Turns what a formula found into the sentence that its reader needs."""
    try:
        yield
    except Unacceptable as error:
        raise refusal_of(error.fault) from error


def refuse_size(size: int) -> None:
    """Raises Refused for nothing and for too much."""
    if not size:
        raise Refused(_kept(_("This file is empty. Check it on your device and choose it again.")), code="empty")
    if size > settings.UPLOAD_MAX_BYTES:
        sentence = _("This file has %(size)s MB, the limit is %(limit)s MB. Make it smaller or split it in parts.")
        sizes = {"size": megabytes(size), "limit": megabytes(settings.UPLOAD_MAX_BYTES)}
        raise Refused(_kept(sentence % sizes), code="too_large")


def _fitting_name(name: str, kind: Kind) -> str:
    """The name with the extension of its kind. Raises Refused where the name claims to be something else."""
    claimed = extension(name)
    if not claimed or claimed in kind.extensions:
        return with_extension(name, claimed or kind.extensions[0], instead_of=claimed)
    others = [other for other in KINDS if claimed in other.extensions]
    if kind.is_picture and others and others[0].is_picture:
        return with_extension(name, kind.extensions[0], instead_of=claimed)
    sentence = _("The name of this file ends in %(claimed)s, but inside it is %(kind)s. Rename it and choose it again.")
    raise Refused(_kept(sentence % {"claimed": claimed, "kind": kind.code}), code="name_disagrees")


def refusal_of(fault: Fault) -> Refused:
    """The sentence for what a formula found."""
    if fault == Fault.PIXELS:
        sentence = _("This picture has too many pixels, the limit is %(limit)s million. Send a smaller copy.")
        return Refused(_kept(sentence % {"limit": MOST_PIXELS // 1_000_000}), code=str(fault))
    return Refused(_kept(str(SENTENCES[fault])), code=str(fault))


def _kept(sentence: str) -> str:
    """The sentence, and the reassurance that ends each of them."""
    reassurance = _("Nothing else was lost.")  # not inside the braces: there it is not found for translation
    return f"{sentence} {reassurance}"


def megabytes(size: int) -> str:
    """Megabytes as a person reads them, rounded up to a tenth, so that what is too large never equals the limit."""
    tenths = math.ceil(size * 10 / MEGABYTE)
    return str(number_format(tenths // 10 if tenths % 10 == 0 else tenths / 10))
