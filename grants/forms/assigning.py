"""Experts as staff add them, and the small forms of the assigning page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.statuses import DESK_ROLES, Language, Role
from grants.models import Expert

NOTE_LIMIT = 300


class ExpertForm(forms.ModelForm):
    """An expert: a person with the role (or a member of the staff), sectors, languages, how much they read."""

    languages = forms.MultipleChoiceField(
        label=_("languages"), choices=Language.choices, widget=forms.CheckboxSelectMultiple, initial=["kk", "ru"]
    )

    class Meta:
        model = Expert
        fields = ("user", "languages", "sectors", "max_load", "is_active")
        widgets = {"sectors": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "user" in self.fields:
            people = User.objects.filter(is_active=True, groups__name__in=[Role.EXPERT, *DESK_ROLES], expert=None)
            self.fields["user"].queryset = people.distinct().order_by("display_name", "email")  # type: ignore[attr-defined]
            self.fields["user"].label = _("person")
            self.fields["user"].help_text = _("People with the role «expert» and staff. Administrators give roles.")


class ReasonForm(forms.Form):
    """Why an assignment is taken back, or what the conflict of interest is."""

    reason = forms.CharField(
        max_length=NOTE_LIMIT, error_messages={"required": _("Say in a few words why.")}, widget=forms.TextInput
    )
