"""What one seat sees of its board, as a page needs it: the snapshot with columns, groups and notes
put inside each other. The same rule of what may be seen as everywhere (entries.may_see)."""

from collections import defaultdict
from typing import Any

from cocreate.boards import reading
from cocreate.boards.entries import Entry, State, whole_board
from cocreate.boards.frames import audience_of
from cocreate.boards.models import Board
from cocreate.boards.seats import Seat
from cocreate.boards.situation import situation


def seen(board: Board, seat: Seat) -> dict[str, Any]:
    """`columns`, the reader's own notes (`mine`), and how things stand."""
    state = reading.whole(board.pk)
    audience = audience_of(seat.participant, is_host=seat.is_facilitator, is_wall=seat.is_wall)
    told = whole_board(state, audience)
    votes = reading.own_votes(board.pk, seat.participant) if seat.participant else {}
    own = set(reading.own_notes(board.pk, seat)) if seat.participant else set()
    notes = [
        {**note, "own": note["id"] in own, "own_dots": votes.get(note["id"], 0)}
        for note in told["notes"]
    ]
    used = sum(votes.values())
    return {
        "board": state.board,
        "told": told,
        "columns": columns(state, told, notes),
        "mine": [note for note in notes if note["own"]],
        "votes_left": max(0, state.board.dots - used),
        "votes_used": used,
        "situation": situation(state.board, seat),
        "ends_at": state.board.deadline,
    }


def columns(state: State, told: Entry, notes: list[Entry]) -> list[Entry]:
    """While people write hidden a column is a number: a reader's own notes stand beside the field."""
    shown = [] if state.board.hides_notes else notes
    by_group: dict[str, list[Entry]] = defaultdict(list)
    alone: dict[str, list[Entry]] = defaultdict(list)
    for note in shown:
        if note["group"]:
            by_group[note["group"]].append(note)
        else:
            alone[note["column"]].append(note)
    counts = told["counts"] or _counted(shown)
    return [
        {
            **column,
            "count": counts.get(column["id"], 0),
            "groups": [
                {
                    **group,
                    "notes": by_group[group["id"]],
                    "dots": sum(note.get("dots", 0) for note in by_group[group["id"]]),
                }
                for group in told["groups"]
                if group["column"] == column["id"]
            ],
            "notes": alone[column["id"]],
        }
        for column in told["columns"]
    ]


def _counted(notes: list[Entry]) -> dict[str, int]:
    counted: dict[str, int] = defaultdict(int)
    for note in notes:
        counted[note["column"]] += 1
    return counted


def note_seen(page: dict[str, Any], uid: str) -> Entry | None:
    """A note on the page as `seen` gives it; None when this reader does not see it."""
    everywhere = [
        note
        for column in page["columns"]
        for note in [*column["notes"], *(n for g in column["groups"] for n in g["notes"])]
    ]
    return next((note for note in [*page["mine"], *everywhere] if note["id"] == uid), None)


def group_seen(page: dict[str, Any], uid: str) -> Entry | None:
    groups = (group for column in page["columns"] for group in column["groups"])
    return next((group for group in groups if group["id"] == uid), None)
