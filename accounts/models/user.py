"""The person who signs in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.statuses import DESK_ROLES, Language
from core import clock
from core.public_id import PublicIdField


class UserManager(BaseUserManager["User"]):
    """Makes people; there is no superuser in use, so `createsuperuser` has nothing to call."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person with a lower-cased e-mail; without a password nobody can sign in as them."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person: the e-mail is the login; the display name is never split into parts (many have no patronymic)."""

    public_id = PublicIdField()
    email = models.EmailField(_("e-mail"), unique=True)
    display_name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.KK)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    iin = models.CharField(_("IIN"), max_length=12, blank=True, db_index=True)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=clock.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.email

    def get_full_name(self) -> str:
        """What Django's admin shows in its header."""
        return str(self)

    def get_short_name(self) -> str:
        """The same: a name is not split."""
        return str(self)

    @cached_property
    def roles(self) -> frozenset[str]:
        """Names of the person's groups: one query, once per request."""
        return frozenset(self.groups.values_list("name", flat=True)) if self.is_active else frozenset()

    @property
    def is_staff(self) -> bool:
        """Whether the admin is this person's door (its pages ask `policy.py` once more)."""
        return bool(self.roles & DESK_ROLES)
