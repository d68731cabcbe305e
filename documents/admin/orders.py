"""Orders by number, date and file: what made a call, a commission, a list of experts."""

from django import forms
from django.contrib import admin
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.policy import is_desk, may_keep_orders
from core.admin import PolicyAdmin
from documents.actions.store import store_upload
from documents.forms import UploadField
from documents.models import Order


class OrderForm(forms.ModelForm):
    """An order with its file, which is checked and stored as every upload."""

    upload = UploadField(label=_("file"), required=False)

    class Meta:
        model = Order
        fields = ("number", "signed_on", "title_kk", "title_ru", "is_example")


@admin.register(Order)
class OrderAdmin(PolicyAdmin):
    """Everybody at a desk reads; officers, the secretary and administrators enter. What is entered stays."""

    may_see = staticmethod(is_desk)
    may_add = staticmethod(may_keep_orders)
    form = OrderForm
    list_display = ("number", "signed_on", "title", "is_example")
    search_fields = ("number", "title_kk", "title_ru")

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        """The file first: both or neither."""
        upload = form.cleaned_data.get("upload")
        if upload:
            obj.document = store_upload(upload, by=request.user)
        super().save_model(request, obj, form, change)
