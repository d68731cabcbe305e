"""The language switch of every page."""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.views.i18n import set_language as django_set_language


@login_not_required
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Django's own, told which language the page was in: else it cannot find the same page in the other one."""
    spoken = translation.get_language_from_path(urlsplit(request.POST.get("next", "")).path)
    if spoken:
        translation.activate(spoken)
    return django_set_language(request)
