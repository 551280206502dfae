"""What is asked of a board, and what came of it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cocreate.boards.intents import Intent
from cocreate.boards.marks import mark_of
from cocreate.boards.models import Operation
from cocreate.boards.refusals import Refused
from cocreate.boards.seats import Seat

if TYPE_CHECKING:
    from cocreate.boards.change import Change
    from cocreate.boards.entries import State


@dataclass(frozen=True, slots=True)
class Asked:
    seat: Seat
    intent: Intent

    @property
    def mark(self) -> str:
        """What the log keeps of who asked: nothing that joins two operations to one person."""
        return mark_of(self.seat, self.intent.cid)


@dataclass(frozen=True, slots=True)
class Done:
    """`note` is what it made or changed, for its author alone; `again` means it was done before."""

    seq: int
    kind: str
    note: str = ""
    again: bool = False
    shows_help: bool = False


@dataclass(slots=True)
class Committed:
    """Answers in the order asked, and the operations that are new, `first` to `last`."""

    board: int
    answers: list[Done | Refused]
    first: int = 0
    last: int = 0
    # Whose each operation is, by number, for that person's own frame; never stored.
    authors: dict[int, int] = field(default_factory=dict)
    votes: dict[int, tuple[str, int]] = field(default_factory=dict)
    # By number and participant: the own dots on a note that was hidden or shown.
    dots_back: dict[int, dict[int, tuple[str, int]]] = field(default_factory=dict)
    removed: list[int] = field(default_factory=list)
    done: list[Operation] = field(default_factory=list, repr=False)
    # The rows as the batch left them, or what it changed; neither when they are to be read again.
    state: "State | None" = field(default=None, repr=False)
    change: "Change | None" = field(default=None, repr=False)

    @property
    def is_news(self) -> bool:
        return self.first > 0
