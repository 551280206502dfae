"""Who sits at a board: known by a cookie of that workshop, or by the facilitator's account."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cocreate.boards.models import Participant, Workshop
from cocreate.contributions.codes import digest
from cocreate.contributions.models import Membership
from cocreate.contributions.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Seat:
    """`participant` is None for the screen on the wall, which reads and never writes."""

    workshop: int
    participant: int | None
    is_facilitator: bool = False
    name: str = ""
    is_wall: bool = False
    # Whose seat the wall was put up from; it comes down with them.
    put_up_by: int | None = None

    @property
    def person(self) -> int | None:
        """Who is behind it: for limits, and for being shown out."""
        return self.put_up_by if self.is_wall else self.participant


def wall(workshop: Workshop, put_up_by: int | None = None) -> Seat:
    return Seat(workshop.pk, None, is_wall=True, put_up_by=put_up_by)


def seat_of(participant: Participant) -> Seat:
    return Seat(
        participant.workshop_id,
        participant.pk,
        is_facilitator=participant.is_facilitator,
        name=participant.name or "",
    )


def cookie_name(workshop: Workshop) -> str:
    """One for each workshop. Over https it is bound to this very host, as the session's is."""
    return f"{'__Host-' if settings.SESSION_COOKIE_SECURE else ''}seat-{workshop.pk}"


def give_seat(response: HttpResponse, workshop: Workshop, token: str) -> None:
    response.set_cookie(
        cookie_name(workshop),
        token,
        max_age=settings.BOARD_SEAT_HOURS * 3600,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def leave_seat(response: HttpResponse, workshop: Workshop) -> None:
    response.delete_cookie(cookie_name(workshop), samesite="Lax")


def participant_in(workshop: Workshop, cookies: dict[str, str]) -> Participant | None:
    """Whose seat the cookie is, for BOARD_SEAT_HOURS and unless the facilitator took it away."""
    token = token_in(workshop, cookies)
    if not token:
        return None
    oldest = timezone.now() - timedelta(hours=settings.BOARD_SEAT_HOURS)
    seats = Participant.objects.filter(workshop=workshop, removed_at=None, user=None)
    return seats.filter(token_digest=digest("seat", token), joined_at__gte=oldest).first()


def token_in(workshop: Workshop, cookies: dict[str, str]) -> str:
    return cookies.get(cookie_name(workshop), "")[:64]


def may_facilitate(viewer: Viewer, workshop: Workshop) -> bool:
    """A host of the workshop's room, in a session opened with a second factor."""
    return bool(
        viewer.user
        and viewer.second_factor
        and viewer.user.is_on_the_staff
        and Membership.objects.filter(
            room=workshop.room_id, user=viewer.user, role=Membership.Role.HOST
        ).exists()
    )


def facilitators_seat(viewer: Viewer, workshop: Workshop) -> Seat | None:
    if not may_facilitate(viewer, workshop):
        return None
    participant, _made = Participant.objects.get_or_create(workshop=workshop, user=viewer.user)
    return seat_of(participant) if participant.removed_at is None else None


def seat_at(request: HttpRequest, workshop: Workshop) -> Seat | None:
    """The participant's seat of a request; facilitators have a door of their own."""
    participant = participant_in(workshop, request.COOKIES)
    return seat_of(participant) if participant else None


def was_shown_out(request: HttpRequest, workshop: Workshop) -> bool:
    """Whether the cookie is of a seat that a facilitator took away."""
    token = token_in(workshop, request.COOKIES)
    removed = Participant.objects.filter(workshop=workshop, removed_at__isnull=False)
    return bool(token) and removed.filter(token_digest=digest("seat", token)).exists()
