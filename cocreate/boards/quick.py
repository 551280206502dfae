"""The short way for what happens most: new notes, in one statement on PostgreSQL.

It holds only while nothing else has happened: the statement carries the number at which this process
last saw the board, and stores nothing when the board has moved on. Then, and for everything that is
not a plain new note, `commit` goes the long way, which reads every row it judges.
"""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.db import IntegrityError, connection
from django.db.utils import DatabaseErrorWrapper
from django.utils import timezone
from psycopg import Connection, Cursor

from cocreate.boards.asking import Asked, Committed, Done
from cocreate.boards.entries import State
from cocreate.boards.models import MOST_NOTES, Board, Column, Note, Operation
from cocreate.boards.phases import reason_against
from cocreate.boards.places import first_place
from cocreate.boards.reading import counts, removed_seats
from cocreate.boards.refusals import Refused
from cocreate.boards.words import read_words
from cocreate.text.fields import encrypt

# The row's lock puts this after every other writer; `seq` tells whether one came between.
STATEMENT = """
WITH board AS (
    UPDATE boards_board SET seq = seq + %(n)s, note_count = note_count + %(n)s
    WHERE id = %(board)s AND seq = %(seq)s RETURNING id
), notes AS (
    INSERT INTO boards_note (board_id, column_id, participant_id, uid, text, place, paper, found,
        version, hide_reason, room_dots)
    SELECT board.id, new.*, 1, '', 0 FROM board, unnest(
        %(columns)s::bigint[], %(seats)s::bigint[], %(uids)s::text[], %(texts)s::text[],
        %(places)s::text[], %(paper)s::bool[], %(found)s::text[]) AS new
)
INSERT INTO boards_operation (board_id, seq, mark, kind, payload, at)
SELECT board.id, new.seq, new.mark, 'note.add', new.payload::jsonb, %(at)s FROM board, unnest(
    %(seqs)s::bigint[], %(marks)s::text[], %(payloads)s::text[]) AS new (seq, mark, payload)
"""


@dataclass
class Known:
    """A board as this process's writer left it. Every change moves `board.seq` on, so it is right
    for as long as that is."""

    board: Board
    columns: dict[str, Column]

    @cached_property
    def removed(self) -> frozenset[int]:
        """Read later than the board, yet right: if anything came between, nothing is stored."""
        return frozenset(removed_seats(self.board))

    @cached_property
    def counts(self) -> dict[str, int]:
        return counts(self.board)


class _Memory(threading.local):
    """One for each thread that writes; the hub's lives as long as the process."""

    def __init__(self) -> None:
        self.boards: dict[int, Known] = {}


_known = _Memory()


def remember(board: Board, columns: dict[str, Column]) -> None:
    """After the long way: what the next new notes may build on."""
    if connection.vendor == "postgresql":
        _known.boards[board.pk] = Known(board, columns)


def forget(board_id: int) -> None:
    _known.boards.pop(board_id, None)


def get_ready(board_id: int) -> None:
    """Does beforehand what the first note of a process would wait for: some 70 ms of word lists,
    connection and statement. Raises Board.DoesNotExist."""
    read_words(".", sure=True)
    board = Board.objects.get(pk=board_id)
    if connection.vendor != "postgresql" or board_id in _known.boards:
        return
    # No board has this number: nothing is stored, and the statement is prepared from now on.
    _store(Board(pk=board_id, seq=-1), [], [])
    remember(board, {column.uid: column for column in board.columns.all()})


def quick_commit(board_id: int, asked: Sequence[Asked]) -> Committed | None:
    """Stores them all, or nothing and None: then the long way judges each for itself."""
    known = _known.boards.get(board_id)
    if known is None or connection.in_atomic_block or not _are_plain(known, asked):
        return None
    try:
        notes = [_note(known, one, seq) for seq, one in enumerate(asked, known.board.seq + 1)]
        operations = [
            _operation(known, one, note, seq)
            for seq, (one, note) in enumerate(zip(asked, notes, strict=True), known.board.seq + 1)
        ]
        is_stored = _store(known.board, notes, operations)
    except (Refused, IntegrityError):
        # Words that need an answer, or a client id that was here before.
        return None
    if not is_stored:
        forget(board_id)
        return None
    return _committed(known, asked, notes, operations)


