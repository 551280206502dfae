"""The boards that are open in this process, and the way between processes."""

import asyncio
import json
import logging
from dataclasses import asdict
from functools import lru_cache
from secrets import token_hex
from typing import Any

import redis.asyncio
from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from cocreate.boards.desk import Desk
from cocreate.boards.frames import Frames, dumps
from cocreate.boards.hub import Hub
from cocreate.boards.presence import Presence, place

log = logging.getLogger(__name__)

# A process without sockets on a board needs no task for it.
EMPTY_SECONDS = 60.0
AGAIN_SECONDS = 1.0


class House:
    """One for each event loop; made by the first socket that comes in."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.desk = Desk()
        self.hubs: dict[int, Hub] = {}
        self._name = token_hex(8)
        self._relay_is_up = False
        self._outbox: asyncio.Queue[str] = asyncio.Queue(maxsize=1000)
        self._relaying: list[asyncio.Task[None]] = []
        self._presence: Presence | None = None
        if settings.REDIS_URL:
            self._presence = Presence(self._name)
            self._relaying = [
                asyncio.create_task(self._listen()),
                asyncio.create_task(self._publish()),
            ]

    def hub(self, board: int) -> Hub:
        if board not in self.hubs:
            self.hubs[board] = Hub(
                board,
                self.desk,
                tell_others=self._tell_others,
                others_are_told=lambda: self._relay_is_up,
                people_elsewhere=self._presence.elsewhere if self._presence else None,
            )
        return self.hubs[board]

    def close_when_empty(self, board: int) -> None:
        self.loop.call_later(EMPTY_SECONDS, self._close_if_empty, board)

    def _close_if_empty(self, board: int) -> None:
        hub = self.hubs.get(board)
        if hub is not None and not hub.open:
            hub.stop()
            del self.hubs[board]

    def arrive(self, told: Frames) -> None:
        hub = self.hubs.get(told.board)
        if hub is not None:
            hub.arrive(told)

    async def close(self) -> None:
        for task in self._relaying:
            task.cancel()
        for hub in self.hubs.values():
            hub.stop()
        self.hubs.clear()
        if self._presence:
            await self._presence.close()
        await self.loop.run_in_executor(None, self.desk.close)

    # --- between processes: a hint, never the truth ----------------------------------------------

    def _tell_others(self, told: Frames) -> None:
        if not settings.REDIS_URL:
            return
        try:
            self._outbox.put_nowait(_packed(told, self._name))
        except asyncio.QueueFull:
            log.warning("board %s: others were not told", told.board)

    async def _publish(self) -> None:
        client = redis.asyncio.from_url(settings.REDIS_URL)
        while True:
            packed = await self._outbox.get()
            try:
                await client.publish(channel(), packed)
            except (RedisError, OSError) as error:
                # They look for themselves.
                log.warning("others were not told: %s", type(error).__name__)

    async def _listen(self) -> None:
        while True:
            try:
                async with redis.asyncio.from_url(settings.REDIS_URL).pubsub() as heard:
                    await heard.subscribe(channel())
                    self._relay_is_up = True
                    async for message in heard.listen():
                        if message["type"] == "message":
                            self._hear(message["data"])
            except (RedisError, OSError) as error:
                log.warning("the way between processes is closed: %s", type(error).__name__)
            self._relay_is_up = False
            await asyncio.sleep(AGAIN_SECONDS)

    def _hear(self, packed: bytes) -> None:
        told: dict[str, Any] = json.loads(packed)
        if told.pop("by") != self._name:
            own = {int(participant): texts for participant, texts in told.pop("own").items()}
            self.arrive(Frames(**told, own=own))


def channel() -> str:
    return f"{place()}:all"


def _packed(told: Frames, by: str) -> str:
    return dumps({**asdict(told), "by": by})


_house: House | None = None


def house() -> House:
    """This process's; a new one when the event loop is another (tests, a restarted server)."""
    global _house
    loop = asyncio.get_running_loop()
    if _house is None or _house.loop is not loop:
        _house = House()
    return _house


def tell_everybody(told: Frames) -> None:
    """From a form's thread: what was stored goes to the sockets of this process and of others."""
    here = _house
    if here is not None and not here.loop.is_closed():
        here.loop.call_soon_threadsafe(here.arrive, told)
    if settings.REDIS_URL:
        try:
            _client(settings.REDIS_URL).publish(channel(), _packed(told, "a form"))
        except (RedisError, OSError) as error:
            log.warning("others were not told: %s", type(error).__name__)


@lru_cache(maxsize=2)
def _client(url: str) -> "Redis":
    return Redis.from_url(url, socket_timeout=1)
