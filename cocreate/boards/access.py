"""Who may enter which page of a workshop. 404 for "not yours" and "not there" alike."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404, HttpRequest

from cocreate.accounts.models import User
from cocreate.boards.codes import as_typed
from cocreate.boards.doors import AS_FACILITATOR, AS_WALL
from cocreate.boards.models import Board, Workshop
from cocreate.boards.seats import Seat, facilitators_seat, may_facilitate, seat_at, wall
from cocreate.contributions.models import Membership
from cocreate.contributions.viewer import Viewer


@dataclass(frozen=True)
class Here:
    workshop: Workshop
    board: Board
    seat: Seat


def workshop_or_404(code: str, request: HttpRequest | None = None) -> Workshop:
    """By the code at the door. With a request also by a former one, for those who are in."""
    typed = as_typed(code)
    found = Workshop.objects.select_related("room", "theme").ever_at(typed).first()
    if found is None or found.emptied_at is not None:
        raise Http404
    if found.code != typed and not (request and _is_in(request, found)):
        raise Http404
    return found


def _is_in(request: HttpRequest, workshop: Workshop) -> bool:
    return bool(seat_at(request, workshop)) or may_facilitate(Viewer.of(request), workshop)


def board_of(workshop: Workshop) -> Board:
    board = Board.objects.select_related("workshop__room").filter(workshop=workshop).first()
    if board is None:
        raise Http404
    return board


def here_or_404(request: HttpRequest, code: str) -> Here:
    """The seat that `?som=` asks for."""
    workshop = workshop_or_404(code, request)
    asked_as = request.GET.get("som", "")
    seat = None
    if asked_as == AS_FACILITATOR:
        seat = facilitators_seat(Viewer.of(request), workshop)
    elif asked_as == AS_WALL:
        seat = walls_seat(request, workshop)
    else:
        seat = seat_at(request, workshop)
    if seat is None:
        raise Http404
    return Here(workshop, board_of(workshop), seat)


def walls_seat(request: HttpRequest, workshop: Workshop) -> Seat | None:
    """The wall shows what everybody sees; whoever has a seat may put it up."""
    own = seat_at(request, workshop) or facilitators_seat(Viewer.of(request), workshop)
    return wall(workshop, own.participant) if own else None


def facilitator_or_404(request: HttpRequest, code: str) -> Here:
    workshop = workshop_or_404(code, request)
    seat = facilitators_seat(Viewer.of(request), workshop)
    if seat is None:
        raise Http404
    return Here(workshop, board_of(workshop), seat)


def may_open_workshops(viewer: Viewer) -> bool:
    """Staff, in a session opened with a second factor."""
    return bool(viewer.user and viewer.second_factor and viewer.user.is_on_the_staff)


def workshops_of(user: User) -> list[Workshop]:
    """Those that are not emptied yet, each with its board, newest first. Two queries."""
    led = Membership.objects.filter(user=user, role=Membership.Role.HOST).values("room")
    found = Workshop.objects.filter(room__in=led, emptied_at=None).select_related("room", "theme")
    boards = Prefetch("boards", Board.objects.order_by("pk"))
    return list(found.prefetch_related(boards).order_by("-pk"))
