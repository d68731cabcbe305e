"""Addresses without a language prefix."""

from django.urls import path

from portal.views import audit, plain

urlpatterns = [
    path("robots.txt", plain.robots, name="robots"),
    path("audit/heads.txt", audit.audit_heads_text, name="audit_heads_text"),
    path("audit/heads.json", audit.audit_heads_json, name="audit_heads_json"),
    path("favicon.ico", plain.favicon, name="favicon"),
]
