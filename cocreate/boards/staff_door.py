"""The way in to staff's own pages of a workshop: signed in, then the second factor, then the role.

These addresses lie among everybody's, so no prefix can close them as the middleware closes the desk;
each view says itself who it is for.
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
from cocreate.boards.access import Here, facilitator_or_404

P = ParamSpec("P")
StaffView = Callable[Concatenate[HttpRequest, User, P], HttpResponse]
LeadView = Callable[[HttpRequest, Here], HttpResponse]


def for_staff(view: StaffView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A stranger is led to sign in, staff without the second factor to it; 404 for others."""

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


def for_facilitators(view: LeadView) -> Callable[[HttpRequest, str], HttpResponse]:
    """The same, and one of this workshop's own facilitators."""

    @wraps(view)
    def door(request: HttpRequest, _user: User, code: str) -> HttpResponse:
        return view(request, facilitator_or_404(request, code))

    return for_staff(door)
