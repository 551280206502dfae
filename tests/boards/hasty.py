"""A server with one fault on purpose: it says that something is stored before it is. The test of the
tests: what `bench.chaos` measures must find this."""

import asyncio

from cocreate.asgi import application
from cocreate.boards import house
from cocreate.boards.asking import Done
from cocreate.boards.hub import Hub

__all__ = ["application"]


class HastyHub(Hub):
    async def _store(self) -> None:
        notes = [one for one in self._pending if one.asked.intent.kind == "note.add"]
        self._answer(notes, [Done((self.seq or 0) + 1, "note.add") for _ in notes])
        await asyncio.sleep(0.1)  # a disk that is slow today
        await super()._store()


house.Hub = HastyHub  # type: ignore[misc]
