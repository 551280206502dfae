"""Adding a second step: whoever adds one has used it, in this very session.

allauth forgets that, and asks for "a code from your app" before it shows the spare codes it has just
made: a page on which somebody with their first passkey has nothing to type.
"""

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpRequest, HttpResponse


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: AddWebAuthnForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _remember_use(self.request, Authenticator.Type.WEBAUTHN)
        return response


class SetUpApp(ActivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: ActivateTOTPForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _remember_use(self.request, Authenticator.Type.TOTP)
        return response


def _remember_use(request: HttpRequest, kind: str) -> None:
    """The newest of its kind was opened with a finger, a face, a PIN or a code a moment ago."""
    added = Authenticator.objects.filter(user=request.user, type=kind).latest("pk")
    post_authentication(request, added, reauthenticated=True)
