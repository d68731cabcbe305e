"""Addresses of the funds app."""

from django.urls import path

from funds.views import dashboard

app_name = "funds"
urlpatterns = [
    path("fund/dashboard/", dashboard.dashboard, name="dashboard"),
]