def _are_plain(known: Known, asked: Sequence[Asked]) -> bool:
    if known.board.note_count + len(asked) > MOST_NOTES:
        return False
    return all(
        one.intent.kind == "note.add"
        and one.intent["group"] is None
        and one.intent["column"] in known.columns
        and one.seat.participant not in known.removed
        and reason_against(known.board, one.seat, "note.add") is None
        for one in asked
    )


def _note(known: Known, one: Asked, seq: int) -> tuple[Note, bool]:
    read = read_words(one.intent["text"], sure=one.intent["sure"])
    note = Note(
        board=known.board,
        column=known.columns[one.intent["column"]],
        participant_id=None if one.seat.is_facilitator else one.seat.participant,
        text=one.intent["text"],
        place=first_place(seq),
        paper=one.intent["paper"],
        found=read.kinds,
    )
    return note, read.shows_help


def _operation(known: Known, one: Asked, note: tuple[Note, bool], seq: int) -> Operation:
    payload = {"note": note[0].uid, "column": note[0].column.uid}
    return Operation(
        board=known.board,
        seq=seq,
        mark=one.mark,
        kind="note.add",
        payload=payload,
        at=timezone.now(),
    )


def _store(board: Board, made: list[tuple[Note, bool]], operations: list[Operation]) -> bool:
    notes = [note for note, _shows_help in made]
    values: dict[str, Any] = {
        "n": len(notes),
        "board": board.pk,
        "seq": board.seq,
        "columns": [note.column_id for note in notes],
        "seats": [note.participant_id for note in notes],
        "uids": [note.uid for note in notes],
        "texts": [encrypt(note.text or "") for note in notes],
        "places": [note.place for note in notes],
        "paper": [note.paper for note in notes],
        "found": [note.found for note in notes],
        "seqs": [operation.seq for operation in operations],
        "marks": [operation.mark for operation in operations],
        "payloads": [json.dumps(operation.payload) for operation in operations],
        "at": timezone.now(),
    }
    connection.ensure_connection()
    # Django's own cursor writes the values into the text of the statement, to be parsed each time.
    with DatabaseErrorWrapper(connection):
        raw = cast("Connection[Any]", connection.connection)
        with Cursor(raw) as cursor:
            cursor.execute(STATEMENT, values, prepare=True)
            return cursor.rowcount == len(notes)


def _committed(
    known: Known,
    asked: Sequence[Asked],
    made: list[tuple[Note, bool]],
    operations: list[Operation],
) -> Committed:
    board, notes = known.board, [note for note, _shows_help in made]
    first = board.seq + 1
    board.seq += len(notes)
    board.note_count += len(notes)
    if board.hides_notes and "counts" in vars(known):
        # Otherwise they are read now for the first time, and these are among them.
        for note in notes:
            known.counts[note.column.uid] = known.counts.get(note.column.uid, 0) + 1
    answers: list[Done | Refused] = [
        Done(operation.seq, "note.add", note.uid, shows_help=shows_help)
        for operation, (note, shows_help) in zip(operations, made, strict=True)
    ]
    state = State(
        board,
        {column.pk: column for column in known.columns.values()},
        {note.uid: note for note in notes},
        {},
        names={one.seat.participant or 0: one.seat.name for one in asked if one.seat.name},
        counts=dict(known.counts) if board.hides_notes else {},
    )
    authors = {
        operation.seq: one.seat.participant
        for operation, one in zip(operations, asked, strict=True)
        if one.seat.participant is not None
    }
    return Committed(
        board.pk, answers, first, board.seq, authors=authors, done=operations, state=state
    )
