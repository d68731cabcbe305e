"""What the secretary types to make the commission's agenda, and to propose something else than the ranking."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import MoneyInput
from core.templatetags.words import money
from grants.forms.decisions import ReasonsForm
from grants.models import Application, Call
from grants.queries.decisions import phrases_for
from grants.statuses import Outcome


class AgendaForm(forms.Form):
    """Which call, and what becomes of those under the line; the reasons stand in forms of their own."""

    call = forms.ModelChoiceField(label=_("Call"), queryset=Call.objects.none(), empty_label=None)
    below = forms.ChoiceField(
        label=_("Passed the mark, but under the line"),
        choices=[(Outcome.RESERVE, _("Reserve list")), (Outcome.DECLINE, _("Decline"))],
        initial=Outcome.RESERVE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, calls: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = calls  # type: ignore[attr-defined]


def reasons_forms(data: Any) -> dict[str, ReasonsForm]:
    """outcome -> the form of its reasons, in Kazakh and in Russian; empty where the ranking has no such outcome."""
    free = {"empty_permitted": True, "use_required_attribute": False}
    return {one.value: ReasonsForm(data, prefix=one.value, phrases=phrases_for(one.value), **free) for one in Outcome}


class DepartForm(ReasonsForm):
    """Another outcome or amount than the ranking proposes, with the motive in both languages."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    amount = MoneyInput(label=_("Amount of the award"), required=False)
    motive_kk = forms.CharField(
        label=_("Motive in Kazakh"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "lang": "kk"})
    )
    motive_ru = forms.CharField(
        label=_("Motive in Russian"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "lang": "ru"})
    )
    field_order = ["outcome", "amount", "motive_kk", "motive_ru", "phrases", "reason_kk", "reason_ru"]

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, phrases=[], **kwargs)
        asked = application.amount_requested
        self.fields["amount"].help_text = _("At most what was asked: %(asked)s.") % {"asked": money(asked)}
