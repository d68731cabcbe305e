"""Files that arrive in pieces, documents used again, and the vault of an organisation."""

from django.urls import path

from grants.views import documents, uploads, vault

urlpatterns = [
    path("applications/<slug:public_id>/uploads/", uploads.upload_begin, name="upload_begin"),
    path("applications/<slug:public_id>/uploads/finish/", uploads.upload_finish, name="upload_finish"),
    path("uploads/<slug:public_id>/", uploads.upload_piece, name="upload_piece"),
    path("applications/<slug:public_id>/documents/<slug:key>/reuse/", documents.document_reuse, name="document_reuse"),
    path("applications/<slug:public_id>/documents/<slug:key>/join/", documents.document_join, name="document_join"),
    path("vault/<slug:public_id>/", vault.vault_list, name="vault_list"),
    path("vault/files/<slug:public_id>/", vault.vault_download, name="vault_download"),
    path("vault/files/<slug:public_id>/expiry/", vault.vault_expiry, name="vault_expiry"),
    path("vault/files/<slug:public_id>/remove/", vault.vault_remove, name="vault_remove"),
]
