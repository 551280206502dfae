"""A socket without a wire, and a desk where nothing happens at the same time."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from cocreate.boards.desk import Desk
from cocreate.boards.hub import Hub
from cocreate.boards.refusals import Code
from cocreate.boards.seats import Seat
from cocreate.boards.wire import Wire
from tests.boards.client import Board

T = TypeVar("T")


class AtOnce(Desk):
    """Does the work where it stands, as if no loop were running: nothing happens at the same time
    here, and all of it in the transaction of the test."""

    async def write(self, work: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        try:
            return work()
        finally:
            asyncio._set_running_loop(loop)

    read = write


@dataclass(eq=False)
class Device:
    """One socket and what its client makes of it."""

    seat: Seat
    board: Board = field(default_factory=Board)
    hub: Hub | None = None
    answers: list[tuple[str, Any]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    asks_again: bool = False
    closed_with: int | None = None

    def write(self, wire: Wire) -> None:
        if self.hub is None:
            return
        for text in wire.texts:
            self._hear(json.loads(text))

    def refuse(self, cid: str, code: Code) -> None:
        self.answers.append((cid, code))

    def close_with(self, code: int) -> None:
        self.closed_with, self.hub = code, None

    def _hear(self, told: dict[str, Any]) -> None:
        if told["t"] == "welcome":
            self.board.welcome(told)
        elif told["t"] == "ops":
            self.asks_again = self.asks_again or not self.board.ops(told)
        elif told["t"] == "ack":
            for one in told["acks"]:
                self.answers.append((one[0], one))
                if self.kinds[one[0]] in {"note.add", "note.edit"} and len(one) > 2:
                    self.board.mine.add(one[2])
