"""Every address of the workshops in every form one can ask for, and what its forms answer.

The place says whom the bytes are for: a seat at the board, the wall, those who lead, whoever has
the seven words, or everybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.boards.spies.planted import READERS, Planted

NOTES = ("again", "hidden", "back")
SEEN_AS = {"som=tovholder": "lead road", "som=laerred": "wall"}
ROAD = ["?", *(f"?{som}" for som in SEEN_AS)]
# By the name of the route: the place, and the queries it is asked with.
ADDRESSES: dict[str, tuple[str, list[str]]] = {
    "workshops": ("list", ["", "?efter={room}"]),
    "workshop_new": ("new", [""]),
    "workshop_how": ("list", [""]),
    "workshop_outcome": ("outcome", [""]),
    "board_code": ("door", ["", "?kode={code}", "?kode=AAAAAA"]),
    "board": ("board", ["", *(f"?seddel={{{name}}}" for name in NOTES), "?gruppe={group}"]),
    "board_do": ("board", [""]),
    "board_own_code": ("code", [""]),
    "board_leave": ("door", [""]),
    "board_scribe": ("board", [""]),
    "board_wall": ("wall", ["", "?side=2"]),
    "board_lead": ("lead page", [""]),
    "board_lead_do": ("lead page", [""]),
    "board_harvest": ("harvest", [""]),
    "board_csv": ("file", [""]),
    "board_json": ("file", [""]),
    "board_print": ("file", [""]),
    "board_poster": ("door", [""]),
    "board_ops": ("board", [f"{som}&since=0" for som in ROAD]),
    "board_snapshot": ("board", ROAD),
    "held_note": ("own", [""]),
    "note_say_to": ("outcome", [""]),
    "desk_group_name": ("door", [""]),
}
# Contributions that notes became: one is shown and one waits.
VOICES = ("voice of ulla", "voice of mo")
# What stands in an address besides the code.
PUBLIC_IDS = {
    "workshop_outcome": ("room",),
    "held_note": NOTES,
    "note_say_to": VOICES,
    "desk_group_name": VOICES,
}
# These are asked for by the code that was changed too.
BY_FORMER_CODE = {"board", "board_lead", "board_snapshot"}
CPR = "Mit nummer er 010190-1234."
# What is answered when nothing is done: it is refused, or only looked at.
SENT: list[tuple[str, dict[str, Any]]] = [
    ("board", {"submission_id": "x" * 32, "name": "40 12 34 56"}),
    ("board_do", {"kind": "note.add", "column": "{column}", "text": CPR}),
    ("board_do", {"kind": "note.add", "column": "{column}", "text": CPR, "from": "skriver"}),
    ("board_do", {"kind": "note.edit", "note": "{again}", "base": "1", "text": CPR}),
    ("board_do", {"kind": "note.edit", "note": "{hidden}", "base": "1", "text": CPR}),
    ("board_do", {"kind": "group.name", "group": "{group}", "base": "0", "title": "Et navn"}),
    ("board_lead_do", {"do": "hide", "note": ["{mo}", "{hidden}", "{back}"]}),
    ("board_harvest", {"do": "look", "note": ["{mo}", "{hidden}", "{back}"], "group": "{group}"}),
    ("board_harvest", {"do": "choose", "note": ["{mo}", "{hidden}"]}),
    ("workshop_new", {"title": ""}),
    ("note_say_to", {"text": CPR}),
]
OPS = [
    *({"kind": "note.edit", "note": f"{{{name}}}", "base": 1, "text": CPR} for name in NOTES),
    {"kind": "note.hide", "note": "{mo}", "reason": "none"},
]
# Where else somebody's own notes stand, whatever they became.
ALSO = [("own", "/kode/mine/")]


@dataclass(frozen=True)
class Address:
    route: str
    place: str
    path: str
    sent: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.path} {self.sent or ''}"

    def opened_by(self, client: Client) -> str:
        """All the bytes of the answer, headers and cookies too."""
        as_json = {"content_type": "application/json"} if "ops" in self.sent else {}
        if self.sent:
            answer = client.post(self.path, self.sent, **as_json)
        else:
            answer = client.get(self.path)
        assert answer.status_code < 500, self
        head = f"{answer.status_code}\n{answer.headers}\n{answer.cookies.output()}\n"
        return head + answer.getvalue().decode()


def read(world: Planted, readers: tuple[str, ...] = READERS) -> Iterator[tuple[str, Address, str]]:
    """Everything as each of them is given it."""
    for reader in readers:
        # Wrong codes are counted for each network.
        cache.clear()
        client = world.client(reader)
        for address in addresses(world):
            yield reader, address, address.opened_by(client)


def addresses(world: Planted) -> Iterator[Address]:
    known = {
        **world.uids,
        **{name: world.voices.get(name.split()[-1], "none") for name in VOICES},
        "group": world.group,
        "column": world.party.columns[0].uid,
        "code": world.party.workshop.code,
        "room": world.party.workshop.room.public_id,
    }
    for route, (place, queries) in ADDRESSES.items():
        for path in _paths(route, known):
            for query in queries:
                here = next((place for som, place in SEEN_AS.items() if som in query), place)
                yield Address(route, here, path + query.format(**known))
    for route in BY_FORMER_CODE:
        for path in _paths(route, known | {"code": world.former_code}):
            yield Address(route, ADDRESSES[route][0], path)
    for route, said in SENT:
        for path in _paths(route, known):
            yield Address(route, ADDRESSES[route][0], path, filled(said, known))
    ops = [{"cid": f"the-spys-own-{n:03}", "op": filled(op, known)} for n, op in enumerate(OPS)]
    yield Address("board_ops", "board", f"/v/{known['code']}/ops/", {"ops": ops})
    for place, path in ALSO:
        yield Address("", place, path)


def _paths(route: str, known: dict[str, str]) -> Iterator[str]:
    for name in PUBLIC_IDS.get(route, ("room",)):
        values = {"code": known["code"], "public_id": known[name]}
        yield reverse(route, kwargs={name: values[name] for name in ROUTES[route]})


def filled(said: Any, known: dict[str, str]) -> Any:
    if isinstance(said, str):
        return said.format(**known)
    if isinstance(said, list):
        return [filled(one, known) for one in said]
    if isinstance(said, dict):
        return {name: filled(one, known) for name, one in said.items()}
    return said


def _of_the_boards(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, list[str]]]:
    """By name, with their parameters: all routes that lead to a view of the boards."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _of_the_boards(pattern.url_patterns)
        elif pattern.callback.__module__.startswith("cocreate.boards"):
            yield str(pattern.name), list(pattern.pattern.converters)


ROUTES = dict(_of_the_boards(get_resolver().url_patterns))
