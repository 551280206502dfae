"""What each audience is told of each operation, built from the rows as they are now.

Every audience gets an entry for every number, so a gap tells nothing: in the place of what somebody
may not see stands a count, or nothing at all. An entry sets what is, so it may be applied twice.

Audiences: "all" who sit at the board, "wall" for the screen (no names), "host" for facilitators,
and one participant by number, for their own notes while notes are hidden.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from cocreate.boards.models import Board, Column, Group, Note, Operation

Entry = dict[str, Any]
ALL, WALL, HOST = "all", "wall", "host"
Audience = str | int


@dataclass
class State:
    """The rows that entries are made of. `notes` and `groups` hold at least those named."""

    board: Board
    columns: dict[int, Column]
    notes: dict[str, Note]
    groups: dict[str, Group]
    # Chosen names by participant.
    names: dict[int, str] = field(default_factory=dict)
    # Notes in each column, by the column's uid; wanted while notes are hidden.
    counts: dict[str, int] = field(default_factory=dict)
    # Dots on each note, by uid; wanted once votes are shown.
    totals: dict[str, int] = field(default_factory=dict)
    room_dots: dict[str, int] = field(default_factory=dict)
    # How many have voted, with how many dots.
    cast: tuple[int, int] = (0, 0)
    people: int = 0
    # Of several changes of phase only the last needs to bring all notes.
    turned_at: int = 0
    is_locked: bool = False

    def group_uid(self, group_id: int | None) -> str | None:
        return next((g.uid for g in self.groups.values() if g.pk == group_id), None)


def told_of(state: State, operation: Operation, audience: Audience) -> list[Entry]:
    """One operation for one audience: one entry, or several where it sets several things."""
    told = _TOLD.get(operation.kind.partition(".")[0], _nothing)
    return [{"seq": operation.seq, **one} for one in told(state, operation, audience)]


def _of_note(state: State, operation: Operation, audience: Audience) -> list[Entry]:
    told: list[Entry] = []
    note = state.notes.get(operation.payload["note"])
    if note is not None and may_see(state.board, note, audience):
        told.append({"kind": "note", "note": shown_note(state, note, audience)})
    elif not state.board.hides_notes or is_gone_for(note, audience):
        told.append({"kind": "gone", "id": operation.payload["note"]})
    if state.board.hides_notes:
        # A note that was moved was in another column before.
        moved = operation.kind == "note.move"
        every = [column.uid for column in state.columns.values()]
        columns = every if moved else [operation.payload["column"]]
        told += [{"kind": "count", "column": u, "n": state.counts.get(u, 0)} for u in columns]
    if audience == HOST and state.board.has_votes and operation.kind in _FREES_DOTS:
        told += _of_votes(state, operation, audience)
    return told


# With the note go the dots on it, or come back.
_FREES_DOTS = frozenset({"note.take_back", "note.hide", "note.show"})


def _of_group(state: State, operation: Operation, audience: Audience) -> list[Entry]:
    named = [state.notes[uid] for uid in operation.payload.get("notes", ()) if uid in state.notes]
    notes = [
        shown_note(state, note, audience) for note in named if may_see(state.board, note, audience)
    ]
    group = state.groups.get(operation.payload["group"])
    if group is None:
        return [{"kind": "group.gone", "id": operation.payload["group"], "notes": notes}]
    return [{"kind": "group", "group": shown_group(state, group), "notes": notes}]


def _of_board(state: State, operation: Operation, audience: Audience) -> list[Entry]:
    told: Entry = {"kind": "board", "board": shown_board(state, audience)}
    if operation.kind == "phase.set" and operation.seq >= state.turned_at:
        # What may be seen has changed: this is all of it now, and the rest is to be forgotten.
        told["notes"] = visible_notes(state, audience)
        told["counts"] = state.counts
    return [told]


def _of_votes(state: State, operation: Operation, audience: Audience) -> list[Entry]:
    if audience == HOST:
        people, dots = state.cast
        return [{"kind": "cast", "people": people, "dots": dots, "room": state.room_dots}]
    return [{"kind": "cast"}]


def _of_room_dots(state: State, operation: Operation, audience: Audience) -> list[Entry]:
    """Once the vote is over its sums stand on the notes, and one of them has just changed."""
    told = _of_votes(state, operation, audience)
    if state.board.shows_votes and "note" in operation.payload:
        told += _of_note(state, operation, audience)
    return told


def _nothing(state: State, operation: Operation, audience: Audience) -> list[Entry]:
    return [{"kind": "none"}]


def _of_door(state: State, operation: Operation, audience: Audience) -> list[Entry]:
    if audience != HOST:
        return [{"kind": "none"}]
    return [{"kind": "board", "board": shown_board(state, audience)}]


_TOLD = {
    "note": _of_note,
    "group": _of_group,
    "phase": _of_board,
    "timer": _of_board,
    "pause": _of_board,
    "door": _of_door,
    "vote": _of_votes,
    "room": _of_room_dots,
}


# --- what one thing looks like --------------------------------------------------------------------


def may_see(board: Board, note: Note, audience: Audience) -> bool:
    """The one rule of what leaves the server: page, frame, tail, snapshot and export ask it."""
    if note.is_gone:
        return False
    is_own = note.participant_id == audience if note.participant_id else audience == HOST
    if board.hides_notes:
        return is_own
    return is_own or audience == HOST or not note.is_hidden


def is_gone_for(note: Note | None, audience: Audience) -> bool:
    """Whether it was this reader's own; nobody else may know which note of a hidden board it was."""
    if note is None or not note.is_gone:
        return False
    return note.participant_id == audience if note.participant_id else audience == HOST


