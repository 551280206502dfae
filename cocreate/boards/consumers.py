"""The socket of a board: who comes in, how much they may say, and how they are written to."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from channels.consumer import get_handler_name
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import Error as DatabaseProblem
from django.http import parse_cookie
from django.utils import translation

from cocreate.boards.asking import Asked
from cocreate.boards.doors import NO_SUCH_BOARD, NOT_ALLOWED, Entered, enter, is_from_here
from cocreate.boards.frames import refusal
from cocreate.boards.house import house
from cocreate.boards.hub import Hub
from cocreate.boards.intents import read_intent
from cocreate.boards.limits import Bucket, bucket_of
from cocreate.boards.refusals import Code, Refused
from cocreate.boards.seats import Seat
from cocreate.boards.wire import Wire

# All from the range that is an application's own: some servers send no other.
TOO_FAST, SLOW, UNAVAILABLE, TOO_LARGE, NOT_TEXT = 4429, 4408, 4503, 4413, 4400
LONGEST_MESSAGE = 64 * 1024
MOST_UNSENT = 1024 * 1024
PONG = Wire.of(['{"t":"pong"}'])


class BoardConsumer(AsyncWebsocketConsumer):
    # No channel layer: frames go from the hub to the socket and queue nowhere between.
    channel_layer_alias = "boards take none"

    seat: Seat
    looking: asyncio.Task[None] | None = None
    write_ready: Callable[[bytes], bool] | None = None
    hub: Hub | None = None
    is_closing = False
    language = "da"
    # Bytes handed to a server that has not sent them yet.
    unsent = 0

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Without Channels' look after database connections: none is opened in this thread, and the
        look stood for an eighth of all samples in a profile of 200 people and 50 notes a second."""
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        if not is_from_here(self.scope):
            await self.close()  # refused before the handshake is through
            return
        await self.accept()
        query = parse_qs(self.scope["query_string"].decode("latin-1"))
        language = query.get("sprog", ["da"])[0]
        self.language = language if translation.check_for_language(language) else "da"
        code = self.scope["url_route"]["kwargs"]["code"]
        asked_as = query.get("som", [""])[0]
        entered = await self._entered(code, asked_as)
        if isinstance(entered, int):
            await self._shut(entered)
            return
        self.seat = entered.seat
        # A server may take frames ready-made (servers.py); otherwise each is framed for itself.
        self.write_ready = (self.scope.get("extensions") or {}).get("board.write")
        self.hub = house().hub(entered.board)
        if not self.hub.opens(self):
            await self._shut(TOO_FAST)
        elif self.seat.participant is None or self.seat.is_facilitator:
            # Their right lies in a session, which ends without a word to the board.
            self.looking = asyncio.create_task(self._look_at_the_session(code, asked_as))

    async def _entered(self, code: str, asked_as: str) -> Entered | int:
        try:
            return await house().desk.read(lambda: enter(code, asked_as, _cookies(self.scope)))
        except DatabaseProblem:
            return UNAVAILABLE

    async def _look_at_the_session(self, code: str, asked_as: str) -> None:
        """Signing out, a lost role or a lost second factor closes the socket too."""
        while not self.is_closing:
            await asyncio.sleep(settings.BOARD_SESSION_SECONDS)
            entered = await self._entered(code, asked_as)
            if entered in {NOT_ALLOWED, NO_SUCH_BOARD}:
                self.close_with(NOT_ALLOWED)
                return

    async def disconnect(self, code: int) -> None:
        if self.looking is not None:
            self.looking.cancel()
        if self.hub is not None:
            self.hub.leave(self)
            if not self.hub.open:
                house().close_when_empty(self.hub.board)

    # --- what comes in ---------------------------------------------------------------------------

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.is_closing or self.hub is None:
            return
        if text_data is None or len(text_data) > LONGEST_MESSAGE:
            await self._shut(TOO_LARGE if text_data else NOT_TEXT)
            return
        message = _read(text_data)
        bucket = bucket_of(self.seat.person)
        if not bucket.takes_one():
            await self._too_fast(message, bucket)
        elif message.get("t") == "hello":
            await self._hello(message, self.hub)
        elif message.get("t") == "op":
            self._op(message, self.hub)
        elif message.get("t") == "ping":
            self.write(PONG)
        else:
            self.refuse("", Code.BAD)

    async def _hello(self, message: dict[str, Any], hub: Hub) -> None:
        since = message.get("since")
        if since is not None and (type(since) is not int or not 0 <= since < 2**53):
            self.refuse("", Code.BAD)
            return
        try:
            await hub.join(self, since)
        except DatabaseProblem:
            await self._shut(UNAVAILABLE)

    def _op(self, message: dict[str, Any], hub: Hub) -> None:
        cid = message.get("cid")
        told = cid if isinstance(cid, str) else ""
        if self not in hub.sockets:
            self.refuse(told, Code.BAD)
            return
        try:
            intent = read_intent(cid, message.get("op"))
        except Refused as refused:
            self.refuse(told, refused.code)
            return
        hub.submit(Asked(self.seat, intent), self)

    async def _too_fast(self, message: dict[str, Any], bucket: Bucket) -> None:
        if bucket.is_flooded:
            await self._shut(TOO_FAST)
            return
        cid = message.get("cid")
        self.refuse(cid if isinstance(cid, str) else "", Code.TOO_FAST)

    def refuse(self, cid: str, code: Code) -> None:
        """In this reader's own language."""
        with translation.override(self.language):
            self.write(Wire.of([refusal(cid[:64], Refused(code))]))

    # --- what goes out ---------------------------------------------------------------------------

    def write(self, wire: Wire) -> None:
        """Never waits: a slow reader is shut out, not waited for."""
        if self.is_closing:
            return
        if self.write_ready is None:
            self._queue(wire)
        elif not self.write_ready(wire.raw):
            self.close_with(SLOW)

    def close_with(self, code: int) -> None:
        if not self.is_closing:
            self.is_closing = True
            shutting = asyncio.get_running_loop().create_task(self._shut(code))
            shutting.add_done_callback(_whoever_is_gone_needs_no_goodbye)

    def _queue(self, wire: Wire) -> None:
        """For a server that takes text only, in the order given."""
        size = len(wire.raw)
        self.unsent += size
        if self.unsent > MOST_UNSENT:
            self.close_with(SLOW)
            return
        sending = asyncio.get_running_loop().create_task(self._send_all(wire.texts))
        sending.add_done_callback(lambda _done: self._sent(size))
        sending.add_done_callback(_whoever_is_gone_needs_no_goodbye)

    async def _send_all(self, texts: tuple[str, ...]) -> None:
        for text in texts:
            await self.base_send({"type": "websocket.send", "text": text})

    def _sent(self, size: int) -> None:
        self.unsent -= size

    async def _shut(self, code: int) -> None:
        self.is_closing = True
        if self.hub is not None:
            self.hub.sockets.discard(self)
        await self.close(code=code)


def _whoever_is_gone_needs_no_goodbye(task: "asyncio.Task[None]") -> None:
    """A server says so by an exception of its own, for which nobody waits."""
    if not task.cancelled():
        task.exception()


def _read(text: str) -> dict[str, Any]:
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}


def _cookies(scope: dict[str, Any]) -> dict[str, str]:
    """Read as a page reads them, so that another program's odd cookie spoils neither."""
    lines = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
    return parse_cookie("; ".join(lines))
