"""The threads of a process that speak with the database for its boards.

One writes, one reads, each on a connection of its own that stays open: a note never queues behind a
page view (Django's views share one thread), nor behind five hundred people coming in at once.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


class Desk:
    def __init__(self) -> None:
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="board-writes")
        self._reading = ThreadPoolExecutor(1, thread_name_prefix="board-reads")

    async def write(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writing, _kept, work)

    async def read(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._reading, _kept, work)

    def close(self) -> None:
        """Waits for what is being done and closes both connections."""
        for pool in (self._writing, self._reading):
            pool.submit(connection.close)
            pool.shutdown(wait=True)


def _kept(work: Callable[[], T]) -> T:
    """With a connection that outlives the call, made anew when the old one is broken."""
    connection.close_if_unusable_or_obsolete()
    connection.ensure_connection()
    # CONN_MAX_AGE is for page views, whose threads come and go; these two stay.
    connection.close_at = None
    return work()
