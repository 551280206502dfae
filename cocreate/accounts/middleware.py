"""Staff areas open only to a session with a second factor."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cocreate.accounts.access import (
    may_enter_admin,
    may_enter_analysis,
    may_enter_desk,
    second_factor_used,
)
from cocreate.accounts.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]
MAY_ENTER = {
    "/admin/": may_enter_admin,
    "/analyse/": may_enter_analysis,
    "/vaert/": may_enter_desk,
}


class SecondFactor:
    """Asks in this order: signed in, second factor in this session, the right role."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        area = area_of(request.path_info)
        refusal = refuse(request, area) if area else None
        return refusal or self.get_response(request)


def area_of(path: str) -> str | None:
    """The staff area an address lies in, whatever the language prefix and letter case."""
    lowered = path.lower()
    for code, _name in settings.LANGUAGES:
        lowered = lowered.removeprefix(f"/{code}") if lowered.startswith(f"/{code}/") else lowered
    return next(
        (area for area in settings.SECOND_FACTOR_AREAS if f"{lowered}/".startswith(area)), None
    )


def refuse(request: HttpRequest, area: str) -> HttpResponse | None:
    user = request.user
    if not isinstance(user, User):
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    if not MAY_ENTER[area](user):
        return render(request, "403.html", status=403)
    if not second_factor_used(request):
        return redirect("second_factor")
    return None
