"""The first frames of a connection, for roads that have no hub to remember for them."""

from cocreate.boards.entries import HOST, WALL, Audience
from cocreate.boards.frames import Frames
from cocreate.boards.memory import Memory, missed
from cocreate.boards.seats import Seat


def welcome(board: int, seat: Seat, since: int | None) -> tuple[list[str], int]:
    """The texts to send, and the number they bring their reader to.

    With `since` the operations after it, where they are few enough; otherwise the whole board.
    """
    memory = Memory.of(board)
    if since is None or since > memory.at:
        return memory.whole(seat), memory.seq
    if since < memory.at:
        told = missed(board, since)
        if not isinstance(told, Frames):
            return memory.whole(seat), memory.seq
        memory.keep_tail(since, told)
    texts = memory.tail(seat, since)
    return (memory.whole(seat), memory.seq) if texts is None else (texts, memory.at)


def audience_of(seat: Seat) -> Audience:
    """Whom a page or a frame for this seat is made for."""
    if seat.is_wall or seat.participant is None:
        return WALL
    return HOST if seat.is_facilitator else seat.participant
