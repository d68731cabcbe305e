"""Addresses of the accounts app, below /account/ beside allauth's."""

from django.urls import path

from accounts.views import organisations, profile

app_name = "accounts"
organisation_urls = [
    path("organisations/", organisations.organisation_list, name="organisation_list"),
    path("organisations/new/", organisations.organisation_create, name="organisation_create"),
    path("organisations/<slug:public_id>/", organisations.organisation_edit, name="organisation_edit"),
]
urlpatterns = [path("profile/", profile.profile, name="profile"), *organisation_urls]
