"""The field of a form that takes a document: what may be chosen, how large, and the sentence beside it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.refusals import Refused
from documents.actions.check import check_upload, megabytes
from documents.formulas.sniffing import KINDS

# Pictures by type: then an iPhone turns its HEIC into JPG by itself. The rest by extension, which every phone knows.
ACCEPT = ",".join(kind.media_type if kind.is_picture else kind.extensions[0] for kind in KINDS)


def what_we_take() -> str:
    """Types and size, for the help text."""
    sentence = _("PDF, JPG, PNG, WebP, DOCX, XLSX or PPTX, at most %(limit)s MB.")
    return sentence % {"limit": megabytes(settings.UPLOAD_MAX_BYTES)}


class UploadField(forms.FileField):
    """A file that `documents.actions.store.store_upload` will take: it is read through here, once.

    `cleaned_data` holds a CheckedUpload: its `name` is safe to show, its bytes are what will be stored.
    """

    widget = forms.FileInput
    default_error_messages = {
        "required": gettext_lazy("Choose a file."),
        "invalid": gettext_lazy("The file did not arrive. Choose it again."),
        "missing": gettext_lazy("The file did not arrive. Choose it again."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", lazy(what_we_take, str)())
        super().__init__(**{"allow_empty_file": True, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ACCEPT}

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not data:
            return upload
        try:
            return check_upload(upload)
        except Refused as refused:
            raise ValidationError(str(refused.sentence), code=refused.code) from refused
