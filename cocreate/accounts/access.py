"""Who may enter which area, and whether this session was opened with a second factor."""

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from cocreate.accounts.models import Role, User


def second_factor_used(request: HttpRequest) -> bool:
    """True when this session itself passed a passkey, an authenticator app or a recovery code."""
    user = request.user
    if not isinstance(user, User):
        return False
    records = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records)


def may_enter_admin(user: User) -> bool:
    return user.is_active and (user.is_superuser or user.has_role(Role.EDITOR))


def may_enter_analysis(user: User) -> bool:
    return user.is_active and user.has_role(Role.ANALYST)


def may_enter_desk(user: User) -> bool:
    return user.is_active and user.has_role(Role.HOST)


def names_spoken_in() -> list[str]:
    """The full names of those who speak in their own name: nobody else may be taken for them."""
    rows = User.objects.filter(groups__name__in=Role.values, is_active=True).distinct()
    pairs = rows.values_list("first_name", "last_name")
    return [name for first, last in pairs if (name := f"{first} {last}".strip())]
