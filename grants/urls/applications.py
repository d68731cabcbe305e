"""The applicant's own pages: application, documents, plan, budget, sending, receipt, correction."""

from django.urls import path

from grants.views import (
    answer_files,
    appeals,
    applications,
    corrections,
    documents,
    help,
    minors,
    offers,
    plan,
    saving,
    sections,
    submissions,
)

urlpatterns = [
    path("", applications.application_list, name="application_list"),
    path("receipts/<slug:public_id>/", submissions.submission_receipt, name="submission_receipt"),
    path("receipts/<slug:public_id>/pdf/", submissions.submission_pdf, name="submission_pdf"),
    path("receipts/<slug:public_id>/content/", submissions.submission_snapshot, name="submission_snapshot"),
    path("documents/<slug:public_id>/", documents.document_download, name="document_download"),
    path("answers/<slug:public_id>/", answer_files.answer_file, name="answer_file"),
    path("documents/<slug:public_id>/remove/", documents.document_remove, name="document_remove"),
    path("consents/<slug:public_id>/", minors.guardian_paper, name="guardian_paper"),
    path("consents/<slug:public_id>/remove/", minors.guardian_consent_remove, name="guardian_consent_remove"),
    path("<slug:public_id>/", applications.application_detail, name="application_detail"),
    path("<slug:public_id>/save/", saving.application_save, name="application_save"),
    path("<slug:public_id>/withdraw/", applications.application_withdraw, name="application_withdraw"),
    path("<slug:public_id>/take-back/", applications.application_take_back, name="application_take_back"),
    path("<slug:public_id>/edit/", sections.application_edit, name="application_edit"),
    path("<slug:public_id>/edit/documents/", documents.application_documents, name="application_documents"),
    path("<slug:public_id>/edit/plan/", plan.application_plan, name="application_plan"),
    path("<slug:public_id>/edit/budget/", plan.application_budget, name="application_budget"),
    path("<slug:public_id>/edit/minors/", minors.application_minors, name="application_minors"),
    path("<slug:public_id>/edit/<slug:section>/", sections.application_section, name="application_section"),
    path("<slug:public_id>/help/<slug:section>/", help.help_ask, name="help_ask"),
    path("<slug:public_id>/check/", submissions.application_check, name="application_check"),
    path("<slug:public_id>/appeal/", appeals.application_appeal, name="application_appeal"),
    path("<slug:public_id>/offer/", offers.application_offer, name="application_offer"),
    path("appeals/<slug:public_id>/document/", appeals.appeal_document, name="appeal_document"),
    path("<slug:public_id>/correction/", corrections.correction_edit, name="correction_edit"),
]
