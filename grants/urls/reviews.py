"""The expert's own pages."""

from django.urls import path

from grants.views import reviews

urlpatterns = [
    path("reviews/", reviews.review_list, name="review_list"),
    path("reviews/<str:public_id>/", reviews.review_edit, name="review_edit"),
    path("reviews/<str:public_id>/declare/", reviews.review_declare, name="review_declare"),
    path("reviews/<str:public_id>/conflict/", reviews.review_conflict, name="review_conflict"),
    path("reviews/<str:public_id>/hand-back/", reviews.review_hand_back, name="review_hand_back"),
    path("reviews/<str:public_id>/files/<str:file_id>/", reviews.review_document, name="review_document"),
]
