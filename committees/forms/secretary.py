"""What the secretary types about a meeting."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils.translation import gettext_lazy as _

from accounts.statuses import Language
from committees.models import Committee, Seat
from core import clock
from documents.forms import UploadField

WIDE = {"class": "vTextField"}


class PlanForm(forms.Form):
    """Which committee meets when and where."""

    committee = forms.ModelChoiceField(label=_("committee"), queryset=Committee.objects.all())
    starts_at = forms.SplitDateTimeField(label=_("begins"), widget=AdminSplitDateTime())
    place_kk = forms.CharField(
        label=_("place in Kazakh"), max_length=200, widget=forms.TextInput(attrs={**WIDE, "lang": "kk"})
    )
    place_ru = forms.CharField(
        label=_("place in Russian"), max_length=200, widget=forms.TextInput(attrs={**WIDE, "lang": "ru"})
    )
    observers_needed = forms.IntegerField(label=_("observers needed"), min_value=0, max_value=50, initial=0)


class ObserverForm(forms.Form):
    """Who is invited to watch."""

    name = forms.CharField(label=_("name"), max_length=200, widget=forms.TextInput(attrs=WIDE))
    body = forms.CharField(
        label=_("whom they represent"), required=False, max_length=200, widget=forms.TextInput(attrs=WIDE)
    )
    email = forms.EmailField(
        label=_("e-mail"),
        required=False,
        help_text=_("The link to the live page of the session goes there."),
        widget=forms.EmailInput(attrs=WIDE),
    )
    language = forms.ChoiceField(label=_("language"), choices=Language.choices, initial=Language.KK)


class ReasonForm(forms.Form):
    """A reason in a few words."""

    reason = forms.CharField(label=_("reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, is_required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_required


class SubstituteForm(forms.Form):
    """Which alternate sits in whose place."""

    alternate = forms.ModelChoiceField(label=_("alternate"), queryset=Seat.objects.none())
    replaces = forms.ModelChoiceField(label=_("in the place of"), queryset=Seat.objects.none())

    def __init__(self, *args: Any, alternates: list[Seat], members: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, seats in (("alternate", alternates), ("replaces", members)):
            keys = [seat.pk for seat in seats]
            self.fields[name].queryset = Seat.objects.filter(pk__in=keys).select_related("user")  # type: ignore[attr-defined]


class SignForm(forms.Form):
    """A scan of the signed minutes, whose signatures stand on it, and when."""

    seats = forms.ModelMultipleChoiceField(
        label=_("signed by"), queryset=Seat.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    signed_on = forms.DateField(label=_("signed on"), widget=forms.DateInput(attrs={"type": "date"}))
    scan = UploadField(label=_("scan"))

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [seat.pk for seat in seats]
        self.fields["seats"].queryset = Seat.objects.filter(pk__in=keys).select_related("user")  # type: ignore[attr-defined]
        self.fields["signed_on"].initial = clock.today()


class AnnulForm(forms.Form):
    """A court act that annuls one resolution."""

    court = forms.CharField(label=_("court"), max_length=200, widget=forms.TextInput(attrs=WIDE))
    act_number = forms.CharField(label=_("number of the act"), max_length=100)
    act_date = forms.DateField(label=_("date of the act"), widget=forms.DateInput(attrs={"type": "date"}))
    reason_kk = forms.CharField(label=_("reason in Kazakh"), widget=forms.Textarea(attrs={"rows": 3, "lang": "kk"}))
    reason_ru = forms.CharField(label=_("reason in Russian"), widget=forms.Textarea(attrs={"rows": 3, "lang": "ru"}))
    scan = UploadField(label=_("scan"), required=False)
