"""A file of a list: which format."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.statuses import ExportFormat

OF_LISTS = [(code, words) for code, words in ExportFormat.choices if code != ExportFormat.ZIP]


class ExportForm(forms.Form):
    """XLSX to count in, PDF to print."""

    file_format = forms.ChoiceField(
        label=_("Format"), choices=OF_LISTS, initial=ExportFormat.XLSX, widget=forms.RadioSelect
    )
