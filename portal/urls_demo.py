"""Doors and mail pages of the demo, below /demo/."""

from django.urls import path

from portal.views import demo

urlpatterns = [
    path("", demo.demo_doors, name="demo_doors"),
    path("enter/", demo.demo_enter, name="demo_enter"),
    path("mail/", demo.demo_mail, name="demo_mail"),
    path("mail/<slug:public_id>/", demo.demo_letter, name="demo_letter"),
]
