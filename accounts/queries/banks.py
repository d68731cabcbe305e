"""Which bank an account number names, by its three digits. The list is staff's; an unknown bank refuses nobody."""

from accounts.models import Bank, BankAccount


def code_of(iban: str) -> str:
    """The three digits of the bank, after KZ and two check digits."""
    return iban[4:7]


def bank_of(iban: str) -> Bank | None:
    """The bank of this number, if staff have it in the list."""
    return Bank.objects.filter(code=code_of(iban)).first()


def banks_by_code() -> dict[str, list[str]]:
    """Code -> BIC and name in the reader's language, for a proposal while one types. One query."""
    return {bank.code: [bank.bic, str(bank.name)] for bank in Bank.objects.all()}


def bic_differs(account: BankAccount) -> bool:
    """Whether the BIC is another than the list has for the bank of this number: worth a second look, no refusal."""
    bank = bank_of(account.iban)
    return bank is not None and bank.bic != account.bic
