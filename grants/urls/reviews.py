"""The expert's own pages."""

from django.urls import path

from grants.views import calibration, review_files, review_saving, reviews

urlpatterns = [
    path("reviews/", reviews.review_list, name="review_list"),
    path("reviews/samples/<str:public_id>/", calibration.review_calibrate, name="review_calibrate"),
    path("reviews/<str:public_id>/", reviews.review_edit, name="review_edit"),
    path("reviews/<str:public_id>/save/", review_saving.review_save, name="review_save"),
    path("reviews/<str:public_id>/declare/", reviews.review_declare, name="review_declare"),
    path("reviews/<str:public_id>/conflict/", reviews.review_conflict, name="review_conflict"),
    path("reviews/<str:public_id>/hand-back/", reviews.review_hand_back, name="review_hand_back"),
    path("reviews/<str:public_id>/files/<str:file_id>/", review_files.review_document, name="review_document"),
    path("reviews/<str:public_id>/answers/<str:file_id>/", review_files.review_answer_file, name="review_answer_file"),
]
