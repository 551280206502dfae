"""How many people are at a board in the other processes: a number each, and never who.

Redis keeps it for as long as it is renewed; without Redis, or while it is away, each process tells
of its own people alone. Somebody with pages at two processes counts as two.
"""

import logging
import time
from collections.abc import Mapping

import redis.asyncio
from django.conf import settings
from django.db import connection
from redis.exceptions import RedisError

from cocreate.contributions.codes import digest

log = logging.getLogger(__name__)

# After so long a process says again how many are there, and so long it is believed.
RENEW_SECONDS = 3.0
BELIEVED_SECONDS = 15


class Presence:
    """This process's side of it; `name` is the process's own."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._redis = redis.asyncio.from_url(
            settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1
        )

    async def elsewhere(self, board: int, here: int) -> int:
        """Tells the others that so many are here; returns how many there are with them."""
        key = f"{place()}:{board}:people"
        try:
            async with self._redis.pipeline(transaction=False) as asked:
                asked.hset(key, self._name, f"{here} {time.time():.0f}")
                asked.expire(key, BELIEVED_SECONDS)
                asked.hgetall(key)
                said: Mapping[bytes, bytes] = (await asked.execute())[-1]
        except (RedisError, OSError) as error:
            log.info("board %s: others were not counted: %s", board, type(error).__name__)
            return 0
        return sum(_believed(value) for name, value in said.items() if name.decode() != self._name)

    async def close(self) -> None:
        await self._redis.aclose()


def _believed(value: bytes) -> int:
    """A process that was killed says nothing more."""
    people, _space, at = value.decode().partition(" ")
    return int(people) if time.time() - float(at) < BELIEVED_SECONDS else 0


def place() -> str:
    """Another installation on the same Redis has boards with the same numbers."""
    return f"board:{digest('relay', str(connection.settings_dict['NAME']))[:16]}"
