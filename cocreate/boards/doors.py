"""Who may come in by the socket: the same rule as the pages', read from the same cookies."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.http.request import validate_host
from django.utils.module_loading import import_string

from cocreate.boards.codes import as_typed
from cocreate.boards.models import Board, Workshop
from cocreate.boards.seats import Seat, facilitators_seat, participant_in, seat_of, wall
from cocreate.contributions.viewer import Viewer

NOT_ALLOWED, NO_SUCH_BOARD = 4401, 4404
AS_FACILITATOR, AS_WALL = "tovholder", "laerred"


@dataclass(frozen=True, slots=True)
class Entered:
    seat: Seat
    board: int


def enter(code: str, asked_as: str, cookies: dict[str, str]) -> Entered | int:
    """The seat and the board of a connection, or the code to close it with.

    The wall shows what everybody sees, so whoever has a seat may put it up.
    """
    typed = as_typed(code)
    workshop = Workshop.objects.ever_at(typed).first()
    board = workshop and Board.objects.filter(workshop=workshop).order_by("pk").first()
    if workshop is None or board is None or workshop.emptied_at is not None:
        return NO_SUCH_BOARD
    seat = _seat(workshop, asked_as, cookies)
    if seat is None:
        # A code that was changed is no code to those who are not in.
        return NOT_ALLOWED if workshop.code == typed else NO_SUCH_BOARD
    return Entered(seat, board.pk)


def _seat(workshop: Workshop, asked_as: str, cookies: dict[str, str]) -> Seat | None:
    if asked_as == AS_FACILITATOR:
        return facilitators_seat(viewer_of(cookies), workshop)
    participant = participant_in(workshop, cookies)
    if asked_as != AS_WALL:
        return seat_of(participant) if participant else None
    by = seat_of(participant) if participant else facilitators_seat(viewer_of(cookies), workshop)
    return wall(workshop, by.participant) if by else None


def viewer_of(cookies: dict[str, str]) -> Viewer:
    """Who is signed in, with the second factor or without: as the middleware of a page does it."""
    request = HttpRequest()
    request.COOKIES.update(cookies)
    store = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
    request.session = store(cookies.get(settings.SESSION_COOKIE_NAME))
    request.user = get_user(request)
    return Viewer.of(request)


def is_from_here(scope: dict[str, Any]) -> bool:
    """Whether the page that opens the socket is one of ours: same scheme, host and port.

    A browser sends the page's origin and no script can change it. Without one it is no browser, and
    then the cookies are not the visitor's own to send.
    """
    headers = dict(scope["headers"])
    try:
        origin = urlsplit(headers.get(b"origin", b"").decode("latin-1"))
    except ValueError:
        return False
    host = headers.get(b"host", b"").decode("latin-1").lower()
    scheme = "https" if _is_secure(scope, headers) else "http"
    if not host or (origin.scheme, origin.netloc.lower()) != (scheme, host):
        return False
    return validate_host(host.rpartition(":")[0] or host, settings.ALLOWED_HOSTS)


def _is_secure(scope: dict[str, Any], headers: dict[bytes, bytes]) -> bool:
    if scope.get("scheme") == "wss":
        return True
    forwarded = headers.get(b"x-forwarded-proto", b"").decode("latin-1")
    return settings.TRUSTED_PROXIES > 0 and forwarded.split(",")[-1].strip() == "https"
