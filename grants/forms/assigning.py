"""Experts as staff add them, and the small forms of the assigning page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.statuses import DESK_ROLES, Language, Role
from grants.models import Application, Call, Expert
from grants.queries.assigning_page import replaceable
from grants.statuses import ApplicationStatus, PinKind

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


class PinForm(forms.Form):
    """An application by its number, an expert, what is fixed about them, and why."""

    number = forms.CharField(label=_("application's number"), max_length=20)
    expert = forms.ModelChoiceField(label=_("expert"), queryset=Expert.objects.none(), empty_label=_("Choose"))
    kind = forms.ChoiceField(label=_("what is fixed"), choices=PinKind.choices)
    reason = forms.CharField(
        label=_("reason"), max_length=NOTE_LIMIT, error_messages={"required": _("Say in a few words why.")}
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        experts = Expert.objects.filter(is_active=True).select_related("user").order_by("user__display_name", "pk")
        self.fields["expert"].queryset = experts  # type: ignore[attr-defined]

    def clean_number(self) -> Application:
        """The application of this call with that number."""
        rows = Application.objects.filter(call=self.call, status=ApplicationStatus.ELIGIBLE)
        found = rows.filter(number__iexact=self.cleaned_data["number"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("No application of this call with this number is with the experts."))
        return found


class ReplaceForm(forms.Form):
    """An expert whose open reviews go to others."""

    expert = forms.ModelChoiceField(label=_("expert"), queryset=Expert.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expert"].queryset = replaceable(call)  # type: ignore[attr-defined]
