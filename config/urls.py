"""Addresses: language prefix for public pages, none for the admin and health."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from accounts.views.language import set_language

urlpatterns = [
    path("", include("core.urls")),
    path("i18n/setlang/", set_language, name="set_language"),
    path("admin/", admin.site.urls),
    path("", include("portal.urls_plain")),
    *i18n_patterns(
        path("account/", include("allauth.urls")),
        path("account/", include("accounts.urls")),
        path("account/", include("documents.urls")),
        path("", include("grants.urls")),
        path("", include("funds.urls")),
        path("", include("committees.urls")),
        path("", include("portal.urls")),
    ),
]
if settings.DEMO:
    urlpatterns += [path("demo/", include("portal.urls_demo"))]

handler404 = "portal.views.errors.not_found"
handler403 = "portal.views.errors.forbidden"
handler500 = "portal.views.errors.server_error"
