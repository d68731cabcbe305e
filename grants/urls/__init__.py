"""Addresses of the grants app: one included list per noun."""

from django.urls import include, path

app_name = "grants"
urlpatterns = [
    path("calls/", include("grants.urls.calls")),
    path("applications/", include("grants.urls.applications")),
    path("awards/", include("grants.urls.awards")),
    path("experts/", include("grants.urls.experts")),
    path("receipts/", include("grants.urls.receipts")),
    path("", include("grants.urls.files")),
    path("", include("grants.urls.reviews")),
]
