"""Operations asked for by ordinary forms: the same kinds, read out of a POST.

A form has no client id of its own. It is derived from the page's random id and everything that was
asked, so that a form sent twice is done once, and the same form with other words is another.
"""

from dataclasses import dataclass
from typing import Any

from django.db import OperationalError
from django.http import QueryDict

from cocreate.boards.asking import Asked, Done
from cocreate.boards.frames import dumps
from cocreate.boards.intents import read_intent
from cocreate.boards.models import Board
from cocreate.boards.operations import do
from cocreate.boards.refusals import Code, Refused
from cocreate.boards.seats import Seat
from cocreate.contributions.codes import digest

# What can be put back by `undo` (deeds.UNDONE_BY) by whoever did it.
UNDOABLE = frozenset({"note.move", "group.add"})


@dataclass(frozen=True)
class FormDone:
    """`cid` is what shows later that the operation was one's own."""

    done: Done
    cid: str

    @property
    def undo_mark(self) -> str:
        return f"{self.done.seq}.{self.cid}" if self.done.kind in UNDOABLE else ""


def do_by_form(board: Board, seat: Seat, post: QueryDict) -> FormDone:
    """Raises Refused."""
    op = operation_in(post)
    cid = digest("board-form", f"{post.get('once', '')}|{seat.participant}|{dumps(op)}")[:43]
    try:
        (answer,) = do(board, [Asked(seat, read_intent(cid, op))]).answers
    except OperationalError:
        raise Refused(Code.UNAVAILABLE) from None
    if isinstance(answer, Refused):
        raise answer
    return FormDone(answer, cid)


def operation_in(post: QueryDict) -> dict[str, Any]:
    if vote := post.get("vote", ""):
        note, _colon, dots = str(vote).rpartition(":")
        return {"kind": "vote.set", "note": note, "dots": _number(dots)}
    if to := post.get("to", ""):
        return _move(str(post.get("note", "")), str(to))
    op: dict[str, Any] = {name: str(post.get(name)) for name in _WORDS if name in post}
    op |= {name: _number(str(post.get(name))) for name in ("base", "seq") if name in post}
    op |= {name: True for name in ("sure", "paper") if post.get(name)}
    if op.get("group") == "":
        del op["group"]
    return op


def _move(note: str, to: str) -> dict[str, Any]:
    """`to` is what a button of the page says: a column, a group with its column, or a new group."""
    kind, _colon, rest = to.partition(":")
    if kind == "new":
        return {"kind": "group.add", "notes": [note]}
    column, _colon, group = rest.partition(":")
    return {"kind": "note.move", "note": note, "column": column, "group": group or None}


def undo_in(mark: str) -> dict[str, Any] | None:
    """What a page's address says can be undone; None when it says no such thing."""
    seq, _dot, cid = mark.partition(".")
    if not (seq.isascii() and seq.isdecimal() and len(seq) < 16) or not cid.isalnum():
        return None
    return {"seq": int(seq), "cid": cid[:64]}


def _number(value: str) -> int | None:
    """None is refused by the shape of the intent."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 16 else None


_WORDS = ("kind", "note", "column", "group", "text", "title", "cid")
