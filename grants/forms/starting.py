"""With what a new draft begins: empty, or from an earlier application of the same organisation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Application


class EarlierField(forms.ModelChoiceField):
    """An earlier application by its number, its project and its call."""

    def label_from_instance(self, obj: Any) -> str:
        """GR-2026-00042 · the project · the call."""
        return " · ".join(part for part in (obj.number, obj.title, str(obj.call.title)) if part)


class BeginForm(forms.Form):
    """The choice is made by the person: the first one, an empty draft, is no hidden default of ours."""

    begin_from = EarlierField(
        Application.objects.none(),
        to_field_name="public_id",
        label=_("Begin with"),
        empty_label=_("An empty application"),
        required=False,
        blank=True,  # without it Django drops the empty choice of radio buttons
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )

    def __init__(self, *args: Any, earlier: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["begin_from"].queryset = earlier  # type: ignore[attr-defined]
