"""My profile."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import parking
from accounts.actions.people import change_profile
from accounts.adapter import remember_language
from accounts.forms.profile import ProfileForm

FACTS = ("display_name", "phone", "language", "iin")


def profile(request: HttpRequest) -> HttpResponse:
    """A person's own facts; the language that is chosen here is spoken from the next page on."""
    parked = parking.take(request) if request.method == "GET" else None
    facts = {name: getattr(request.user, name) for name in FACTS}
    form = ProfileForm(parked[0] if parked else request.POST or None, initial=facts)
    if request.method == "POST" and form.is_valid():
        person = change_profile(by=request.user, **form.cleaned_data)
        with override(person.language):
            messages.success(request, _("The changes were saved."))
            response = redirect(reverse("accounts:profile"))
        remember_language(response, person.language)
        return response
    return render(request, "accounts/profile.html", {"form": form, "parked": parked})
