"""Files that an expert reads beside the rubric, while the papers are open; under neutral names in a blind call."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.serve import serve
from grants.models import Application, ApplicationDocument, Assignment
from grants.queries.blind import file_name, is_blind
from questionnaires.models import AnswerFile


def _open_assignment(request: HttpRequest, public_id: str) -> Assignment:
    rows = Assignment.objects.visible_to(request.user).with_papers().select_related("review", "application__call")
    return get_object_or_404(rows, public_id=public_id)


@require_safe
def review_document(request: HttpRequest, public_id: str, file_id: str) -> HttpResponseBase:
    """A document of the application."""
    assignment = _open_assignment(request, public_id)
    rows = ApplicationDocument.objects.select_related("document").filter(application=assignment.application_id)
    row = get_object_or_404(rows, public_id=file_id)
    name = file_name(row, hidden=is_blind(assignment))
    return serve(row.document, as_attachment="download" in request.GET, name=name)


@require_safe
def review_answer_file(request: HttpRequest, public_id: str, file_id: str) -> HttpResponseBase:
    """A file that answers a question of the application."""
    assignment = _open_assignment(request, public_id)
    of_this = Application.objects.filter(pk=assignment.application_id).values("answer_set")
    row = get_object_or_404(AnswerFile.objects.select_related("document").filter(set__in=of_this), public_id=file_id)
    return serve(row.document, name=file_name(row, hidden=is_blind(assignment)))
