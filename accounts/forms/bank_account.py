"""Where an organisation is paid: the number is asked, the bank and its code are proposed."""

import json
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts.forms.identifiers import BicInput, IbanInput
from accounts.queries.banks import bank_of, banks_by_code

FROM_LIST = _("Leave this empty if your bank is a known one: we fill it in by the number.")
UNKNOWN_BANK = _("We do not know the bank of this number. Fill this in, as it stands in the bank's certificate.")


def banks_as_typed() -> str:
    """Every known bank by its code, as JSON in the reader's language."""
    return json.dumps(banks_by_code(), ensure_ascii=False)


class BankAccountForm(forms.Form):
    """An account of a bank in Kazakhstan."""

    iban = IbanInput(
        label=_("Account number (IBAN)"),
        max_length=40,
        help_text=_("20 characters, beginning with KZ. It stands in the app of your bank."),
        error_messages={"required": _("Type the account number.")},
    )
    bic = BicInput(label=_("Code of the bank (BIC)"), max_length=20, required=False, help_text=FROM_LIST)
    bank_name = forms.CharField(label=_("Bank"), max_length=120, required=False, help_text=FROM_LIST)
    is_holder_confirmed = forms.BooleanField(
        label=_("The account is in the name of this applicant."),
        help_text=_("A company or a sole proprietor: the account of the business. An individual: their own."),
        error_messages={"required": _("A grant is paid to the applicant's own account alone. Tick this if it is.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["iban"].widget.attrs["data-banks"] = lazy(banks_as_typed, str)()

    def clean(self) -> dict[str, Any]:
        """What was left empty is filled in by the number, where staff have its bank in the list."""
        typed = super().clean() or {}
        if iban := typed.get("iban"):
            bank = bank_of(iban)
            known = {"bic": bank.bic, "bank_name": str(bank.name)} if bank else {}
            for name in ("bic", "bank_name"):
                if name in typed and not typed[name]:
                    if name in known:
                        typed[name] = known[name]
                    else:
                        self.add_error(name, UNKNOWN_BANK)
        return typed
