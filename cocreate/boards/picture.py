"""A board as a page shows it: columns, the groups in them, and the notes that stand alone.

Built from the snapshot of one audience, so that a page never knows more than the frames tell.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from cocreate.boards import reading
from cocreate.boards.entries import Audience, Entry, State, whole_board
from cocreate.boards.models import Board


@dataclass(frozen=True)
class Heap:
    """A group with its notes."""

    id: str
    title: str
    version: int
    notes: list[Entry]

    @property
    def dots(self) -> int:
        return sum(note.get("dots", 0) for note in self.notes)

    @property
    def top(self) -> str:
        """The words of the note with most dots, and of the first of them."""
        best = max(self.notes, key=lambda note: note.get("dots", 0), default=None)
        return str(best["text"]) if best else ""


@dataclass(frozen=True)
class Pillar:
    """A column."""

    id: str
    title: str
    count: int
    groups: list[Heap] = field(default_factory=list)
    loose: list[Entry] = field(default_factory=list)

    @property
    def notes(self) -> list[Entry]:
        return [*(note for group in self.groups for note in group.notes), *self.loose]

    @property
    def titled(self) -> list[Heap]:
        return [group for group in self.groups if group.title]


@dataclass(frozen=True)
class Picture:
    board: Board
    shown: Entry
    pillars: list[Pillar]
    hidden: list[Entry]
    cast: tuple[int, int]
    room_dots: dict[str, int]

    @cached_property
    def notes(self) -> list[Entry]:
        """Those that stand on the board, in the order of the page."""
        return [note for pillar in self.pillars for note in pillar.notes]

    @cached_property
    def groups(self) -> list[Heap]:
        return [group for pillar in self.pillars for group in pillar.groups]

    @property
    def count(self) -> int:
        return sum(pillar.count for pillar in self.pillars)

    @property
    def loose(self) -> int:
        return sum(len(pillar.loose) for pillar in self.pillars)


def picture(board: Board, audience: Audience) -> Picture:
    """What this audience may see now. Seven queries at most."""
    return of_state(reading.whole(board.pk), audience)


def of_state(state: State, audience: Audience) -> Picture:
    shown = whole_board(state, audience)
    standing = [note for note in shown["notes"] if "hidden" not in note]
    return Picture(
        state.board,
        shown,
        [_pillar(column, shown, standing) for column in shown["columns"]],
        [note for note in shown["notes"] if "hidden" in note],
        state.cast,
        state.room_dots,
    )


def _pillar(column: Entry, shown: Entry, notes: Iterable[Entry]) -> Pillar:
    here = [note for note in notes if note["column"] == column["id"]]
    groups = [group for group in shown["groups"] if group["column"] == column["id"]]
    # While notes are hidden the number is all there is to know.
    counts = shown["counts"]
    return Pillar(
        column["id"],
        column["title"],
        counts.get(column["id"], 0) if shown["hidden"] else len(here),
        [
            Heap(
                group["id"],
                group["title"],
                group["v"],
                [note for note in here if note["group"] == group["id"]],
            )
            for group in groups
        ],
        [note for note in here if note["group"] is None],
    )
