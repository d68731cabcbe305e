"""Who signs in, and whom a session means."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import F

from accounts.models import User


class PersonBackend(AuthenticationBackend):
    """allauth's own; a session's person comes with their roles in one query, since every page asks for both."""

    def get_user(self, user_id: Any) -> User | None:
        """One row for each role; a person without a role is one row too."""
        rows = list(User.objects.filter(pk=user_id).annotate(group_name=F("groups__name")))
        if not rows or not self.user_can_authenticate(rows[0]):
            return None
        user = rows[0]
        user.roles = frozenset(row.group_name for row in rows if row.group_name)
        return user
