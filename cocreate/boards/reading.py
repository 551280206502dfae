"""Reading a board: the rows for a whole snapshot, for the tail of the log, or for one batch."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Count, Sum

from cocreate.boards.change import Change, dots_used
from cocreate.boards.entries import State
from cocreate.boards.models import Board, Group, Note, Operation, Participant, Vote
from cocreate.boards.seats import Seat

# Somebody further behind is given the whole board instead.
LONGEST_TAIL = 2000


@contextmanager
def _one_moment() -> Iterator[None]:
    """All rows as of the same instant. Otherwise a note written after the facilitator had hidden
    the board again could be read under the phase of a moment before."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def whole(board_id: int) -> State:
    """Every row of a board, as of one moment. Seven queries at most."""
    with _one_moment():
        board = _board(board_id)
        notes = Note.objects.filter(board=board, taken_back_at=None)
        groups = Group.objects.filter(board=board)
        return _state(board, list(notes), list(groups))


def tail(board_id: int, since: int) -> tuple[State, list[Operation]] | None:
    """What happened after `since`, and the rows as they are now; None when it is too long ago."""
    with _one_moment():
        board = _board(board_id)
        if not 0 <= board.seq - since <= LONGEST_TAIL:
            return None
        done = list(Operation.objects.filter(board=board, seq__gt=since).order_by("seq"))
        if len(done) != board.seq - since:
            return None  # the log was cut
        if any(operation.kind == "phase.set" for operation in done):
            notes = list(Note.objects.filter(board=board, taken_back_at=None))
        else:
            notes = list(Note.objects.filter(board=board, uid__in=_named(done)))
        groups = list(Group.objects.filter(board=board))
        return _state(board, notes, groups), done


def of_batch(change: Change, done: Sequence[Operation]) -> State:
    """The same from what a commit has in hand, with as few queries as the batch needs."""
    kinds = {operation.kind for operation in done}
    if kinds <= {"note.add", "note.edit", "vote.set"}:
        notes = list(change.notes.values())
        return _state(change.board, notes, list(change.groups.values()), kinds)
    state = whole(change.board.pk)
    # Whose a note was that has just been taken back: only they are told which it was.
    state.notes |= {uid: note for uid, note in change.notes.items() if note.is_gone}
    return state


def _named(done: Sequence[Operation]) -> set[str]:
    named: set[str] = set()
    for operation in done:
        named |= {operation.payload.get("note", ""), *operation.payload.get("notes", ())}
    return named


def _board(board_id: int) -> Board:
    return Board.objects.select_related("workshop").get(pk=board_id)


def _state(
    board: Board, notes: list[Note], groups: list[Group], kinds: set[str] | None = None
) -> State:
    state = State(
        board,
        {column.pk: column for column in board.columns.all()},
        {note.uid: note for note in notes},
        {group.uid: group for group in groups},
        is_locked=board.workshop.locked,
    )
    state.names = _names(notes)
    if board.hides_notes:
        state.counts = counts(board)
    if board.has_votes and (kinds is None or "vote.set" in kinds):
        state.cast = dots_used(board)
        # Nobody but their authors knows the ids of hidden notes.
        state.room_dots = {} if board.hides_notes else _room_dots(board)
    if board.shows_votes:
        state.totals = _totals(board)
    return state


def counts(board: Board) -> dict[str, int]:
    """Notes in each column, hidden ones included: the number is all that others are told."""
    standing = Note.objects.filter(board=board, taken_back_at=None).order_by()
    rows = standing.values_list("column__uid").annotate(n=Count("pk"))
    return dict(rows)


def _names(notes: list[Note]) -> dict[int, str]:
    writers = {note.participant_id for note in notes if note.participant_id}
    rows = Participant.objects.filter(pk__in=writers, name__isnull=False) if writers else []
    return {row.pk: row.name for row in rows if row.name}


def _room_dots(board: Board) -> dict[str, int]:
    rows = Note.objects.filter(board=board, taken_back_at=None, room_dots__gt=0)
    return dict(rows.values_list("uid", "room_dots"))


def _totals(board: Board) -> dict[str, int]:
    """People's dots and those put on paper, together."""
    votes = Vote.objects.filter(board=board, note__taken_back_at=None).order_by()
    totals = dict(votes.values_list("note__uid").annotate(n=Sum("dots")))
    for uid, dots in _room_dots(board).items():
        totals[uid] = totals.get(uid, 0) + dots
    return totals


def own_votes(board_id: int, participant: int) -> dict[str, int]:
    """One person's own dots by note, for that person alone."""
    votes = Vote.objects.filter(board=board_id, participant=participant)
    votes = votes.filter(note__taken_back_at=None, note__hide_reason="")
    return dict(votes.values_list("note__uid", "dots"))


def own_notes(board_id: int, seat: Seat) -> list[str]:
    """The uids of one person's own notes, for that person alone; a facilitator's are the room's."""
    own = None if seat.is_facilitator else seat.participant
    notes = Note.objects.filter(board=board_id, participant=own, taken_back_at=None)
    return list(notes.order_by("pk").values_list("uid", flat=True))


def removed_seats(board: Board) -> list[int]:
    """Those whose seat a facilitator took away."""
    gone = Participant.objects.filter(workshop=board.workshop_id, removed_at__isnull=False)
    return list(gone.values_list("pk", flat=True))


def newest(board_id: int) -> int:
    return Board.objects.filter(pk=board_id).values_list("seq", flat=True).get()


def notes_by_uid(board: Board, uids: Sequence[str]) -> list[Note]:
    """The rows of these notes, in the order asked for."""
    rows = {note.uid: note for note in Note.objects.filter(board=board, uid__in=uids)}
    return [rows[uid] for uid in uids if uid in rows]


def harvested(board: Board) -> set[str]:
    """The notes that are contributions already."""
    taken = Note.objects.filter(board=board, contribution__isnull=False)
    return set(taken.values_list("uid", flat=True))
