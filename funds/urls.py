"""Addresses of the funds app."""

app_name = "funds"
urlpatterns: list = []
