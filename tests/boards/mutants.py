"""Frames as nobody should send them: good ones bent in every way, by a seed."""

import json
import random
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from cocreate.boards.intents import KINDS
from tests.boards.people import Party

ODD: list[Any] = [
    None, True, False, 0, -1, 1, 2**31, 2**53, 2**63, 2**64, -(2**64), 1.5, 1e308, "", " ", "\x00",
    "\ud800", "\u202e", "x" * 1001, "æ" * 5000, "'; DROP TABLE boards_note; --", "{{7*7}}", "<b>",
    "../../etc/passwd", [], {}, [None], [[]], {"a": {}}, ["x"] * 200, {"$ne": 1}, "note.add",
    "collect", "closed", "NaN", "010190-1234", "a\nb", "\u200b", "👩‍👩‍👧‍👧" * 30, "e" + "\u0301" * 3000,
]  # fmt: skip


def frames(
    dice: random.Random, party: Party, how_many: int, ids: Sequence[str] = ()
) -> list[str | bytes]:
    """Mostly operations, some of everything else."""
    known = [*(column.uid for column in party.columns), *ids]
    made: list[str | bytes] = []
    for _ in range(how_many):
        text = _text(_bent(dice, _frame(dice, known)))
        made.append(_torn(dice, text))
    return made


def _frame(dice: random.Random, known: list[str]) -> dict[str, Any]:
    kind = dice.choice([*KINDS, *KINDS, "hello", "ping"])
    if kind == "hello":
        return {"t": "hello", "v": 1, "since": dice.choice([None, 0, 1])}
    if kind == "ping":
        return {"t": "ping"}
    op: dict[str, Any] = {"kind": kind}
    for name in KINDS[kind]:
        op[name] = dice.choice([*known, "x" * 24, 1, 0, True, "Et ord.", None, [known[0]]])
    cid = "".join(dice.choices("abcdefghijkmnp0123456789", k=24))
    return {"t": "op", "cid": cid, "op": op}


def _bent(dice: random.Random, frame: dict[str, Any]) -> Any:
    for _ in range(dice.randrange(4)):
        inner = frame.get("op")
        where = inner if isinstance(inner, dict) and dice.random() < 0.7 else frame
        name = dice.choice([*where, "ekstra"])
        how = dice.random()
        if how < 0.2:
            where.pop(name, None)
        elif how < 0.3:
            where[name] = [deepcopy(where.get(name))] * dice.randrange(5)
        else:
            where[name] = deepcopy(dice.choice(ODD))
    if dice.random() < 0.05:
        return deepcopy(dice.choice(ODD))
    return frame


def _text(value: Any) -> str:
    return json.dumps(value)


def _torn(dice: random.Random, text: str) -> str | bytes:
    """Cut, doubled, nested, or with a sign changed."""
    how = dice.random()
    if how < 0.06:
        return text[: dice.randrange(len(text) + 1)]
    if how < 0.09:
        return text + text
    if how < 0.12:
        depth = dice.choice([10, 500, 3000, 15_000])
        return "[" * depth + text[:100] + "]" * depth
    if how < 0.16 and text:
        at = dice.randrange(len(text))
        return text[:at] + chr(dice.randrange(1, 0x2FF)) + text[at + 1 :]
    if how < 0.17:
        return text.encode()
    if how < 0.18:
        return text.replace("{", '{"a":' + "9" * dice.choice([10, 5000]) + ",", 1)
    return text
