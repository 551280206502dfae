"""A server with one fault on purpose: it says that something is stored before it is. The test of the
tests: what `bench.chaos` measures must find this."""

import asyncio

from cocreate.asgi import application
from cocreate.boards import house
from cocreate.boards.asking import Asked, Done
from cocreate.boards.hub import Hub, Socket, Waiting

__all__ = ["application"]


class HastyHub(Hub):
    def submit(self, asked: Asked, socket: Socket) -> None:
        super().submit(asked, socket)
        if asked.intent.kind == "note.add":
            promised = Done((self.seq or 0) + 1, "note.add")
            self._answer([Waiting(asked, socket)], [promised])

    async def _store(self) -> None:
        # A disk that is slow today, so that several notes are promised when the blow comes.
        await asyncio.sleep(0.5)
        await super()._store()


house.Hub = HastyHub  # type: ignore[misc]
