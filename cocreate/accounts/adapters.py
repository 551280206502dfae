"""allauth's hooks: who may sign up, what mails say, how authenticator secrets are kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cocreate.text.fields import decrypt, encrypt


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_front")

    def get_from_email(self) -> str:
        from django.conf import settings

        return str(settings.DEFAULT_FROM_EMAIL)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The first is the one that is asked for: the passkey, unless the person has only an app."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if not methods:
            return []
        code = (
            _("Use a code from your app, or a spare code")
            if uses_app(user)
            else _("Use a spare code")
        )
        words = {"mfa_reauthenticate:webauthn": _("Use a passkey"), "mfa_reauthenticate": code}
        known = [method for method in methods if method["id"] in words]
        ours = [{**method, "description": words[method["id"]]} for method in known]
        return sorted(ours, key=lambda method: list(words).index(method["id"]))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        # allauth puts the sender's network address and browser name into security mails; we keep
        # neither anywhere (trust requirement 2).
        context = {**context, "ip": "", "user_agent": ""}
        super().send_mail(template_prefix, email, context)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps and recovery codes are encrypted like people's words."""

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)


def uses_app(user: Any) -> bool:
    """Whether this person has an app that shows codes; spare codes everybody has who has a key."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())
