"""A page of the admin around one form that calls one action."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import AdminForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from core.refusals import NotAllowed, Refused


def form_page(
    request: HttpRequest,
    model_admin: ModelAdmin,
    form: forms.Form,
    *,
    title: str,
    button: str,
    back: str,
    act: Callable[[dict[str, Any]], Any],
    done: str,
    facts: list[tuple[Any, Any]] | None = None,
) -> HttpResponse:
    """Shows the form; when it is valid, calls `act` with what was typed, says `done` and goes `back`.

    A refusal of the action stands above the form, with everything that was typed. `back` may hold `{result.pk}`.
    """
    if request.method == "POST" and form.is_valid():
        try:
            result = act(form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, done)
            return HttpResponseRedirect(back.format(result=result))
    fields = [name for name, field in form.fields.items() if not field.widget.is_hidden]
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.model._meta,
        "title": title,
        "button": button,
        "back": back.split("{")[0],
        "facts": facts or [],
        "form": form,
        "adminform": AdminForm(form, [(None, {"fields": fields, "classes": ["aligned"]})], {}) if fields else None,  # type: ignore[arg-type]
    }
    return render(request, "admin/form_page.html", context)
