"""Files that arrive in pieces: begin, send a piece, ask how much is there, finish. Answers JSON to static/js/upload.js.

The person and the field are judged with each request; an upload of somebody else does not exist (404).
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from core.refusals import Refused
from documents.actions.gather import blur_warnings
from documents.actions.pieces import PIECE, add_piece, end_upload
from documents.models import PartialUpload
from grants.actions.uploads import begin_field_upload, finish_field_uploads, purpose_of
from grants.forms.uploads import BeginForm, FinishForm
from grants.views.applications import refused_status
from grants.views.sections import draft_or_404


def in_words(view: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    """A refusal as JSON, for the line beside the file."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            said = {"sentence": str(refused.sentence), "code": refused.code}
            return JsonResponse(said, status=refused_status(refused))

    return answered


def sent(request: HttpRequest) -> Any:
    """The JSON of a request; what is none is empty. JSON, because the parking of expired sessions keeps forms alone."""
    try:
        body = json.loads(request.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


@require_POST
@in_words
def upload_begin(request: HttpRequest, public_id: str) -> JsonResponse:
    """A new upload for a field of an application, or the one that this person has begun with the same file."""
    application = draft_or_404(request, public_id)
    form = BeginForm(sent(request))
    if not form.is_valid():
        return JsonResponse({"code": "bad_request"}, status=400)
    upload = begin_field_upload(application, by=request.user, **form.cleaned_data)
    return JsonResponse({"id": upload.public_id, "received": upload.received, "piece": PIECE})


@in_words
def upload_piece(request: HttpRequest, public_id: str) -> JsonResponse:
    """GET says how much is there; POST adds the piece that begins at `offset`. Both only to the person who began."""
    upload = get_object_or_404(PartialUpload.objects.visible_to(request.user), public_id=public_id)
    if request.method == "POST":
        offset = request.GET.get("offset", "")
        if not (offset.isdecimal() and len(offset) < 16):
            return JsonResponse({"code": "bad_request"}, status=400)
        try:
            upload = add_piece(upload, offset=int(offset), content=request.body)
        except Refused as refused:
            if refused.code != "gap":  # its first bytes tell a type that we do not take
                end_upload(upload)
            raise
    return JsonResponse({"id": upload.public_id, "received": upload.received, "piece": PIECE})


@require_POST
@in_words
def upload_finish(request: HttpRequest, public_id: str) -> JsonResponse:
    """Joins, checks and hangs what arrived; `words` are warnings about it."""
    application = draft_or_404(request, public_id)
    form = FinishForm(sent(request))
    if not form.is_valid():
        return JsonResponse({"code": "bad_request"}, status=400)
    field = form.cleaned_data["field"]
    own = PartialUpload.objects.visible_to(request.user).filter(purpose=purpose_of(application, field))
    uploads = [get_object_or_404(own, public_id=one) for one in form.cleaned_data["uploads"]]
    checked = finish_field_uploads(application, field, uploads, by=request.user)
    warnings = [sentence for file in checked for sentence in blur_warnings(file)]
    return JsonResponse({"names": [file.name for file in checked], "warnings": warnings})
