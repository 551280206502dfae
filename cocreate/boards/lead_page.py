"""All that the facilitator's page shows, in a number of queries that no board can raise."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cocreate.accounts.models import User
from cocreate.boards import words_to_say
from cocreate.boards.access import Here
from cocreate.boards.deeds import UNDONE_BY
from cocreate.boards.entries import HOST
from cocreate.boards.models import Board, HideReason, Operation, Participant, Phase, Workshop
from cocreate.boards.operations import fresh_cid
from cocreate.boards.phases import allowed_now
from cocreate.boards.picture import Picture, picture
from cocreate.boards.templatetags.boards import notes_words
from cocreate.contributions.models import Membership
from cocreate.text.html import excerpt

# So many of the newest operations are looked at for something to undo, and so many are offered.
LOOKED_AT, OFFERED = 40, 4
NAMED_LENGTH = 40

UNDO: dict[str, Promise] = {
    "note.hide": gettext_lazy("A note was hidden"),
    "note.show": gettext_lazy("A note is shown again"),
    "note.move": gettext_lazy("A note was moved"),
    "group.add": gettext_lazy("Notes were put together"),
    "phase.set": gettext_lazy("The phase was changed"),
}


def lead_context(here: Here, **more: Any) -> dict[str, Any]:
    board = here.board
    shown = picture(board, HOST)
    # The row as of the same moment as its notes.
    board = shown.board
    people = people_in(here.workshop)
    return {
        "workshop": here.workshop,
        "board": board,
        "picture": shown,
        "people": people,
        "facilitators": facilitators_of(here.workshop),
        "steps": list(_steps(board, shown, len(people))),
        "script": words_to_say.script_of(board, board.phase),
        "next": _next(board),
        "back": _back(board),
        "progress": _progress(board, shown, len(people)),
        "may": may(board, here),
        "places": list(_places(shown)),
        "reasons": HideReason.choices,
        "undoable": _undoable(board, shown),
        "ends_at": board.deadline,
        "once": fresh_cid(),
        "typed": {},
        **more,
    }


# --- who is here ----------------------------------------------------------------------------------


def people_in(workshop: Workshop) -> list[Participant]:
    """Those whose seats still hold, in the order they came."""
    oldest = timezone.now() - timedelta(hours=settings.BOARD_SEAT_HOURS)
    seats = Participant.objects.filter(workshop=workshop, user=None, removed_at=None)
    return list(seats.filter(joined_at__gte=oldest).order_by("joined_at", "pk"))


def facilitators_of(workshop: Workshop) -> list[User]:
    hosts = Membership.objects.filter(room=workshop.room_id, role=Membership.Role.HOST)
    return list(User.objects.filter(memberships__in=hosts).order_by("first_name", "pk"))


# --- the red thread -------------------------------------------------------------------------------


def _steps(board: Board, shown: Picture, people: int) -> Iterator[dict[str, str]]:
    at = board.phases.index(board.phase)
    for place, phase in enumerate(board.phases):
        state = "" if place < at else "here" if place == at else "later"
        title = _("Close and harvest") if phase == Phase.CLOSED else str(Phase(phase).label)
        yield {"title": title, "when": _when(board, shown, people, phase, state), "state": state}


def _when(board: Board, shown: Picture, people: int, phase: str, state: str) -> str:
    if phase == Phase.CLOSED:
        return _("The notes become contributions.")
    if state == "later":
        minutes = words_to_say.script_of(board, phase).minutes
        return _("About %(minutes)d minutes") % {"minutes": minutes}
    return _fact(shown, people, phase)


def _fact(shown: Picture, people: int, phase: str) -> str:
    if phase == Phase.COLLECT:
        return notes_words(shown.count)
    if phase == Phase.CLUSTER:
        number = len([group for group in shown.groups if group.notes])
        return ngettext("%(n)d group", "%(n)d groups", number) % {"n": number}
    if phase == Phase.VOTE:
        return _("%(voted)d of %(people)d have voted") % {"voted": shown.cast[0], "people": people}
    return ""


# --- now ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Turn:
    """A button that leads to another phase."""

    do: str
    label: str


def _next(board: Board) -> Turn | None:
    phase = words_to_say.after(board)
    if phase is None or phase == Phase.CLOSED:
        return None
    label = words_to_say.script_of(board, phase).on
    if phase == Phase.CLUSTER and not board.hides_notes:
        label = gettext_lazy("Go on to grouping")
    return Turn(f"phase:{phase}", str(label))


def _back(board: Board) -> Turn | None:
    phase = words_to_say.before(board)
    if phase is None or board.phase == Phase.CLOSED:
        return None
    return Turn(f"phase:{phase}", _("Back to %(phase)s") % {"phase": Phase(phase).label})


def _progress(board: Board, shown: Picture, people: int) -> dict[str, Any]:
    voted, dots = shown.cast
    return {
        "voted": voted,
        # Somebody who left may have voted.
        "people": max(people, voted),
        "dots": dots,
        "budget": max(people, voted) * board.dots,
        # For the meter, a drawing that is 1,000 wide.
        "width": round(1000 * voted / max(people, voted, 1)),
        "room": sum(shown.room_dots.values()),
    }


def may(board: Board, here: Here) -> dict[str, bool]:
    """What the page offers now."""
    kinds = allowed_now(board, here.seat)
    closed = board.phase == Phase.CLOSED
    return {
        "write": "note.add" in kinds,
        "arrange": "group.add" in kinds,
        "count_dots": board.has_votes and board.phase in {Phase.VOTE, Phase.DISCUSS},
        "hide": not board.hides_notes,
        "walk": not closed,
        "harvest": not board.hides_notes and board.phase != Phase.VOTE,
    }


def _places(shown: Picture) -> Iterator[tuple[str, str]]:
    """Where notes can be moved to, as lead_acts reads it."""
    for pillar in shown.pillars:
        yield pillar.id, pillar.title
        for group in pillar.groups:
            yield (
                f"{pillar.id}:{group.id}",
                f"{pillar.title} › {group.title or _('Group without a name')}",
            )


# --- what can be undone ---------------------------------------------------------------------------


def _undoable(board: Board, shown: Picture) -> list[dict[str, Any]]:
    """The newest things that one press puts back. Another's later change is only found out then."""
    if board.phase == Phase.CLOSED:
        return []
    words = {note["id"]: str(note["text"]) for note in [*shown.notes, *shown.hidden]}
    done = Operation.objects.filter(board=board, kind__in=UNDONE_BY).order_by("-seq")
    offered = []
    for operation in done[:LOOKED_AT]:
        note = operation.payload.get("note", "")
        if "before" not in operation.payload or (note and note not in words):
            continue
        said = excerpt(words[note], NAMED_LENGTH) if note else ""
        offered.append({"seq": operation.seq, "what": UNDO[operation.kind], "words": said})
    return offered[:OFFERED]
