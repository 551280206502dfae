"""What a client may ask for, read from its frame or form: checked in shape, not yet in right.

Each kind names its fields; a field that is missing, of another type or too long is refused with a
sentence, and unknown fields are left out (docs/board-protocol.md).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cocreate.boards.models import NOTE_LENGTH, TITLE_LENGTH, HideReason, Phase
from cocreate.boards.refusals import Code, Refused
from cocreate.text.plain import clean

MOST_DOTS = 20
LONGEST_TIMER = 4 * 60 * 60
MOST_TOGETHER = 100
_CID_LENGTH = range(16, 65)
_UID_LENGTH = range(1, 33)


@dataclass(frozen=True, slots=True)
class Intent:
    """`cid` is the client's own random id: the same one sent again is the same operation."""

    cid: str
    kind: str
    fields: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.fields.get(name)


def read_intent(cid: object, op: object) -> Intent:
    """Raises Refused."""
    if not isinstance(cid, str) or len(cid) not in _CID_LENGTH or not cid.isascii():
        raise Refused(Code.BAD)
    kind = op.get("kind") if isinstance(op, dict) else None
    if not isinstance(op, dict) or not isinstance(kind, str) or kind not in KINDS:
        raise Refused(Code.BAD)
    return Intent(cid, kind, {name: read(op.get(name)) for name, read in KINDS[kind].items()})


def _uid(value: object) -> str:
    # Printable: PostgreSQL takes no NUL, not even to look for it.
    if isinstance(value, str) and len(value) in _UID_LENGTH and _is_plain(value):
        return value
    raise Refused(Code.BAD)


def _is_plain(value: str) -> bool:
    return value.isascii() and value.isprintable()


def _uid_or_none(value: object) -> str | None:
    return None if value is None else _uid(value)


def _uids(value: object) -> list[str]:
    if not isinstance(value, list) or not 0 < len(value) <= MOST_TOGETHER:
        raise Refused(Code.BAD)
    # Each once, in the order given.
    return list(dict.fromkeys(_uid(one) for one in value))


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise Refused(Code.BAD)
    text = clean(value)
    if not text:
        raise Refused(Code.EMPTY)
    if len(text) > NOTE_LENGTH:
        raise Refused(Code.TOO_LONG)
    return text


def _title(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(Code.BAD)
    text = clean(value, lines=False)
    if len(text) > TITLE_LENGTH:
        raise Refused(Code.TOO_LONG)
    return text


def _yes(value: object) -> bool:
    return value is True


def _number(most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
            return value
        raise Refused(Code.BAD)

    return read


def _one_of(choices: list[str]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if isinstance(value, str) and value in choices:
            return value
        raise Refused(Code.BAD)

    return read


_BIG = 2**53 - 1
KINDS: dict[str, dict[str, Callable[[object], Any]]] = {
    "note.add": {
        "column": _uid,
        "group": _uid_or_none,
        "text": _words,
        "paper": _yes,
        "sure": _yes,
    },
    "note.edit": {"note": _uid, "base": _number(_BIG), "text": _words, "sure": _yes},
    "note.move": {
        "note": _uid,
        "column": _uid,
        "group": _uid_or_none,
        "after": _uid_or_none,
        "first": _yes,
    },
    "note.take_back": {"note": _uid},
    "note.hide": {"note": _uid, "reason": _one_of(HideReason.values)},
    "note.show": {"note": _uid},
    "group.add": {"notes": _uids, "title": _title, "sure": _yes},
    "group.name": {"group": _uid, "base": _number(_BIG), "title": _title, "sure": _yes},
    "group.remove": {"group": _uid},
    "vote.set": {"note": _uid, "dots": _number(MOST_DOTS)},
    "room.dots": {"note": _uid, "dots": _number(1000)},
    "phase.set": {"phase": _one_of(Phase.values), "hidden": _yes},
    "timer.set": {"seconds": _number(LONGEST_TIMER)},
    "timer.extend": {"seconds": _number(LONGEST_TIMER)},
    "pause.set": {"on": _yes},
    "door.set": {"locked": _yes},
    "seat.remove": {"seat": _number(_BIG)},
    "undo": {
        "seq": _number(_BIG),
        "cid": lambda value: "" if value is None else _uid_or_cid(value),
    },
}


def _uid_or_cid(value: object) -> str:
    if isinstance(value, str) and len(value) in _CID_LENGTH and value.isascii():
        return value
    raise Refused(Code.BAD)
