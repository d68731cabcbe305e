"""The preview: the questions on the editor's desk as an applicant would see them, in a frame as wide as a phone.

Nothing is saved: what is typed here is only checked, with the limits, conditions and rules of the real form.
"""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.admin import PolicyAdmin
from core.text import LocalText, pick
from questionnaires.forms import SectionForm
from questionnaires.formulas.shape import Content, questions_of, whole
from questionnaires.models import Questionnaire
from questionnaires.queries.asked import asked, is_for
from questionnaires.queries.compiled import compile_content
from questionnaires.queries.lint import lint_content
from questionnaires.statuses import Tier


def preview(page: PolicyAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The frame with its choices: language and tier; beside it what keeps the questions from being published."""
    questionnaire = seen(page, request, pk)
    chosen = choices_of(request)
    frame = reverse("admin:questionnaires_questionnaire_preview_frame", args=[pk])
    context = {
        **page.admin_site.each_context(request),
        "title": _("Preview"),
        "questionnaire": questionnaire,
        "opts": page.opts,
        "flaws": lint_content(compile_content(questionnaire)),
        "frame": f"{frame}?{urlencode(chosen)}",
        "languages": settings.LANGUAGES,
        "tiers": Tier.choices,
        **chosen,
    }
    return render(request, "admin/questionnaires/questionnaire/preview.html", context)


def preview_frame(page: PolicyAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Every section, one below the other, with what was typed into it checked when it is sent."""
    questionnaire = seen(page, request, pk)
    chosen = choices_of(request)
    with translation.override(chosen["language"]):
        content = compile_content(questionnaire)
        data = request.POST if request.method == "POST" else None
        context = {"sections": forms_of(content, chosen["tier"], data)}
        return render(request, "questionnaires/preview_frame.html", context)


def seen(page: PolicyAdmin, request: HttpRequest, pk: int) -> Questionnaire:
    """The questionnaire, for those who may see it."""
    if not page.has_view_permission(request):
        raise PermissionDenied
    return get_object_or_404(Questionnaire, pk=pk)


def choices_of(request: HttpRequest) -> dict[str, str]:
    """Language and tier from the address; the first of each where it names none that is known."""
    language, tier = request.GET.get("language", ""), request.GET.get("tier", "")
    return {
        "language": language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        "tier": tier if tier in Tier.values else str(Tier.L),
    }


def forms_of(content: Content, tier: str, data: Any) -> list[tuple[LocalText, SectionForm]]:
    """(title, form) of each section of which this tier is asked something; hidden questions stand there, hidden."""
    answers = typed_answers(content, data) if data is not None else {}
    found = asked(content, answers, tier)
    wanted = [(s, [q for q in s["questions"] if is_for(whole(q), tier)]) for s in content["sections"]]
    return [
        (pick(section["title"]), SectionForm(data, section={"questions": qs}, answers=answers, found=found))
        for section, qs in wanted
        if qs
    ]


def typed_answers(content: Content, data: Any) -> dict[str, Any]:
    """What was typed into the frame and is right, of all sections."""
    form = SectionForm(data, section={"questions": questions_of(content)}, answers={})
    form.is_valid()
    return form.answers()
