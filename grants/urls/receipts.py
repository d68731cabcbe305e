"""The public pages that confirm a receipt."""

from django.urls import path

from grants.views import receipts

urlpatterns = [
    path("", receipts.receipt_ask, name="receipt_ask"),
    path("<slug:public_id>/", receipts.receipt_check, name="receipt_check"),
]
