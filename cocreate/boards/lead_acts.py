"""What a button of the facilitator's page asks for: operations of the board, as any client's.

A button carries `do`, a kind and what it is about divided by colons; fields of its form say the rest.
"""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cocreate.boards.asking import Asked
from cocreate.boards.intents import read_intent
from cocreate.boards.operations import fresh_cid
from cocreate.boards.refusals import Code, Refused
from cocreate.boards.seats import Seat

Op = dict[str, Any]


class Missing(Exception):
    """The form lacks something that only the facilitator can say."""

    def __init__(self, sentence: Promise) -> None:
        super().__init__(str(sentence))


NO_NOTE = _("Choose one note or more first.")
NO_REASON = _("Choose why the notes are to be hidden.")
NO_PLACE = _("Choose where the notes are to go.")
NO_MINUTES = _("Write how many minutes, from 1 to 240.")
NO_DOTS = _("Write the dots as whole numbers, 0 to 1,000.")


def asked_by(post: QueryDict, seat: Seat) -> list[Asked]:
    """Raises Missing, and Refused for what no form of ours sends. The form's own random id makes
    the same form sent twice the same operations."""
    kind, _colon, about = post.get("do", "").partition(":")
    read = ACTS.get(kind)
    if read is None:
        raise Refused(Code.BAD)
    once = post.get("once", "")[:40] or fresh_cid()
    ops = read(post, about)
    return [Asked(seat, read_intent(f"{once}.{kind}.{n}"[:64], op)) for n, op in enumerate(ops)]


# --- the time and the phase -----------------------------------------------------------------------


def _phase(post: QueryDict, about: str) -> list[Op]:
    phase, _colon, how = about.partition(":")
    return [{"kind": "phase.set", "phase": phase, "hidden": how == "hidden"}]


def _timer(post: QueryDict, about: str) -> list[Op]:
    if about:
        return [{"kind": "timer.set", "seconds": _whole(about)}]
    minutes = post.get("minutes", "").strip()
    if not minutes.isdecimal() or len(minutes) > 3 or not 1 <= int(minutes) <= 240:
        raise Missing(NO_MINUTES)
    return [{"kind": "timer.set", "seconds": int(minutes) * 60}]


def _extend(post: QueryDict, about: str) -> list[Op]:
    return [{"kind": "timer.extend", "seconds": _whole(about)}]


def _pause(post: QueryDict, about: str) -> list[Op]:
    return [{"kind": "pause.set", "on": about == "on"}]


def _door(post: QueryDict, about: str) -> list[Op]:
    return [{"kind": "door.set", "locked": about == "locked"}]


def _out(post: QueryDict, about: str) -> list[Op]:
    return [{"kind": "seat.remove", "seat": _whole(about)}]


def _undo(post: QueryDict, about: str) -> list[Op]:
    return [{"kind": "undo", "seq": _whole(about)}]


# --- notes ----------------------------------------------------------------------------------------


def _hide(post: QueryDict, about: str) -> list[Op]:
    notes = _notes(post)
    if not post.get("reason"):
        raise Missing(NO_REASON)
    return [{"kind": "note.hide", "note": note, "reason": post["reason"]} for note in notes]


def _show(post: QueryDict, about: str) -> list[Op]:
    return [{"kind": "note.show", "note": about}]


def _move(post: QueryDict, about: str) -> list[Op]:
    """To a column, "<column>", or into a group, "<column>:<group>"."""
    notes, (column, _colon, group) = _notes(post), post.get("to", "").partition(":")
    if not column:
        raise Missing(NO_PLACE)
    return [
        {"kind": "note.move", "note": note, "column": column, "group": group or None}
        for note in notes
    ]


def _group(post: QueryDict, about: str) -> list[Op]:
    title = post.get("title", "")
    return [{"kind": "group.add", "notes": _notes(post), "title": title, "sure": True}]


def _ungroup(post: QueryDict, about: str) -> list[Op]:
    return [{"kind": "group.remove", "group": about}]


def _name(post: QueryDict, about: str) -> list[Op]:
    base, title = post.get(f"base-{about}", "0"), post.get(f"title-{about}", "")
    return [{"kind": "group.name", "group": about, "base": _whole(base), "title": title}]


def _write(post: QueryDict, about: str) -> list[Op]:
    column, text = post.get("column", ""), post.get("text", "")
    return [{"kind": "note.add", "column": column, "text": text, "sure": about == "sure"}]


def _dots(post: QueryDict, about: str) -> list[Op]:
    """Only those that were changed: each field tells what it said before."""
    asked = []
    for name in post:
        note, value = name.removeprefix("dots-"), post.get(name, "")
        if note == name or value == post.get(f"was-{note}"):
            continue
        if not value.strip().isdecimal() or len(value.strip()) > 4 or int(value) > 1000:
            raise Missing(NO_DOTS)
        asked.append({"kind": "room.dots", "note": note, "dots": int(value)})
    return asked


def _notes(post: QueryDict) -> list[str]:
    notes = post.getlist("note")
    if not notes:
        raise Missing(NO_NOTE)
    return notes


def _whole(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or len(value) > 15:
        raise Refused(Code.BAD)
    return int(value)


ACTS: dict[str, Callable[[QueryDict, str], list[Op]]] = {
    "phase": _phase,
    "timer": _timer,
    "extend": _extend,
    "pause": _pause,
    "door": _door,
    "out": _out,
    "undo": _undo,
    "hide": _hide,
    "show": _show,
    "move": _move,
    "group": _group,
    "ungroup": _ungroup,
    "name": _name,
    "write": _write,
    "dots": _dots,
}
