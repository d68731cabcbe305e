"""The site and one page more: a stored PDF that its signer signs, as the page of a contract will."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path

from config.urls import handler403, handler404, handler500  # noqa: F401
from config.urls import urlpatterns as site
from core.refusals import Refused
from documents.actions.signatures import expected_signer, sign_document
from documents.forms import SignForm
from documents.models import Document
from documents.serve import serve
from documents.views.signing import may_reach_ncalayer

PAGE = """{% extends "base.html" %}{% load static i18n %}
{% block title %}{{ document }}{% endblock %}
{% block head_extra %}<link rel="stylesheet" href="{% static 'css/form.css' %}">
<script src="{% static 'js/ncalayer.js' %}" defer></script>{% endblock %}
{% block main %}<div class="page--narrow"><h1>{{ document }}</h1>
{% for signature in signatures %}{% include "documents/_signature.html" with signature=signature only %}
{% empty %}{% include "documents/_signature.html" only %}{% endfor %}
<section class="section">{% include fragment with post="/sign-test/" pdf=pdf sha256=document.sha256 must_be=must_be \
form=form refused=refused csrf_token=csrf_token only %}</section></div>
{% endblock %}"""


@login_required
@may_reach_ncalayer
def page(request):
    document, firm = Document.objects.get(original_name="GR-2026-00001.pdf"), request.user.organisations.first()
    form, refused = SignForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        try:
            sign_document(document, by=request.user, organisation=firm, **form.signature())
            return redirect("/sign-test/")
        except Refused as error:
            refused = error
    context = {
        "fragment": "documents/_sign.html",
        "pdf": "/sign-test/pdf/",
        "document": document,
        "signatures": document.signatures.select_related("signed_by", "organisation"),
        "must_be": expected_signer(request.user, firm),
        "form": form,
        "refused": refused,
    }
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


@login_required
def pdf(request):
    return serve(Document.objects.get(original_name="GR-2026-00001.pdf"))


urlpatterns = [path("sign-test/", page), path("sign-test/pdf/", pdf), *site]
