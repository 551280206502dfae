"""The way in to staff's own pages among everybody's: signed in, then the second factor, then the role.

No prefix can close them as the middleware closes the desk; each view says itself who it is for.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cocreate.accounts.access import second_factor_used
from cocreate.accounts.models import User

P = ParamSpec("P")
StaffView = Callable[Concatenate[HttpRequest, User, P], HttpResponse]


def for_staff(view: StaffView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A stranger is led to sign in, staff without the second factor to it; 404 for others."""

    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if not user.is_on_the_staff:
            raise Http404
        if not second_factor_used(request):
            return redirect("second_factor")
        return view(request, user, *args, **kwargs)

    return door
