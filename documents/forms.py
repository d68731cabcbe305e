"""The field of a form that takes a document: what may be chosen, how large, and the sentence beside it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.statuses import Country
from core.identifiers import MISTYPED
from core.refusals import Refused
from documents.actions.check import CheckedUpload, check_upload, megabytes
from documents.actions.gather import check_uploads
from documents.formulas.cms import LARGEST
from documents.formulas.sniffing import DOCX, JPEG, PDF, PNG, PPTX, XLSX
from documents.statuses import SignatureWay

MOST_LETTERS = 2 * LARGEST  # of a container in base64
# Pictures by type: then an iPhone turns its HEIC into JPG by itself. Office by extension, which every phone knows.
# WebP is taken and not asked for: no camera makes it.
ACCEPT = ",".join([*(k.media_type for k in (JPEG, PNG, PDF)), *(k.extensions[0] for k in (DOCX, XLSX, PPTX))])


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


class ProofForm(forms.Form):
    """Proof that an organisation is one's own: for the officers alone."""

    number = forms.CharField(
        label=gettext_lazy("IIN or BIN"), max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=Country.choices)
    words = forms.CharField(
        label=gettext_lazy("Who you are, for the officers"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    file = UploadField(label=gettext_lazy("The paper"))

    def clean_number(self) -> str:
        """As it is kept: without the spaces and hyphens that people type; its check digit is not asked again here."""
        return MISTYPED.sub("", self.cleaned_data["number"])


class Files(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class UploadsField(UploadField):
    """One file or several that belong together; photos among several become one PDF called `photos_name`.

    `cleaned_data` holds a list of CheckedUpload. Without a script this is one POST.
    """

    widget = Files

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", lazy(what_we_take_together, str)())
        super().__init__(**kwargs)
        self.photos_name = str(_("Photos"))

    def clean(self, data: Any, initial: Any = None) -> list[CheckedUpload]:
        chosen = [super(UploadField, self).clean(one, initial) for one in data or [None]]
        try:
            return check_uploads(chosen, name=self.photos_name) if data else []
        except Refused as refused:
            raise ValidationError(str(refused.sentence), code=refused.code) from refused


def what_we_take_together() -> str:
    """Types, size, and what becomes of several photos, for the help text."""
    sentence = _(
        "Photos (JPG, PNG), PDF, DOCX, XLSX or PPTX, at most %(limit)s MB each. Several photos chosen together become "
        "one PDF."
    )
    return sentence % {"limit": megabytes(settings.UPLOAD_MAX_BYTES)}


# Where each way puts what it brings.
PLACES = {str(SignatureWay.SCAN): "scan", str(SignatureWay.FILE): "container", str(SignatureWay.NCALAYER): "cms"}


class SignForm(forms.Form):
    """One of the three ways to sign (templates/documents/_sign.html). `signature` is what `sign_document` takes.

    A scan is an upload like any other; a container is not one of the types that are stored, so its bytes go on as they
    came, and the check reads at most a quarter of a megabyte of them. NCALayer's answer comes as text.
    """

    way = forms.ChoiceField(choices=SignatureWay.choices)
    scan = UploadField(required=False)
    container = forms.FileField(required=False, allow_empty_file=True)
    cms = forms.CharField(required=False, max_length=MOST_LETTERS, strip=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = PLACES.get(str(cleaned.get("way")))
        if given and given not in self.errors and not cleaned.get(given):
            self.add_error(given, _("The signature did not arrive. Choose the file again, or sign again."))
        return cleaned

    def signature(self) -> dict[str, Any]:
        """`way`, and the file that goes with it."""
        way, given = self.cleaned_data["way"], self.cleaned_data
        if way == SignatureWay.SCAN:
            return {"way": way, "scan": given["scan"]}
        return {"way": way, "container": given["container"] if way == SignatureWay.FILE else given["cms"].encode()}
