"""How the log knows an operation again without knowing whose it is."""

from cocreate.boards.seats import Seat
from cocreate.contributions.codes import digest


def mark_of(seat: Seat, cid: str) -> str:
    """A keyed digest of seat and client id together: two of one person's have nothing in common."""
    return digest("board-operation", f"{seat.participant}|{cid}")
