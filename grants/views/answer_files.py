"""Files that answer a question: reading one, and what the page of a section does with those that it was sent."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.serve import serve
from grants.actions.answer_files import attach_answer_files, remove_answer_file
from grants.forms.application import QuestionsForm
from grants.models import Application
from questionnaires.models import AnswerFile


@require_safe
def answer_file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file, to the application's members and to staff; experts read it beside their rubric (views/reviews.py)."""
    seen = Application.objects.visible_beyond_review(request.user)
    rows = AnswerFile.objects.select_related("document").filter(set__application__in=seen)
    return serve(get_object_or_404(rows, public_id=public_id).document)


def save_files(request: HttpRequest, application: Application, forms: Iterable[Any]) -> None:
    """Hangs what was chosen on its question, and takes off what the person pressed «Remove» at. Raises Refused."""
    for form in forms:
        for key, uploads in (form.uploads() if isinstance(form, QuestionsForm) else {}).items():
            made = attach_answer_files(application, key, uploads, by=request.user)
            names = ", ".join(row.document.original_name for row in made)
            messages.success(request, _("Added: %(name)s") % {"name": names})
    verb, _colon, dropped = request.POST.get("then", "").partition(":")
    if verb == "drop":
        rows = AnswerFile.objects.select_related("document").filter(set=application.answer_set_id)
        row = get_object_or_404(rows, public_id=dropped)
        remove_answer_file(application, row, by=request.user)
        messages.success(request, _("Removed: %(name)s") % {"name": row.document.original_name})
