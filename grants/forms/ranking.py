"""What staff type to ask «what if» about a ranking."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import MoneyInput
from grants.formulas.ranking_run import Terms
from grants.models import Call

FLOOR = "floor_"


class WhatIfForm(forms.Form):
    """Another budget, pass mark, part at the line and floors; it begins with what the frozen rules say."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("For example: 50 million less."))
    money = MoneyInput(label=_("Money"), min_value=0)
    pass_mark = forms.IntegerField(label=_("Pass mark"), min_value=0, max_value=100)
    partial_percent = forms.IntegerField(
        label=_("Smallest part of what was asked, percent"),
        help_text=_("Empty: everybody gets all that was asked, or nothing."),
        required=False,
        min_value=1,
        max_value=100,
    )

    def __init__(self, *args: Any, call: Call, terms: Terms, **kwargs: Any) -> None:
        initial = {"money": terms.money, "pass_mark": int(terms.pass_mark), "partial_percent": terms.partial_percent}
        super().__init__(*args, **kwargs)
        self.initial.update(initial)
        for sector in call.sectors.all():
            label = _("At least for the sector «%(sector)s»") % {"sector": sector.name}
            initially = terms.floors.get(sector.code)
            self.fields[f"{FLOOR}{sector.code}"] = MoneyInput(
                label=label, required=False, initial=initially, min_value=0
            )

    def of_terms(self) -> list[forms.BoundField]:
        """Name, money, mark, part."""
        return [self[name] for name in self.fields if not name.startswith(FLOOR)]

    def of_floors(self) -> list[forms.BoundField]:
        """One for each sector of the call."""
        return [self[name] for name in self.fields if name.startswith(FLOOR)]

    def has_floors(self) -> bool:
        """Whether any stands there already, or was typed wrongly."""
        return any(field.value() or field.errors for field in self.of_floors())

    def typed(self) -> dict[str, Any]:
        """The arguments of `save_what_if`."""
        data = self.cleaned_data
        floors = {name.removeprefix(FLOOR): data[name] for name in data if name.startswith(FLOOR) and data[name]}
        return {name: data[name] for name in ("name", "money", "pass_mark", "partial_percent")} | {"floors": floors}
