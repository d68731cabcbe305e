"""The applicant's own pages: application, documents, sending, receipt, correction."""

from django.urls import path

from grants.views import applications, corrections, documents, sections, submissions

urlpatterns = [
    path("", applications.application_list, name="application_list"),
    path("receipts/<slug:public_id>/", submissions.submission_receipt, name="submission_receipt"),
    path("receipts/<slug:public_id>/content/", submissions.submission_snapshot, name="submission_snapshot"),
    path("documents/<slug:public_id>/", documents.document_download, name="document_download"),
    path("documents/<slug:public_id>/remove/", documents.document_remove, name="document_remove"),
    path("<slug:public_id>/", applications.application_detail, name="application_detail"),
    path("<slug:public_id>/withdraw/", applications.application_withdraw, name="application_withdraw"),
    path("<slug:public_id>/take-back/", applications.application_take_back, name="application_take_back"),
    path("<slug:public_id>/edit/", sections.application_edit, name="application_edit"),
    path("<slug:public_id>/edit/documents/", documents.application_documents, name="application_documents"),
    path("<slug:public_id>/edit/<slug:section>/", sections.application_section, name="application_section"),
    path("<slug:public_id>/check/", submissions.application_check, name="application_check"),
    path("<slug:public_id>/correction/", corrections.correction_edit, name="correction_edit"),
]
