"""A paragraph of a template as staff type it: placeholders are checked at once."""

from typing import Any

from django import forms

from grants.models import ContractParagraph
from grants.queries.contract_templates import paragraph_faults


class ParagraphForm(forms.ModelForm):
    """Both texts; a table has none."""

    class Meta:
        model = ContractParagraph
        fields = ("position", "kind", "text_kk", "text_ru")
        widgets = {
            f"text_{language}": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField", "lang": language})
            for language in ("kk", "ru")
        }

    def clean(self) -> dict[str, Any]:
        """The sentences that publishing would say."""
        typed = super().clean() or self.cleaned_data
        names = {name: typed.get(name, "") for name in ("kind", "text_kk", "text_ru")}
        for fault in paragraph_faults(ContractParagraph(**names)):
            self.add_error(None, fault)
        return typed
