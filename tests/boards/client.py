"""The reference client of the board protocol (docs/board-protocol.md), as small as it can be.

It keeps what it was told, sends again what was not acknowledged, and asks again when a number is
missing. The tests compare its board with a fresh snapshot for the same audience.
"""

import asyncio
import json
import random
import time
from collections import deque
from collections.abc import Coroutine
from contextlib import suppress
from itertools import count
from secrets import token_urlsafe
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

Message = dict[str, Any]
# Less than the server allows one person (docs/board-protocol.md, Limits).
AT_ONCE, A_SECOND = 10, 4
# Refusals that say: the same again, a little later.
LATER = frozenset({"busy", "unavailable", "too_fast"})
# Closed for good: no seat, or no such board.
ENDED = frozenset({4401, 4404})


class Board:
    """What one client knows, changed only by what the server tells."""

    def __init__(self) -> None:
        self.seq: int | None = None
        self.settings: Message = {}
        self.columns: list[Message] = []
        self.groups: dict[str, Message] = {}
        self.notes: dict[str, Message] = {}
        self.counts: dict[str, int] = {}
        self.mine: set[str] = set()
        self.votes: dict[str, int] = {}
        self.me: Message = {}

    def welcome(self, told: Message) -> None:
        self.me = told["me"]
        self.mine = set(told.get("mine", ()))
        self.votes = dict(told.get("votes", {}))
        if "board" in told:
            board = dict(told["board"])
            self.columns = board.pop("columns")
            self.groups = {group["id"]: group for group in board.pop("groups")}
            self.notes = {note["id"]: note for note in board.pop("notes")}
            self.notes |= {note["id"]: note for note in told.get("own", ())}
            self.counts = board.pop("counts")
            self.settings = board
        self.seq = told["seq"]

    def ops(self, told: Message) -> bool:
        """False when something is missing before these, so that the client asks again."""
        if self.seq is None or told["from"] > self.seq + 1:
            return False
        if told["to"] > self.seq:
            for entry in told["ops"]:
                self.apply(entry)
            if not told.get("more"):
                self.seq = told["to"]
        return True

    def apply(self, entry: Message) -> None:
        kind = entry["kind"]
        if kind == "note":
            self.notes[entry["note"]["id"]] = entry["note"]
        elif kind == "gone":
            self.notes.pop(entry["id"], None)
            self.votes.pop(entry["id"], None)
        elif kind == "count":
            self.counts[entry["column"]] = entry["n"]
        elif kind == "group":
            self.groups[entry["group"]["id"]] = entry["group"]
            self._put(entry["notes"])
        elif kind == "group.gone":
            self.groups.pop(entry["id"], None)
            for note in self.notes.values():
                if note["group"] == entry["id"]:
                    note["group"] = None
            self._put(entry["notes"])
        elif kind == "board":
            self.settings |= entry["board"]
            if "notes" in entry:
                self.notes = {}
                self.counts = entry["counts"]
                self._put(entry["notes"])
        elif kind == "notes":
            self._put(entry["notes"])
        elif kind == "vote":
            self.votes[entry["note"]] = entry["dots"]
            if not entry["dots"]:
                del self.votes[entry["note"]]
        elif kind == "cast" and "people" in entry:
            self.settings |= {"voted": entry["people"], "cast": entry["dots"]}
            self.settings["room"] = entry["room"]

    def _put(self, notes: list[Message]) -> None:
        self.notes |= {note["id"]: note for note in notes}


