"""Saying where an organisation is paid: an account is added, replaced by another, or closed; never changed."""

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import BankAccount, Membership, Organisation, User
from accounts.policy import may_change_bank_account, may_read_bank_accounts
from accounts.statuses import MembershipRole
from core import clock
from core.audit import record
from core.identifiers import check_bic, check_iban
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from notifications.actions.announce import announce_to

SALT = "accounts.bank_account"


def keyed_hash(iban: str) -> str:
    """What the trail holds of an account number: equal for equal numbers, and no list of numbers finds it out."""
    return salted_hmac(SALT, iban, algorithm="sha256").hexdigest()


@transaction.atomic
def add_bank_account(
    organisation: Organisation, *, iban: str, bic: str, bank_name: str, is_holder_confirmed: bool, by: User
) -> BankAccount:
    """From now on money goes there; the account that was open is closed. The same press twice is one row.

    Every owner gets a letter, without the number: a stranger who has taken over one account is seen by the others.
    Raises NotAllowed for who is no owner, Refused for a wrong number and for an account that is not the holder's own.
    """
    organisation = _locked(organisation, by)
    if not (check_iban(iban).ok and check_bic(bic).ok and bank_name.strip()):
        raise Refused(_("This is no account of a bank in Kazakhstan. Nothing was changed."), code="wrong_account")
    if not is_holder_confirmed:
        raise Refused(_("A grant is paid to the applicant's own account alone. Nothing was changed."), code="not_own")
    now_open = BankAccount.objects.open().filter(organisation=organisation).first()
    if now_open and (now_open.iban, now_open.bic, now_open.bank_name) == (iban, bic, bank_name.strip()):
        return now_open
    if now_open:
        _close(now_open, by)
    account = BankAccount.objects.create(
        organisation=organisation,
        iban=iban,
        bic=bic,
        bank_name=bank_name.strip(),
        is_holder_confirmed=True,
        added_by=by,
    )
    record("bank_account.add", account, by=by, data=_about(account))
    _tell_owners(account, "added")
    return account


@transaction.atomic
def close_bank_account(account: BankAccount, *, by: User) -> BankAccount:
    """Nothing more is paid there; the row stays. Closing twice is one closing. Raises NotAllowed for no owner."""
    _locked(account.organisation, by)
    account = lock(account, "organisation")
    if account.closed_at is None:
        _close(account, by)
        _tell_owners(account, "closed")
    return account


@transaction.atomic
def check_bank_account(account: BankAccount, *, by: User) -> BankAccount:
    """Finance has compared it with the bank's certificate: money may go there. Checking twice is one checking.

    Raises NotAllowed for others and for an owner of the organisation, Refused for a closed account.
    """
    organisation = lock(account.organisation)
    account = lock(account, "organisation")
    if not may_read_bank_accounts(by) or may_change_bank_account(by, organisation):
        raise NotAllowed(_("Only finance checks accounts, and nobody the own one."), code="not_allowed")
    if account.closed_at is not None:
        raise Refused(_("This account is closed. Reload the page."), code="closed")
    if account.checked_at is None:
        account.checked_at, account.checked_by = clock.now(), by
        account.save(update_fields=["checked_at", "checked_by"])
        record("bank_account.check", account, by=by, data=_about(account))
    return account


@transaction.atomic
def note_reading(account: BankAccount, *, by: User) -> None:
    """Staff opened the page with the number: the trail says so."""
    record("bank_account.read", account, by=by)


def _locked(organisation: Organisation, by: User) -> Organisation:
    """Two owners who add at once wait for each other: one account is open."""
    organisation = lock(organisation)
    if not may_change_bank_account(by, organisation):
        raise NotAllowed(_("Only an owner of the organisation may do this."), code="not_an_owner")
    return organisation


def _close(account: BankAccount, by: User) -> None:
    account.closed_at, account.closed_by = clock.now(), by
    account.save(update_fields=["closed_at", "closed_by"])
    record("bank_account.close", account, by=by, data=_about(account))


def _about(account: BankAccount) -> dict[str, str]:
    return {"organisation": account.organisation.public_id, "iban_hmac": keyed_hash(account.iban)}


def _tell_owners(account: BankAccount, what: str) -> None:
    """`bank_account_added`, `bank_account_closed`: to every owner, also to who did it."""
    organisation = account.organisation
    owning = Membership.objects.filter(organisation=organisation, role=MembershipRole.OWNER, user__is_active=True)
    for membership in owning.select_related("user"):
        owner = membership.user
        with translation.override(owner.language):
            path = reverse("accounts:bank_account", args=[organisation.public_id])
        announce_to(
            owner,
            f"bank_account_{what}",
            context={"organisation": organisation.name, "path": path},
            dedupe_key=f"bank_account_{what}:{account.public_id}:{owner.pk}",
        )
