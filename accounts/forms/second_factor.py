"""Setting up the second factor."""

from allauth.core import context
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm


class ActivateTOTPForm(AllauthActivateTOTPForm):
    """allauth's form; besides, the session in which the code was right counts as signed in with both factors."""

    def clean_code(self) -> str:
        """The six digits; ValidationError when they are not right."""
        from allauth.account.internal.flows.login import record_authentication

        code = super().clean_code()
        record_authentication(context.request, self.user, method="mfa", type="totp")
        return code
