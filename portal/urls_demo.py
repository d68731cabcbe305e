"""Doors and mail pages of the demo."""

urlpatterns: list = []
