"""Signs in one of the demonstration cast, in dev only: a system check refuses it elsewhere."""

from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cocreate.accounts.models import Role, User

# Addresses under .example belong to nobody (RFC 2606); only these accounts can be entered here.
CAST_DOMAIN = "demo.example"


def cast() -> list[User]:
    return list(User.objects.filter(email__endswith=f"@{CAST_DOMAIN}").order_by("email"))


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, person: User) -> str:  # type: ignore[override]
        """ "Lene Krogh · Vært": who it is and what they may do."""
        roles = [str(Role(role).label) for role in sorted(person.roles)]
        return " · ".join([person.get_full_name() or person.email, *roles])


class CastForm(forms.Form):
    person = PersonField(
        label=_("Sign in as"),
        queryset=User.objects.filter(email__endswith=f"@{CAST_DOMAIN}").order_by("email"),
        widget=forms.RadioSelect,
        empty_label=None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_as(request: HttpRequest) -> HttpResponse:
    form = CastForm(request.POST or None)
    if form.is_valid():
        person = form.cleaned_data["person"]
        login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
        record_authentication(request, person, "mfa", type="totp", demonstration=True)
        return redirect("account_front")
    return render(
        request, "account/demo.html", {"form": form}, status=200 if not form.errors else 422
    )
