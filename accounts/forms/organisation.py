"""The organisation: asked once, one page, no JavaScript."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.identifiers import (
    IinInput,
    as_typed,
    bin_hints,
    clean_bin,
    clean_iin,
    clean_own_number,
    iin_hints,
)
from accounts.models import District, Organisation, Sector
from accounts.statuses import IDENTIFIED_BY_BIN, IDENTIFIED_BY_IIN, Country, OrganisationKind
from core.forms import PhoneInput

OUTSIDE = "outside"
REQUIRED = _("Fill this in.")


class OrganisationForm(forms.Form):
    """Who applies. Which number is asked, and whether a head, follows from the type."""

    kind = forms.ChoiceField(label=_("Type"), choices=OrganisationKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label=pgettext_lazy("organisation", "Name"),
        max_length=200,
        help_text=_("As in the registration document. An individual writes their own name."),
    )
    country = forms.ChoiceField(label=_("Country"), choices=Country.choices, initial=Country.KZ)
    identifier = forms.CharField(
        label=_("IIN or BIN; from another country your own number"),
        max_length=30,
        required=False,
        help_text=_(
            "12 digits. Individual, self-employed, sole proprietor: IIN. Legal entity: BIN. "
            "A team without a legal entity leaves this empty. "
            "From another country: the number of your passport or of your registration there."
        ),
        widget=forms.TextInput(attrs=as_typed("organisation")),
    )
    sector = forms.ModelChoiceField(Sector.objects.all(), label=_("Creative sector"), empty_label=_("Choose"))
    district = forms.ChoiceField(
        label=_("District of Almaty"), required=False, help_text=_("Not needed from another country.")
    )
    address = forms.CharField(label=_("Address"), max_length=250, required=False)
    phone = PhoneInput(label=_("Phone"), max_length=30, required=False)
    head_name = forms.CharField(label=_("Name of the head"), max_length=150, required=False)
    head_iin = IinInput(label=_("IIN of the head"), max_length=30, required=False)

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(organisation) if organisation else {})
        super().__init__(*args, **kwargs)
        districts = [(d.kato, str(d)) for d in District.objects.all()]
        self.fields["district"].choices = [("", _("Choose")), *districts, (OUTSIDE, _("Outside Almaty"))]  # type: ignore[attr-defined]
        self.fields["head_name"].help_text = _("For a legal entity and a team. An individual leaves this empty.")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset(_("Who applies"), "kind", "name", "country", "identifier"),
            Fieldset(_("Head"), "head_name", "head_iin"),
            Fieldset(_("Work and contacts"), "sector", "district", "address", "phone"),
        )

    def clean_district(self) -> District | None:
        """The row, or None outside Almaty; in Kazakhstan one of the two is chosen."""
        kato = self.cleaned_data["district"]
        if not kato and self.cleaned_data.get("country") == Country.KZ:
            raise ValidationError(REQUIRED)
        return None if kato in ("", OUTSIDE) else District.objects.get(kato=kato)

    def clean(self) -> dict[str, Any]:
        """What hangs on the type and the country."""
        typed = super().clean() or {}
        kind, abroad = typed.get("kind"), typed.get("country") != Country.KZ
        if kind and "identifier" in typed:
            self._clean_identifier(kind, abroad)
        if kind in IDENTIFIED_BY_IIN:
            typed.update(head_name="", head_iin="")
            self.errors.pop("head_iin", None)
        elif kind:
            self._require("head_name")
            if not abroad:
                self._require("head_iin")
        return typed

    def _clean_identifier(self, kind: str, abroad: bool) -> None:
        raw = self.cleaned_data["identifier"]
        if kind == OrganisationKind.TEAM and not (abroad and raw):
            self.cleaned_data["identifier"] = ""
        elif not raw:
            self.add_error("identifier", REQUIRED)
        else:
            clean = clean_own_number if abroad else clean_iin if kind in IDENTIFIED_BY_IIN else clean_bin
            try:
                self.cleaned_data["identifier"] = clean(raw)
            except ValidationError as refused:
                self.add_error("identifier", refused)

    def _require(self, name: str) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, REQUIRED)


def initial_of(organisation: Organisation) -> dict[str, Any]:
    """The organisation's facts as the form shows them."""
    names = ("kind", "name", "country", "identifier", "sector", "address", "phone", "head_name", "head_iin")
    facts = {name: getattr(organisation, name) for name in names}
    return {**facts, "district": organisation.district.kato if organisation.district else OUTSIDE}


def hints_about(organisation: Organisation) -> list[str]:
    """What is odd about the identifiers of an organisation of Kazakhstan: shown, never refused."""
    if organisation.country != Country.KZ:
        return []
    if organisation.kind in IDENTIFIED_BY_IIN:
        return iin_hints(organisation.identifier)
    of_head = iin_hints(organisation.head_iin) if organisation.head_iin else []
    return (bin_hints(organisation.identifier) if organisation.kind in IDENTIFIED_BY_BIN else []) + of_head
