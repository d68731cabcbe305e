"""The portal's addresses with those of the demo, as settings.DEMO makes them."""

from django.urls import include, path

from config.urls import handler403, handler404, handler500
from config.urls import urlpatterns as without_demo

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [*without_demo, path("demo/", include("portal.urls_demo"))]
