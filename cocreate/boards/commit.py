"""The one way in to a board: what was asked is checked, numbered and stored in one transaction.

The board's row is locked first, so several processes write one after the other. Nothing is told to
anybody before the transaction is through (design §6). A batch that the database refuses is tried
again one by one, so that only the culprit is refused.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils import timezone

from cocreate.boards.asking import Asked, Committed, Done
from cocreate.boards.change import Change
from cocreate.boards.deeds import apply
from cocreate.boards.models import Board, Operation
from cocreate.boards.quick import forget, quick_commit, remember
from cocreate.boards.refusals import Code, Refused

log = logging.getLogger(__name__)


def commit(board_id: int, asked: Sequence[Asked]) -> Committed:
    """Does what may be done. Never raises for what a client asked: a board that was deleted while
    somebody wrote is closed. OperationalError when the database is away, and then nothing is
    stored."""
    quickly = quick_commit(board_id, asked)
    if quickly is not None:
        return quickly
    try:
        committed = _in_one(board_id, asked)
    except (OperationalError, InterfaceError):
        raise
    except Board.DoesNotExist:
        forget(board_id)
        return Committed(board_id, [Refused(Code.CLOSED)] * len(asked))
    except DatabaseError:
        return _one_by_one(board_id, asked)
    except Exception:
        log.exception("board %s: tried again one by one", board_id)
        return _one_by_one(board_id, asked)
    if committed.change is not None:
        remember(committed.change.board, committed.change.columns)
    return committed


def _one_by_one(board_id: int, asked: Sequence[Asked]) -> Committed:
    whole = Committed(board_id, [])
    forget(board_id)
    for one in asked:
        try:
            part = _in_one(board_id, [one])
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("board %s: refused", board_id)
            part = Committed(board_id, [Refused(Code.BAD)])
        whole.answers += part.answers
        if part.is_news:
            whole.first = whole.first or part.first
            whole.last = part.last
            whole.authors |= part.authors
            whole.votes |= part.votes
            whole.dots_back |= part.dots_back
            whole.removed += part.removed
    # No `change`: the rows are read again for what was done in several transactions.
    return whole


def _in_one(board_id: int, asked: Sequence[Asked]) -> Committed:
    with transaction.atomic():
        board = Board.objects.select_for_update().select_related(None).get(pk=board_id)
        return _Batch(board, timezone.now()).run(asked)


class _Batch:
    def __init__(self, board: Board, now: datetime) -> None:
        self.board = board
        self.now = now
        self.change = Change(board, now)
        self.operations: list[Operation] = []

    def run(self, asked: Sequence[Asked]) -> Committed:
        before = self.board.seq
        marks = [one.mark for one in asked]
        known = self._done_before(marks)
        self.change.expect([one.seat for one in asked], [one.intent for one in asked])
        answers: list[Done | Refused] = []
        for one, mark in zip(asked, marks, strict=True):
            answer = known.get(mark) or self._one(one, mark)
            if isinstance(answer, Done) and mark not in known:
                known[mark] = Done(answer.seq, answer.kind, answer.note, again=True)
            answers.append(answer)
        if not self.operations:
            return Committed(self.board.pk, answers)
        self.change.save()
        Operation.objects.bulk_create(self.operations)
        change = self.change
        authors = {n: s.participant for n, s in change.seats.items() if s.participant is not None}
        return Committed(
            self.board.pk,
            answers,
            before + 1,
            self.board.seq,
            authors=authors,
            votes=change.votes_at,
            dots_back=change.dots_back,
            removed=change.removed,
            done=self.operations,
            change=change,
        )

    def _one(self, one: Asked, mark: str) -> Done | Refused:
        seq = self.board.seq + 1
        try:
            made = apply(self.change, one.seat, one.intent, seq)
        except Refused as refused:
            return refused
        self.board.seq = seq
        self.operations.append(
            Operation(
                board=self.board,
                seq=seq,
                mark=mark,
                kind=made.kind,
                payload=made.payload,
                at=self.now,
            )
        )
        return Done(seq, made.kind, made.note, shows_help=made.shows_help)

    def _done_before(self, marks: list[str]) -> dict[str, "Done | Refused"]:
        """A retry gets the first result again, and the note it made then."""
        rows = Operation.objects.filter(board=self.board, mark__in=marks)
        return {
            row.mark: Done(row.seq, row.kind, row.payload.get("note", ""), again=True)
            for row in rows
        }
