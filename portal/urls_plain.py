"""Addresses without a language prefix."""

from django.urls import path

from portal.views import plain

urlpatterns = [
    path("robots.txt", plain.robots, name="robots"),
    path("favicon.ico", plain.favicon, name="favicon"),
]
