"""Public pages, under a language prefix."""

from django.urls import path

from portal.views import audit, home, personal_data, progress, sign_in

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("progress/grants/", progress.progress_grants, name="progress_grants"),
    path("progress/fund/", progress.progress_fund, name="progress_fund"),
    path("audit/", audit.audit_heads, name="audit_heads"),
    path("account/my-data/", personal_data.personal_data, name="personal_data"),
    path("account/my-data/make/", personal_data.data_export_ask, name="data_export_ask"),
    path("account/my-data/erase/", personal_data.personal_data_erase, name="personal_data_erase"),
    path("account/my-data/<slug:public_id>/", personal_data.data_export_download, name="data_export_download"),
    path("after-sign-in/", sign_in.after_sign_in, name="after_sign_in"),
]
