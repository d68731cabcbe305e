"""Addresses of the documents app, below /account/ beside those of accounts."""

from django.urls import path

from documents.views import access

app_name = "documents"
urlpatterns = [path("proof/", access.access_prove, name="access_prove")]
