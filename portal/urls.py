"""Public pages, under a language prefix."""

app_name = "portal"
urlpatterns: list = []
