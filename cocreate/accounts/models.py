"""Who has an account. Nobody needs one to speak; those who read others' words must have one."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What an account may do. Each role is the Django group of the same name (migration 0002)."""

    HOST = "host", _("Host")
    EDITOR = "editor", _("Editor")
    ANALYST = "analyst", _("Analyst")
    POLITICIAN = "politician", _("City councillor")
    STAFF = "staff", _("Staff")


WORKS_FOR_THE_MUNICIPALITY = frozenset({Role.HOST, Role.EDITOR, Role.ANALYST, Role.STAFF})


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        # Sign-in is by e-mail code or passkey: a password would be a second, weaker door.
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, is_staff=True, is_superuser=True, **extra)


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """An account is an e-mail address; a name only for those who speak on behalf of others."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("email address"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_unique_any_case")
        ]

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles held, read once for each request."""
        if not self.is_active:
            return frozenset()
        known = set(Role.values)
        return frozenset(self.groups.values_list("name", flat=True)) & known

    def has_role(self, role: str) -> bool:
        return role in self.roles

    @property
    def is_on_the_staff(self) -> bool:
        return bool(self.roles & WORKS_FOR_THE_MUNICIPALITY)

    @property
    def speaks_in_own_name(self) -> bool:
        """Staff and councillors are never incognito (guideline 2.6 of the strategy)."""
        return self.is_on_the_staff or self.has_role(Role.POLITICIAN)
