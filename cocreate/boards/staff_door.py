"""The way in to the facilitators' pages of a workshop, after the one of all staff."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from cocreate.accounts.models import User
from cocreate.accounts.staff_door import for_staff as for_staff
from cocreate.boards.access import Here, facilitator_or_404

LeadView = Callable[[HttpRequest, Here], HttpResponse]


def for_facilitators(view: LeadView) -> Callable[[HttpRequest, str], HttpResponse]:
    """Staff, and one of this workshop's own facilitators."""

    @wraps(view)
    def door(request: HttpRequest, _user: User, code: str) -> HttpResponse:
        return view(request, facilitator_or_404(request, code))

    return for_staff(door)
