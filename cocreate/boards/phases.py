"""What may be done when, and by whom: one table that the board, the pages and the protocol share."""

from cocreate.boards.models import Board, Phase, Template
from cocreate.boards.refusals import Code
from cocreate.boards.seats import Seat

WRITES = frozenset({"note.add", "note.edit"})
ARRANGES = frozenset({"note.move", "group.add", "group.name", "group.remove"})
ALWAYS = frozenset({"note.take_back"})
FACILITATES = frozenset(
    {
        "note.hide",
        "note.show",
        "room.dots",
        "phase.set",
        "timer.set",
        "timer.extend",
        "pause.set",
        "door.set",
        "seat.remove",
    }
)
# A closed board can still be made safe; nothing else on it changes.
WHEN_CLOSED = frozenset({"note.take_back", "note.hide", "note.show", "seat.remove", "door.set"})

_EVERYBODY: dict[str, frozenset[str]] = {
    Phase.COLLECT: WRITES | {"note.move", "undo"},
    Phase.CLUSTER: WRITES | ARRANGES | {"undo"},
    Phase.VOTE: frozenset({"vote.set"}),
    Phase.DISCUSS: frozenset(),
    Phase.CLOSED: frozenset(),
}
# A facilitator tidies up while people talk, and writes what is said.
_FACILITATOR_TOO: dict[str, frozenset[str]] = {
    Phase.COLLECT: frozenset(),
    Phase.CLUSTER: frozenset(),
    Phase.VOTE: frozenset(),
    Phase.DISCUSS: WRITES | ARRANGES,
    Phase.CLOSED: frozenset(),
}


def reason_against(board: Board, seat: Seat, kind: str) -> Code | None:
    """Why this seat may not do this kind of thing now; None when it may."""
    if seat.is_wall or (kind in FACILITATES and not seat.is_facilitator):
        return Code.NOT_ALLOWED
    if board.phase == Phase.CLOSED:
        return None if kind in WHEN_CLOSED else Code.CLOSED
    if kind in ALWAYS or kind in FACILITATES or (kind == "undo" and seat.is_facilitator):
        return None
    if board.paused and not seat.is_facilitator:
        return Code.PAUSED
    return None if kind in allowed_now(board, seat) else Code.PHASE


def allowed_now(board: Board, seat: Seat) -> frozenset[str]:
    """The kinds open to this seat in the board's phase."""
    allowed = _EVERYBODY[board.phase]
    if board.template == Template.FREE and board.phase == Phase.COLLECT and not board.hidden:
        # A free board has no phase of its own for arranging.
        allowed = allowed | ARRANGES
    if seat.is_facilitator:
        allowed = allowed | _FACILITATOR_TOO[board.phase]
    return allowed
