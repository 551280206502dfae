"""The account's own front page and the way to a second factor."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cocreate.accounts.access import (
    may_enter_admin,
    may_enter_analysis,
    may_enter_desk,
    second_factor_used,
)
from cocreate.accounts.models import User


@login_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    context = {
        "account": request.user,
        "may_enter_desk": may_enter_desk(request.user),
        "may_enter_analysis": may_enter_analysis(request.user),
        "may_enter_admin": may_enter_admin(request.user),
        "second_factor_used": second_factor_used(request),
    }
    return render(request, "account/front.html", context)


@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Says why the second factor is needed and leads to the pages that set it up or ask for it."""
    from allauth.mfa.utils import is_mfa_enabled

    context = {"has_second_factor": is_mfa_enabled(request.user)}
    return render(request, "account/second_factor.html", context, status=403)


def no_passwords(request: HttpRequest, rest: str) -> HttpResponse:
    return redirect("account_login")
