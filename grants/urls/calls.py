"""Calls, and the first step from a call to an application."""

from django.urls import path

from grants.views import applications, calls

urlpatterns = [
    path("", calls.call_list, name="call_list"),
    path("<slug:public_id>/", calls.call_detail, name="call_detail"),
    path("<slug:public_id>/apply/", applications.application_start, name="application_start"),
]
