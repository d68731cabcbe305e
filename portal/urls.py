"""Public pages, under a language prefix."""

from django.urls import path

from portal.views import home, progress, sign_in

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("progress/grants/", progress.progress_grants, name="progress_grants"),
    path("progress/fund/", progress.progress_fund, name="progress_fund"),
    path("after-sign-in/", sign_in.after_sign_in, name="after_sign_in"),
]
