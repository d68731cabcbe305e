"""Several files chosen together: the photos among them become one PDF, everything else stays as it is."""

from collections.abc import Sequence

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from core.refusals import Refused
from documents.actions.check import CheckedUpload, check_upload, look_at, refusal_of
from documents.formulas.blur import is_blurred
from documents.formulas.faults import Unacceptable
from documents.formulas.names import shown_name, with_extension
from documents.formulas.sheets import MOST_SHEETS, bind
from documents.formulas.sniffing import PDF


def check_uploads(uploads: Sequence[File], *, name: str) -> list[CheckedUpload]:
    """What may be stored: the PDF of all photos, called `name`, in the place of the first; a lone photo stays a photo.

    Raises Refused with a sentence that names the file, for the first one that we do not take.
    """
    if len(uploads) == 1:
        return [check_upload(uploads[0])]
    refuse_too_many(len(uploads))
    photos = [upload for upload in uploads if _is_photo(upload)]
    if len(photos) < 2:
        return [_checked(upload) for upload in uploads]
    bound, later = bind_photos(photos, name=name), {id(photo) for photo in photos[1:]}
    kept = [upload for upload in uploads if id(upload) not in later]
    return [bound if upload is photos[0] else _checked(upload) for upload in kept]


def refuse_too_many(count: int) -> None:
    """Raises Refused for more files than are read at a time, before one of them is read."""
    if count > MOST_SHEETS:
        sentence = _("These are %(count)s files, at most %(most)s are taken at a time. Choose fewer of them.")
        raise Refused(sentence % {"count": count, "most": MOST_SHEETS}, code="too_many_at_once")


def bind_photos(photos: Sequence[File], *, name: str) -> CheckedUpload:
    """One PDF of the photos in their order, with the numbers of the blurred ones. Raises Refused."""
    looked = [look_at(photo) for photo in photos]
    try:
        bound = bind([(file, kind.code) for file, _name, kind in looked], limit=settings.UPLOAD_MAX_BYTES)
    except Unacceptable as error:
        refused = refusal_of(error.fault)
        raise refused if error.place is None else _naming(photos[error.place], refused) from error
    blurred = tuple(n for n, (file, _name, _kind) in enumerate(looked, start=1) if is_blurred(file))
    return CheckedUpload(
        bound, name=with_extension(shown_name(name), ".pdf"), media_type=PDF.media_type, blurred=blurred
    )


def _is_photo(upload: File) -> bool:
    try:
        return look_at(upload)[2].is_picture
    except Refused as refused:
        raise _naming(upload, refused) from refused


def _checked(upload: File) -> CheckedUpload:
    try:
        return check_upload(upload)
    except Refused as refused:
        raise _naming(upload, refused) from refused


def _naming(upload: File, refused: Refused) -> Refused:
    """The same refusal, saying which of several files is meant."""
    words = {"name": shown_name(upload.name or ""), "sentence": refused.sentence}
    return Refused(_("«%(name)s»: %(sentence)s") % words, code=refused.code)


def blur_warnings(checked: CheckedUpload) -> list[str]:
    """What to say about photos that are probably too blurred to read; empty where there are none."""
    if not checked.blurred:
        return []
    if checked.media_type == PDF.media_type:
        pages = ", ".join(str(number) for number in checked.blurred)
        words = {"name": checked.name, "pages": pages}
        sentence = _(
            "«%(name)s»: pages that look blurred or empty: %(pages)s. If they cannot be read, take them again."
        )
        return [sentence % words]
    sentence = _("«%(name)s» looks blurred or empty. If it cannot be read, remove it and take the photo again.")
    return [sentence % {"name": checked.name}]
