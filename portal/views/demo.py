"""The demo's own pages: one door for each role, and the mails that were sent. They exist only with DEMO=true."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import check_for_language, get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notifications.models import Message
from portal.queries.doors import DOORS, door_of
from portal.queries.mails import readable, sent_mails
from portal.views.sign_in import remember_language

MAILS_ON_A_PAGE = 20
# A letter brings its own inline styles; it may show nothing else and run nothing.
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 wherever this is not the demo, even where the address is known."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(guarded)


@demo_only
@require_safe
def demo_doors(request: HttpRequest) -> HttpResponse:
    """One door for each role, with what to try there."""
    return render(request, "portal/demo_doors.html", {"doors": DOORS})


@demo_only
@require_POST
def demo_enter(request: HttpRequest) -> HttpResponse:
    """Signs in as an account of the demo, in the language that the visitor reads."""
    door = door_of(request.POST.get("email", ""))
    if door is None:
        raise Http404
    user = get_user_model().objects.filter(email=door.email, is_active=True).first()
    if user is None:
        messages.warning(request, _("The demo season is not loaded yet. Run: manage.py seed_demo"))
        return redirect("demo_doors")
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    language = chosen_language(request)
    with override(language):
        return remember_language(HttpResponseRedirect(reverse(door.opens)), language)


def chosen_language(request: HttpRequest) -> str:
    """The language of the page that held the door (this address has none of its own)."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) and check_for_language(asked) else get_language() or "kk"


@demo_only
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """Every mail that the demo has written, the newest first."""
    page = Paginator(sent_mails(), MAILS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/demo_mail.html", {"page": page, "mails": [readable(one) for one in page]})


@demo_only
@require_safe
def demo_letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """One mail as its reader's mail program shows it."""
    mail = readable(get_object_or_404(Message, public_id=public_id))
    if mail.letter is None:
        raise Http404
    response = HttpResponse(mail.letter.html)
    response.headers["Content-Security-Policy"] = LETTER_POLICY
    return response