def shown_note(state: State, note: Note, audience: Audience) -> Entry:
    shown: Entry = {
        "id": note.uid,
        "column": state.columns[note.column_id].uid,
        "group": state.group_uid(note.group_id) if note.group_id else None,
        "place": note.place,
        "text": note.text,
        "v": note.version,
    }
    if note.paper or note.participant_id is None:
        shown["paper"] = True
    if note.twin_id:
        shown["twin"] = True
    name = state.names.get(note.participant_id or 0)
    if name and audience != WALL:
        shown["by"] = name
    if note.is_hidden:
        shown["hidden"] = note.hide_reason
    if audience == HOST and note.found:
        shown["found"] = note.found.split(",")
    if state.board.shows_votes:
        shown["dots"] = state.totals.get(note.uid, 0)
    return shown


def shown_group(state: State, group: Group) -> Entry:
    return {
        "id": group.uid,
        "column": state.columns[group.column_id].uid,
        "title": group.title,
        "place": group.place,
        "v": group.version,
    }


def shown_board(state: State, audience: Audience) -> Entry:
    """`left` is the milliseconds until the deadline, as of now: clocks on phones differ."""
    board = state.board
    shown: Entry = {
        "phase": board.phase,
        "hidden": board.hides_notes,
        "paused": board.paused,
        "dots": board.dots,
        "left": _left(board),
    }
    if audience == HOST:
        people, dots = state.cast
        shown |= {"locked": state.is_locked, "voted": people, "cast": dots}
        shown["room"] = state.room_dots
    return shown


def _left(board: Board) -> int | None:
    if board.deadline is None:
        return None
    return max(0, round((board.deadline - timezone.now()).total_seconds() * 1000))


def visible_notes(state: State, audience: Audience) -> list[Entry]:
    """In the order of their places. Of a whole board, `state.notes` holds every note."""
    seen = [note for note in state.notes.values() if may_see(state.board, note, audience)]
    return [shown_note(state, note, audience) for note in sorted(seen, key=_order)]


def _order(note: Note) -> tuple[str, str]:
    return note.place, note.uid


def whole_board(state: State, audience: Audience) -> Entry:
    """The snapshot: everything this audience may see, at `board.seq`."""
    columns = sorted(state.columns.values(), key=lambda column: (column.order, column.pk))
    groups = sorted(state.groups.values(), key=lambda group: (group.place, group.uid))
    return {
        **shown_board(state, audience),
        "question": state.board.question,
        "columns": [{"id": column.uid, "title": column.title} for column in columns],
        "groups": [shown_group(state, group) for group in groups],
        "notes": visible_notes(state, audience),
        "counts": state.counts,
    }


def entries(state: State, done: Iterable[Operation], audience: Audience) -> list[Entry]:
    return [one for operation in done for one in told_of(state, operation, audience)]