class Client:
    """One person's browser: a board, what is on its way, and every frame that came."""

    def __init__(self, url: str, cookie: str, origin: str, *, as_: str = "") -> None:
        self.url = f"{url}?som={as_}" if as_ else url
        self.headers = {"Cookie": cookie, "Origin": origin}
        self.board = Board()
        self.raw: list[str] = []
        self.sent: dict[str, Message] = {}
        self.acked: dict[str, list[Any]] = {}
        self.refused: dict[str, str] = {}
        self.people: int | None = None
        self.closed_with: int | None = None
        self._socket: ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None
        self._changed = asyncio.Condition()
        self._doing: set[asyncio.Task[None]] = set()
        self._line: deque[str] = deque()
        self._is_speaking = False
        self._budget, self._spoke = float(AT_ONCE), time.monotonic()

    async def open(self, *, hello: bool = True) -> "Client":
        self._socket = await connect(
            self.url, additional_headers=self.headers, max_size=None, compression=None
        )
        self.closed_with = None
        if hello:
            await self.say({"t": "hello", "v": 1, "since": self.board.seq})
        # Those whose answer the line took with it are asked again, with the same ids.
        self._line = deque(self.sent)
        self._reading = asyncio.create_task(self._read(self._socket))
        self._start(self._speak())
        return self

    async def stays(self, addresses: list[str], wait: float = 0.5) -> None:
        """Comes back whenever it is thrown out, as a page does, to one server after the other from
        its own on; cancelled when it is enough."""
        first = addresses.index(self.url[: self.url.index("/ws/")])
        for turn in count(first):
            base = addresses[turn % len(addresses)]
            self.url = f"{base}{self.url[self.url.index('/ws/') :]}"
            self.headers["Origin"] = base.replace("ws", "http", 1)
            try:
                await self.open()
                if self._reading is not None:
                    await asyncio.wait({self._reading})
            except (OSError, WebSocketException, TimeoutError):
                pass
            if self.closed_with in ENDED:
                return
            await asyncio.sleep(random.uniform(wait / 5, wait))  # noqa: S311

    async def close(self) -> None:
        if self._socket is not None:
            await self._socket.close()
        if self._reading is not None:
            await self._reading

    def drop(self) -> None:
        """As when the power goes: no goodbye."""
        if self._socket is not None:
            self._socket.transport.abort()

    async def say(self, message: Message | str | bytes) -> None:
        if self._socket is not None:
            text = message if isinstance(message, str | bytes) else json.dumps(message)
            with suppress(ConnectionClosed):
                await self._socket.send(text)

    async def send(self, kind: str, **fields: Any) -> str:
        """Returns the client id; the operation stays in `sent` until it is answered."""
        cid = token_urlsafe(16)
        self.sent[cid] = {"kind": kind, **fields}
        self._line.append(cid)
        await self._speak()
        return cid

    async def _speak(self) -> None:
        """What stands in line, never faster than one person may speak: else a long line would be
        refused for its haste for ever."""
        if self._is_speaking:
            return
        self._is_speaking = True
        try:
            while self._line:
                now = time.monotonic()
                self._budget = min(AT_ONCE, self._budget + (now - self._spoke) * A_SECOND)
                self._spoke = now
                if self._budget < 1:
                    self._start(self._speak_later())
                    return
                cid = self._line.popleft()
                if cid in self.sent:
                    self._budget -= 1
                    await self.say({"t": "op", "cid": cid, "op": self.sent[cid]})
        finally:
            self._is_speaking = False

    async def _speak_later(self) -> None:
        await asyncio.sleep(1 / A_SECOND)
        await self._speak()

    def _start(self, what: "Coroutine[Any, Any, None]") -> None:
        doing = asyncio.get_running_loop().create_task(what)
        self._doing.add(doing)
        doing.add_done_callback(self._doing.discard)

    async def do(self, kind: str, **fields: Any) -> list[Any]:
        """Sends and waits for the answer: [cid, seq] or [cid, seq, note]."""
        cid = await self.send(kind, **fields)
        await self.until(lambda: cid in self.acked or self.refused.get(cid, "busy") not in LATER)
        if cid not in self.acked:
            raise AssertionError(f"refused: {self.refused[cid]}")
        return self.acked[cid]

    async def until(self, so: Any, seconds: float = 10) -> None:
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(so), seconds)

    async def reaches(self, seq: int, seconds: float = 10) -> None:
        await self.until(lambda: (self.board.seq or 0) >= seq, seconds)

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for text in socket:
                assert isinstance(text, str)
                self.raw.append(text)
                await self._hear(json.loads(text))
        except ConnectionClosed:
            pass
        self.closed_with = socket.close_code
        async with self._changed:
            self._changed.notify_all()

    async def _hear(self, told: Message) -> None:
        if told["t"] == "welcome":
            self.board.welcome(told)
        elif told["t"] == "ops":
            if not self.board.ops(told):
                await self.say({"t": "hello", "v": 1, "since": self.board.seq})
        elif told["t"] == "mine":
            self.board.mine |= set(told["notes"])
        elif told["t"] == "ack":
            for one in told["acks"]:
                self._acknowledged(one)
        elif told["t"] == "refused":
            if told["code"] in LATER:
                asyncio.get_running_loop().call_later(
                    random.uniform(0.2, 1.0),  # noqa: S311
                    self._say_again, told["cid"], self._socket,
                )  # fmt: skip
            self.refused[told["cid"]] = told["code"]
            if told["code"] not in LATER:
                self.sent.pop(told["cid"], None)
        elif told["t"] == "presence":
            self.people = told["people"]
        async with self._changed:
            self._changed.notify_all()

    def _say_again(self, cid: str, socket: ClientConnection) -> None:
        """On the same connection; on a new one everything unsent was said at once."""
        if socket is not self._socket:
            return
        if cid:
            self._line.append(cid)
            self._start(self._speak())
        else:
            self._start(self.say({"t": "hello", "v": 1, "since": self.board.seq}))

    def _acknowledged(self, one: list[Any]) -> None:
        self.acked[one[0]] = one
        op = self.sent.pop(one[0], None)
        if op and op["kind"] in {"note.add", "note.edit"} and len(one) > 2:
            self.board.mine.add(one[2])
