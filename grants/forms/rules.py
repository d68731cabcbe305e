"""What is typed to change the rules of a published call: only terms that may still change, and the public reason."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import MoneyInput
from grants.models import Call

FLOOR, WEIGHT = "floor_", "weight_"
ROWS = ("criteria", "floors")


def _reason(language: str, label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "lang": language}))


class RulesForm(forms.Form):
    """Begins with the rules as they are; what is left as it is changes nothing."""

    def __init__(self, *args: Any, call: Call, terms: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.before: dict[str, Any] = {}
        plain = [term for term in terms if term not in ROWS]
        self.fields |= forms.fields_for_model(Call, fields=plain)
        for name in plain:
            self._begin(name, getattr(call, name))
        if "criteria" in terms:
            self._weights()
        if "floors" in terms:
            self._floors()
        self.fields["reason_kk"] = _reason("kk", _("Public reason of the change, in Kazakh"))
        self.fields["reason_ru"] = _reason("ru", _("Public reason of the change, in Russian"))

    def _begin(self, name: str, value: Any) -> None:
        self.before[name] = value
        self.initial[name] = value

    def _weights(self) -> None:
        for criterion in self.call.criteria.all():
            label = _("Weight of «%(criterion)s», percent") % {"criterion": criterion.title}
            self.fields[f"{WEIGHT}{criterion.key}"] = forms.IntegerField(label=label, min_value=1, max_value=100)
            self._begin(f"{WEIGHT}{criterion.key}", criterion.weight)

    def _floors(self) -> None:
        kept = {floor.sector_id: floor.amount for floor in self.call.sector_floors.all()}
        for sector in self.call.sectors.all():
            label = _("At least for the sector «%(sector)s»") % {"sector": sector.name}
            self.fields[f"{FLOOR}{sector.code}"] = MoneyInput(label=label, required=False, min_value=0)
            self._begin(f"{FLOOR}{sector.code}", kept.get(sector.pk))

    def changes(self) -> dict[str, Any]:
        """A term's name -> its new value, of those that differ: the argument of `propose_rules`."""
        typed = self.cleaned_data
        moved = {name for name in self.before if typed.get(name) != self.before[name]}
        made = {name: typed[name] for name in moved if not name.startswith((FLOOR, WEIGHT))}
        if any(name.startswith(WEIGHT) for name in moved):
            made["criteria"] = {n.removeprefix(WEIGHT): typed[n] for n in self.before if n.startswith(WEIGHT)}
        if any(name.startswith(FLOOR) for name in moved):
            floors = {n.removeprefix(FLOOR): typed[n] or Decimal(0) for n in self.before if n.startswith(FLOOR)}
            made["floors"] = {sector: amount for sector, amount in floors.items() if amount}
        return made
