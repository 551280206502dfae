"""A small world for property tests: two processes with their hubs, people with several devices, and
whatever happens between them. The database and the frames are real; only the wires are not."""

import asyncio
import json
from collections import deque
from collections.abc import Coroutine
from itertools import count
from typing import Any, TypeVar, cast

from django.db.models import Sum

from cocreate.boards.asking import Asked, Done
from cocreate.boards.commit import commit
from cocreate.boards.frames import Frames, of_commit
from cocreate.boards.hub import Hub
from cocreate.boards.memory import Memory
from cocreate.boards.models import Board as Rows
from cocreate.boards.models import Group, Note, Operation, Vote
from tests.boards.client import Board
from tests.boards.devices import AtOnce, Device
from tests.boards.people import Party, ask, cid

T = TypeVar("T")


class World:
    """Steps are small numbers, so that whatever goes wrong can be made short."""

    def __init__(self, party: Party) -> None:
        self.party = party
        self.loop = asyncio.new_event_loop()
        self.relay: list[deque[Frames]] = [deque(), deque()]
        self.hubs = [self.run(self._process(n)) for n in range(2)]
        people = [party.sit(who, name) for who, name in (("mo", "Mo"), ("ulla", ""), ("ib", ""))]
        self.devices = [
            *(Device(seat) for seat in people),
            Device(party.facilitator),
            Device(party.wall),
            Device(people[1]),
        ]
        self.done: list[tuple[Device, int, str]] = []
        self.words = count()

    def run(self, what: "Coroutine[Any, Any, T]") -> T:
        return self.loop.run_until_complete(what)

    def __enter__(self) -> "World":
        return self

    def __exit__(self, *_: object) -> None:
        for hub in self.hubs:
            hub.stop()
        self.run(asyncio.sleep(0))
        self.loop.close()

    async def _process(self, number: int) -> Hub:
        return Hub(
            self.party.board.pk,
            AtOnce(),
            tell_others=self.relay[1 - number].append,
            others_are_told=lambda: True,
        )

    def settle(self) -> None:
        self.run(self._quiet())

    async def _quiet(self) -> None:
        """Until nobody has anything more to do."""
        for _ in range(200):
            await asyncio.sleep(0)
            busy = any(hub._pending or hub._arrived or hub._wake.is_set() for hub in self.hubs)
            asking = [device for device in self.devices if device.asks_again and device.hub]
            for device in asking:
                device.asks_again = False
                await cast("Hub", device.hub).join(device, device.board.seq)
            if not busy and not asking:
                for _ in range(5):
                    await asyncio.sleep(0)
                return
        raise AssertionError("it never came to rest")

    def prepare(self, phase: str) -> None:
        """Some notes, and the board in this phase."""
        if phase == "collect":
            return
        for number in range(4):
            self.party.write(self.devices[number % 3].seat, f"ord{next(self.words)}ende")
        self.party.go_to(phase)

    # --- coming and going -----------------------------------------------------------------------

    def come(self, which: int, process: int, anew: int) -> None:
        device = self.devices[which % len(self.devices)]
        self.drop(which)
        device.hub, device.asks_again = self.hubs[process % 2], False
        device.hub.opens(device)
        self.run(device.hub.join(device, None if anew else device.board.seq))

    def drop(self, which: int, *_: int) -> None:
        device = self.devices[which % len(self.devices)]
        if device.hub is not None:
            device.hub.leave(device)
            device.hub = None

    # --- between the processes --------------------------------------------------------------------

    def hear(self, process: int, *_: int) -> None:
        if self.relay[process % 2]:
            self.hubs[process % 2].arrive(self.relay[process % 2].popleft())

    def lose(self, process: int, *_: int) -> None:
        if self.relay[process % 2]:
            self.relay[process % 2].popleft()

    def look(self, process: int, *_: int) -> None:
        self.run(self.hubs[process % 2]._look())

    # --- what is done -----------------------------------------------------------------------------

    def say(self, device: Device, kind: str, **fields: Any) -> None:
        """By the socket; without one by a form, of which a process may or may not hear."""
        own = cid()
        device.kinds[own] = kind
        asked = ask(device.seat, kind, own_cid=own, **fields)
        if device.hub is not None and device in device.hub.sockets:
            device.hub.submit(asked, device)
        else:
            self.by_form(device, asked)

    def by_form(self, device: Device, asked: Asked) -> None:
        committed = commit(self.party.board.pk, [asked])
        (answer,) = committed.answers
        if isinstance(answer, Done):
            self.done.append((device, answer.seq, asked.intent.cid))
        if committed.is_news:
            told = of_commit(committed)
            for queue in self.relay:
                queue.append(told)

    def collect_answers(self) -> None:
        for device in self.devices:
            for own, answer in device.answers:
                if isinstance(answer, list):
                    self.done.append((device, answer[1], own))
            device.answers.clear()

    def writer(self, who: int) -> Device:
        return [*self.devices[:4], self.devices[5]][who % 5]

    def note(self, which: int) -> Note | None:
        notes = list(Note.objects.filter(board=self.party.board).order_by("pk"))
        return notes[which % len(notes)] if notes else None

    def group(self, which: int) -> Group | None:
        groups = list(Group.objects.filter(board=self.party.board).order_by("pk"))
        return groups[which % len(groups)] if groups else None

    def column(self, which: int) -> str:
        return self.party.columns[which % 2].uid

    def author(self, note: Note) -> Device:
        for device in self.devices:
            if device.seat.participant == note.participant_id and not device.seat.is_wall:
                return device
        return self.devices[3]

    def add(self, a: int, b: int, c: int) -> None:
        group = self.group(b) if c == 7 else None
        fields = {"group": group.uid, "column": group.column.uid} if group else {}
        text = f"ord{next(self.words)}ende"
        self.say(self.writer(a), "note.add", **{"column": self.column(b), "text": text, **fields})

    def edit(self, a: int, b: int, c: int) -> None:
        if note := self.note(a):
            base = max(1, note.version - b % 2)
            text = f"ord{next(self.words)}ende"
            self.say(self.author(note), "note.edit", note=note.uid, base=base, text=text)

    def move(self, a: int, b: int, c: int) -> None:
        note, other, group = self.note(b), self.note(c), self.group(c)
        if note is None or other is None:
            return
        fields: dict[str, Any] = {"column": self.column(c)}
        if c % 4 == 1 and group:
            fields = {"column": group.column.uid, "group": group.uid}
        elif c % 4 == 2 and other != note:
            fields = {"column": other.column.uid, "after": other.uid}
        elif c % 4 == 3:
            fields["first"] = True
        who = self.author(note) if a == 7 else self.writer(a)
        self.say(who, "note.move", note=note.uid, **fields)

    def take_back(self, a: int, b: int, c: int) -> None:
        if note := self.note(a):
            self.say(self.author(note), "note.take_back", note=note.uid)

    def hide(self, a: int, b: int, c: int) -> None:
        if note := self.note(a):
            self.say(self.devices[3], "note.hide", note=note.uid, reason="harm")

    def show(self, a: int, b: int, c: int) -> None:
        hidden = list(Note.objects.filter(board=self.party.board).exclude(hide_reason=""))
        if hidden:
            note = hidden[a % len(hidden)]
            self.say(self.devices[3], "note.show", note=note.uid)

    def put_together(self, a: int, b: int, c: int) -> None:
        notes = {note.uid for note in (self.note(b), self.note(c)) if note}
        if notes:
            self.say(self.writer(a), "group.add", notes=sorted(notes), title=f"g{b}")

    def name(self, a: int, b: int, c: int) -> None:
        if group := self.group(b):
            fields = {"base": group.version, "title": f"navn{c}"}
            self.say(self.writer(a), "group.name", group=group.uid, **fields)

    def take_apart(self, a: int, b: int, c: int) -> None:
        if group := self.group(b):
            self.say(self.writer(a), "group.remove", group=group.uid)

    def vote(self, a: int, b: int, c: int) -> None:
        if note := self.note(b):
            who = [*self.devices[:3], self.devices[5]][a % 4]
            self.say(who, "vote.set", note=note.uid, dots=c % 6)

    def room(self, a: int, b: int, c: int) -> None:
        if note := self.note(a):
            self.say(self.devices[3], "room.dots", note=note.uid, dots=b)

    def undo(self, a: int, b: int, c: int) -> None:
        self.collect_answers()
        if self.done:
            device, seq, own = self.done[-1 - b % len(self.done)]
            who = self.devices[3] if a % 2 else device
            self.say(who, "undo", seq=seq, cid=own)

    def phase(self, a: int, b: int, c: int) -> None:
        """Mostly onward; sometimes back, and sometimes hidden again."""
        phases = self.party.board.phases[:-1]
        self.say(
            self.devices[3], "phase.set", phase=phases[a % len(phases)], hidden=b % 3 > 0
        )  # fmt: skip

    def small(self, a: int, b: int, c: int) -> None:
        kind, fields = [
            ("timer.set", {"seconds": 60 * b}),
            ("timer.extend", {"seconds": 30}),
            ("door.set", {"locked": bool(b % 2)}),
            ("pause.set", {"on": b == 7}),
        ][a % 4]
        self.say(self.devices[3], kind, **fields)

    # --- what must hold ---------------------------------------------------------------------------

    def all_catch_up(self) -> None:
        """Everybody comes back, and both processes look at the log."""
        for queue in self.relay:
            queue.clear()
        for number, device in enumerate(self.devices):
            if device.hub is None:
                self.come(number, number, 0)
        for hub in self.hubs:
            # A process looks when somebody is there.
            self.run(hub._look())
        self.settle()

    def everybody_who_is_up_to_date_is_right(self) -> None:
        memory = Memory.of(self.party.board.pk)
        for device in self.devices:
            if device.hub is not None and device.board.seq == memory.seq:
                self.is_right(device, memory)

    def is_right(self, device: Device, memory: Memory) -> None:
        fresh = Board()
        for text in memory.whole(device.seat):
            fresh.welcome(json.loads(text))
        assert told(device.board, self._knows_own(device)) == told(fresh, self._knows_own(device))

    def _knows_own(self, device: Device) -> bool:
        """A second device learns at its next hello which open notes are its person's own; so does
        a device whose person used a form."""
        return False

    def nobody_has_spent_too_much(self) -> None:
        votes = Vote.objects.filter(
            board=self.party.board, note__hide_reason="", note__taken_back_at=None
        )
        spent = votes.values("participant").annotate(dots=Sum("dots"))
        assert all(row["dots"] <= self.party.board.dots for row in spent)

    def numbers_have_no_gap(self) -> None:
        numbers = list(
            Operation.objects.filter(board=self.party.board)
            .order_by("seq")
            .values_list("seq", flat=True)
        )
        assert numbers == list(range(1, len(numbers) + 1))
        newest = Rows.objects.get(pk=self.party.board.pk).seq
        assert newest == len(numbers)


def told(board: Board, with_own: bool) -> dict[str, Any]:
    settings = {name: value for name, value in board.settings.items() if name != "left"}
    known: dict[str, Any] = {
        "seq": board.seq,
        "me": board.me,
        "settings": settings,
        "columns": board.columns,
        "groups": board.groups,
        "notes": board.notes,
        # A column that is left out has none.
        "counts": {column: n for column, n in board.counts.items() if n},
        "votes": board.votes,
    }
    return known | ({"mine": board.mine & set(board.notes)} if with_own else {})
