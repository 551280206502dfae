"""One task for each board in each process: takes what has come, has it stored, and writes the same
bytes to every socket. There is no tick: the next batch is what came during the last commit.

The log is the truth and everything else a hint. A hub that finds a gap reads the tail, so nothing
that is lost on the way between processes is lost to the people at the board (design §6).
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from django.db import Error as DatabaseProblem

from cocreate.boards.asking import Asked, Committed, Done
from cocreate.boards.commit import commit
from cocreate.boards.desk import Desk
from cocreate.boards.frames import Frames, ack, dumps, of_commit
from cocreate.boards.limits import SOCKETS_A_PERSON
from cocreate.boards.memory import Memory, missed, whose_notes
from cocreate.boards.models import Board
from cocreate.boards.presence import RENEW_SECONDS
from cocreate.boards.quick import get_ready
from cocreate.boards.reading import newest
from cocreate.boards.refusals import Code, Refused
from cocreate.boards.seats import Seat
from cocreate.boards.wire import Wire

log = logging.getLogger(__name__)

MOST_IN_A_BATCH = 200
MOST_WAITING = 1000
# A hint between processes can be lost; so often a hub looks for itself.
LOOK_SECONDS = 1.0
LOOK_SECONDS_WITH_RELAY = 2.0
PRESENCE_SECONDS = 2.0


class Socket(Protocol):
    """An open connection of somebody at the board, or of the wall."""

    seat: Seat

    def write(self, wire: Wire) -> None: ...

    def refuse(self, cid: str, code: Code) -> None: ...

    def close_with(self, code: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Waiting:
    asked: Asked
    socket: Socket


class Hub:
    """`tell_others` hands frames to the other processes; `others_are_told` says whether it can.
    `people_elsewhere` tells them how many are here and asks how many are there; None without them.
    """

    def __init__(
        self,
        board: int,
        desk: Desk,
        *,
        tell_others: Callable[[Frames], None],
        others_are_told: Callable[[], bool],
        people_elsewhere: Callable[[int, int], Awaitable[int]] | None = None,
    ) -> None:
        self.board = board
        self.seq: int | None = None
        # Those who are connected, and of them those who have the board and are written to.
        self.open: set[Socket] = set()
        self.sockets: set[Socket] = set()
        self._memory: Memory | None = None
        self._reading: asyncio.Task[None] | None = None
        self._desk = desk
        self._tell_others = tell_others
        self._others_are_told = others_are_told
        self._people_elsewhere = people_elsewhere
        self._pending: deque[Waiting] = deque()
        self._arrived: deque[Frames] = deque()
        self._wake = asyncio.Event()
        self._looks = False
        self._people = -1
        # Those who have not been told yet how many are here.
        self._newcomers: set[Socket] = set()
        self._loop = asyncio.get_running_loop()
        self._looking = self._loop.call_later(LOOK_SECONDS, self._look_soon)
        self._counting: asyncio.TimerHandle | None = None
        self._renewing: asyncio.TimerHandle | None = None
        self._telling: asyncio.Task[None] | None = None
        self.task = asyncio.create_task(self._run(), name=f"board-{board}")
        self._preparing = asyncio.create_task(self._prepare())

    # --- from the sockets ------------------------------------------------------------------------

    def submit(self, asked: Asked, socket: Socket) -> None:
        if len(self._pending) >= MOST_WAITING:
            socket.refuse(asked.intent.cid, Code.BUSY)
            return
        self._pending.append(Waiting(asked, socket))
        self._wake.set()

    async def join(self, socket: Socket, since: int | None) -> None:
        """Brings a socket up to date, and only then in among those who are written to."""
        while True:
            memory = await self._remembered()
            texts = memory.whole(socket.seat) if since is None else memory.tail(socket.seat, since)
            if texts is not None:
                break
            # From before what is remembered: read once for all who come with the same number.
            told = await self._desk.read(partial(missed, self.board, since or 0))
            if isinstance(told, Frames) and told.last >= memory.at:
                memory.keep_tail(since or 0, told)
            else:
                since = None
        # No await stands between the look at the memory and this: nothing was written meanwhile.
        if socket.seat.person in memory.removed:
            self._show_out({socket.seat.person})
        if socket not in self.open:
            return
        socket.write(Wire.of(texts))
        self.sockets.add(socket)
        self._newcomers.add(socket)
        self._count_soon()

    def opens(self, socket: Socket) -> bool:
        """Whether there is room for one more socket of this person."""
        same = [s for s in self.open if s.seat.person == socket.seat.person]
        if len(same) >= SOCKETS_A_PERSON:
            return False
        self.open.add(socket)
        return True

    async def _remembered(self) -> Memory:
        """The memory as it stands with what has been written; many who wait share one reading."""
        while self._memory is None or self._memory.seq < (self.seq or 0):
            if self._reading is None:
                self._reading = asyncio.create_task(self._remember())
            await asyncio.shield(self._reading)
        return self._memory

    async def _remember(self) -> None:
        try:
            memory = await self._desk.read(partial(Memory.of, self.board))
            if self.seq is None:
                self.seq = memory.seq
            self._memory = memory if memory.seq >= self.seq else None
        finally:
            self._reading = None

    def leave(self, socket: Socket) -> None:
        self.open.discard(socket)
        self.sockets.discard(socket)
        self._count_soon()

    def arrive(self, told: Frames) -> None:
        """Frames of what another process, or a form, has stored."""
        self._arrived.append(told)
        self._wake.set()

    def stop(self) -> None:
        self._looking.cancel()
        for waiting in (self._counting, self._renewing, self._telling):
            if waiting is not None:
                waiting.cancel()
        self._preparing.cancel()
        self.task.cancel()

    # --- the task --------------------------------------------------------------------------------

    async def _prepare(self) -> None:
        """While people still come in; the first note is stored without it all the same."""
        with suppress(DatabaseProblem, Board.DoesNotExist):
            await self._desk.write(partial(get_ready, self.board))

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._turn()
            except DatabaseProblem as error:
                log.warning("board %s: %s", self.board, type(error).__name__)
                self._look_in(LOOK_SECONDS)
            except Board.DoesNotExist:
                # It was deleted while people had it open.
                for socket in tuple(self.open):
                    self.leave(socket)
                    socket.close_with(4404)
            except Exception:
                # One fault of ours must not silence the board.
                log.exception("board %s", self.board)

    async def _turn(self) -> None:
        while self._pending or self._arrived:
            if self._pending:
                await self._store()
            while self._arrived:
                await self._deliver(self._arrived.popleft())
        if self._looks:
            self._looks = False
            await self._look()

    async def _store(self) -> None:
        batch = [self._pending.popleft() for _ in range(min(len(self._pending), MOST_IN_A_BATCH))]
        asked = [waiting.asked for waiting in batch]
        try:
            committed, told = await self._desk.write(partial(_stored, self.board, asked))
        except DatabaseProblem as error:
            log.warning("board %s: not stored: %s", self.board, type(error).__name__)
            # It may be stored all the same: when only the answer was lost.
            self._look_in(LOOK_SECONDS)
            self._answer(batch, [Refused(Code.UNAVAILABLE)] * len(batch))
            return
        except Exception:
            # Perhaps it is stored; then the same client id brings the answer.
            self._answer(batch, [Refused(Code.UNAVAILABLE)] * len(batch))
            raise
        try:
            if told is not None:
                self._tell_others(told)
                await self._deliver(told)
        finally:
            # It is stored, whatever became of the telling.
            self._answer(batch, committed.answers)

    def _answer(self, batch: list[Waiting], answers: "list[Done | Refused]") -> None:
        done: dict[Socket, list[tuple[str, Done]]] = {}
        for waiting, answer in zip(batch, answers, strict=True):
            cid = waiting.asked.intent.cid
            if isinstance(answer, Refused):
                waiting.socket.refuse(cid, answer.code)
            else:
                done.setdefault(waiting.socket, []).append((cid, answer))
        for socket, acks in done.items():
            socket.write(Wire.of([ack(acks)]))

    # --- to the sockets --------------------------------------------------------------------------

    async def _deliver(self, told: Frames) -> None:
        """In the order of the numbers, whoever stored them."""
        if self.seq is None:
            # Nobody has the board yet; somebody may be on the way in.
            self._show_out(set(told.removed))
            return
        if told.first > self.seq + 1:
            await self._catch_up(until=told.first - 1)
        if told.last > self.seq:
            self._write(told)

    def _write(self, told: Frames) -> None:
        everybody, wall, host = Wire.of(told.everybody), Wire.of(told.wall), Wire.of(told.host)
        own = {participant: Wire.of(texts) for participant, texts in told.own.items()}
        mine = {whose: Wire.of([text]) for whose, text in told.mine().items()}
        for socket in tuple(self.sockets):
            seat = socket.seat
            if mine and (whose := whose_notes(seat)) in mine:
                # Before the notes come, so that they are known as one's own when they do.
                socket.write(mine[whose])
            if seat.is_wall:
                socket.write(wall)
            elif seat.is_facilitator:
                socket.write(host)
            elif own and seat.participant in own:
                socket.write(own[seat.participant])
            else:
                socket.write(everybody)
        self.seq = told.last
        if self._memory is not None and self._memory.seq < told.last and not self._memory.add(told):
            self._memory = None
        if told.removed:
            self._show_out(set(told.removed))

    def _show_out(self, removed: set[int]) -> None:
        """Also those who have not asked for the board yet, and the walls they put up."""
        for socket in tuple(self.open):
            if socket.seat.person in removed:
                self.leave(socket)
                socket.close_with(4401)

    async def _catch_up(self, until: int | None = None) -> None:
        """What is in the log and was not told here: Redis lost it, or is away, or is not there."""
        if self.seq is None:
            return
        told = await self._desk.read(partial(missed, self.board, self.seq, until))
        if isinstance(told, int):
            # Too far behind to tell: each client is shown the gap and asks for the board.
            self.seq = told
            self._memory = None
            wire = Wire.of([dumps({"t": "ops", "from": told, "to": told, "ops": []})])
            for socket in tuple(self.sockets):
                socket.write(wire)
        elif told is not None and told.first == self.seq + 1:
            if told.moves_dots:
                await self._tell_dots(self.seq)
            self._write(told)

    async def _tell_dots(self, seq: int) -> None:
        """The log does not say whose dots are where: everybody is told their own anew."""
        memory = await self._desk.read(partial(Memory.of, self.board))
        for socket in tuple(self.sockets):
            if socket.seat.participant is not None and not socket.seat.is_facilitator:
                socket.write(Wire.of([dumps(memory.head(socket.seat, seq))]))

    async def _look(self) -> None:
        if self.seq is None or not self.open:
            return
        if await self._desk.read(partial(newest, self.board)) > self.seq:
            await self._catch_up()

    def _look_soon(self) -> None:
        self._looks = True
        self._wake.set()
        self._look_in(LOOK_SECONDS_WITH_RELAY if self._others_are_told() else LOOK_SECONDS)

    def _look_in(self, seconds: float) -> None:
        self._looking.cancel()
        self._looking = self._loop.call_later(seconds, self._look_soon)

    # --- how many are here -----------------------------------------------------------------------

    def _count_soon(self) -> None:
        """Coming and going is told at most every other second, as a number."""
        if self._counting is None:
            self._counting = self._loop.call_later(PRESENCE_SECONDS, self._count)

    def _count(self) -> None:
        self._counting = None
        if self._people_elsewhere is None:
            self._tell_people(self._here())
        elif self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._count_with_others(self._people_elsewhere))
        else:
            # The others take their time; what has changed since is counted after that.
            self._count_soon()

    async def _count_with_others(self, elsewhere: Callable[[int, int], Awaitable[int]]) -> None:
        others = await elsewhere(self.board, self._here())
        self._tell_people(self._here() + others)
        if self._renewing is not None:
            self._renewing.cancel()
        if self.sockets:
            self._renewing = self._loop.call_later(RENEW_SECONDS, self._count_soon)

    def _here(self) -> int:
        return len({socket.seat.participant for socket in self.sockets if not socket.seat.is_wall})

    def _tell_people(self, people: int) -> None:
        to = self._newcomers if people == self._people else self.sockets
        self._people, self._newcomers = people, set()
        wire = Wire.of([dumps({"t": "presence", "people": people})])
        for socket in tuple(to & self.sockets):
            socket.write(wire)


def _stored(board: int, asked: list[Asked]) -> tuple[Committed, Frames | None]:
    committed = commit(board, asked)
    return committed, of_commit(committed) if committed.is_news else None
