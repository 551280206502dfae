"""Redis as a cache that may be away: then everything is a miss, and no page or form fails for it.

What is kept there can be done without: pages are made anew, and limits count again from nought when
it is back. No page is shown too old afterwards, since the versions it is filed under are read from
the database.
"""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

# So long it is not asked again, so that a page does not wait for each of its looks.
PAUSE_SECONDS = 2.0
# A Redis that does not answer at all is away too.
TIMEOUTS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}


class PatientClient(RedisCacheClient):
    """One for each thread."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{**TIMEOUTS, **options})
        self._asked_again_at = 0.0

    def _or(self, answer: Any, ask: Callable[..., Any], *arguments: Any) -> Any:
        if monotonic() < self._asked_again_at:
            return answer
        try:
            return ask(*arguments)
        except (RedisError, OSError) as error:
            log.warning("the cache is away: %s", type(error).__name__)
            self._asked_again_at = monotonic() + PAUSE_SECONDS
            return answer

    def get(self, key: Any, default: Any) -> Any:
        return self._or(default, super().get, key, default)

    def get_many(self, keys: Any) -> dict[Any, Any]:
        found: dict[Any, Any] = self._or({}, super().get_many, keys)
        return found

    def has_key(self, key: Any) -> bool:
        return bool(self._or(False, super().has_key, key))

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return bool(self._or(True, super().add, key, value, timeout))

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._or(None, super().set, key, value, timeout)

    def set_many(self, data: Any, timeout: Any) -> None:
        self._or(None, super().set_many, data, timeout)

    def touch(self, key: Any, timeout: Any) -> bool:
        return bool(self._or(False, super().touch, key, timeout))

    def incr(self, key: Any, delta: Any) -> int:
        """Raises ValueError for a key that is not there, as every cache of Django's."""
        count = self._or(None, super().incr, key, delta)
        if count is None:
            raise ValueError(f"Key '{key}' not found.")
        return int(count)

    def delete(self, key: Any) -> bool:
        return bool(self._or(False, super().delete, key))

    def delete_many(self, keys: Any) -> None:
        self._or(None, super().delete_many, keys)

    def clear(self) -> bool:
        return bool(self._or(False, super().clear))


class PatientRedis(RedisCache):
    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = PatientClient
