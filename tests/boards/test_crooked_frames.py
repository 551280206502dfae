"""Ten thousand crooked frames, read by the consumer itself with the limits of a person taken away."""

import logging
import random
from pathlib import Path
from typing import Any

import pytest

from cocreate.boards import consumers
from cocreate.boards.consumers import BoardConsumer
from cocreate.boards.models import Board, Operation
from tests.boards.devices import Device
from tests.boards.life import World
from tests.boards.mutants import frames
from tests.boards.people import hold
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SEED, HOW_MANY, AT_A_TIME = 3, 10_000, 50


class Unlimited:
    is_flooded = False

    def takes_one(self) -> bool:
        return True


def memory() -> int:
    (line,) = [
        one for one in Path("/proc/self/status").read_text().splitlines() if one[:5] == "VmRSS"
    ]
    return int(line.split()[1]) * 1024


class Visit:
    """One connection after another, each until it is closed."""

    def __init__(self, world: World, who: Device) -> None:
        self.world, self.who = world, who
        self.closed: list[int] = []
        self.told = 0
        self.consumer = self._comes_in()

    def _comes_in(self) -> BoardConsumer:
        consumer = BoardConsumer()
        consumer.seat, consumer.hub = self.who.seat, self.world.hubs[0]
        consumer.write_ready = self._hears
        consumer.base_send = self._closes
        consumer.hub.opens(consumer)
        self.world.run(consumer.receive(text_data='{"t":"hello","v":1,"since":null}'))
        return consumer

    def _hears(self, raw: bytes) -> bool:
        self.told += 1
        return True

    async def _closes(self, message: dict[str, Any]) -> None:
        self.closed.append(message["code"])

    def send(self, message: str | bytes) -> None:
        before = self.told
        given = {"bytes_data": message} if isinstance(message, bytes) else {"text_data": message}
        self.world.run(self.consumer.receive(**given))
        is_on_its_way = bool(self.world.hubs[0]._pending)
        assert self.told > before or self.consumer.is_closing or is_on_its_way, message[:200]
        if self.consumer.is_closing:
            self.world.run(self.consumer.disconnect(1000))
            self.consumer = self._comes_in()


def test_ten_thousand_crooked_frames(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(consumers, "bucket_of", lambda person: Unlimited())
    caplog.set_level(logging.WARNING)
    with World(hold(cast, hidden=False)) as world:
        ten_thousand(world, caplog)


def ten_thousand(world: World, caplog: pytest.LogCaptureFixture) -> None:
    for number in range(6):
        world.come(number, 0, 1)
    for number in range(12):
        world.add(number % 3, number, 0)
        world.settle()
    ids = list(world.devices[0].board.notes)
    visits = [Visit(world, world.devices[0]), Visit(world, world.devices[3])]
    dice = random.Random(SEED)  # noqa: S311
    corpus = frames(dice, world.party, HOW_MANY, ids)
    before = 0
    for start in range(0, HOW_MANY, AT_A_TIME):
        for message in corpus[start : start + AT_A_TIME]:
            visits[dice.random() < 0.4].send(message)
        world.settle()
        # What closes or stops the board is undone, so that the next frames reach as deep.
        Board.objects.filter(pk=world.party.board.pk).update(phase="cluster", paused=False)
        before = before or memory()
    assert memory() - before < 50_000_000
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert {code for visit in visits for code in visit.closed} <= {4400, 4413}
    assert Operation.objects.count() > 150
    world.numbers_have_no_gap()
    world.all_catch_up()
