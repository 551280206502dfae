"""What may leave the server, judged apart from the code that decides it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cocreate.boards import frames as frames_module
from cocreate.boards import memory as memory_module
from cocreate.boards.entries import State
from cocreate.boards.frames import Frames, dumps
from cocreate.boards.memory import Memory
from cocreate.boards.models import Board as Rows
from cocreate.boards.models import Note
from tests.boards.people import Party


@contextmanager
def watched(party: Party) -> Iterator[None]:
    """Every frame and every snapshot is read when it is made, against the rows of that moment."""
    make, read = frames_module.frames, Memory.of.__func__  # type: ignore[attr-defined]

    def frames(state: State, done: Any, committed: Any = None) -> Frames:
        made = make(state, done, committed)
        judge = Judge(party)
        judge.read("everybody", made.everybody)
        judge.read("wall", made.wall)
        judge.read("host", made.host)
        for participant, texts in made.own.items():
            judge.read(participant, texts)
        return made

    def of(cls: type[Memory], board: int) -> Memory:
        made: Memory = read(cls, board)
        judge = Judge(party)
        for audience, name in (("all", "everybody"), ("wall", "wall"), ("host", "host")):
            judge.read(name, [made.boards[audience]])
        for participant, notes in made.own.items():
            judge.read(participant, [dumps(notes)])
        return made

    patched = [(frames_module, "frames", frames), (memory_module, "frames", frames)]
    kept = [(module, name, getattr(module, name)) for module, name, _new in patched]
    for module, name, new in patched:
        setattr(module, name, new)
    Memory.of = classmethod(of)  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        for module, name, old in kept:
            setattr(module, name, old)
        Memory.of = classmethod(read)  # type: ignore[assignment,method-assign]


class Judge:
    """Says of any text whether its reader may have it, from the rows alone."""

    def __init__(self, party: Party) -> None:
        self.board = Rows.objects.get(pk=party.board.pk)
        self.notes = list(Note.objects.filter(board=self.board))
        self.hides = self.board.phase == "collect" and self.board.hidden
        self.names = [seat.name for seat in party.seats.values() if seat.name]

    def read(self, who: str | int, texts: list[str]) -> None:
        for text in texts:
            for note in self.notes:
                if self.may(who, note):
                    continue
                if note.text:
                    assert note.text not in text, (who, text)
                if self.hides and not self.was_own(who, note):
                    assert note.uid not in text, (who, text)
            if who == "wall":
                assert not any(f'"{name}"' in text for name in self.names), text
            if who != "host":
                for word in ('"found"', '"voted"', '"cast":', '"room"', '"people"', '"locked"'):
                    assert word not in text, (who, text)
            if self.board.phase not in {"discuss", "closed"}:
                assert '"dots"' not in _notes_of(text), (who, text)

    def was_own(self, who: str | int, note: Note) -> bool:
        return who == "host" if note.participant_id is None else who == note.participant_id

    def may(self, who: str | int, note: Note) -> bool:
        if note.taken_back_at is not None:
            return False
        if self.was_own(who, note):
            return True
        if self.hides:
            return False
        return not note.hide_reason or who == "host"


def _notes_of(text: str) -> str:
    """All notes in a text, as text: "dots" stands there only when the vote is over."""
    found: list[Any] = []

    def walk(thing: Any) -> None:
        if isinstance(thing, dict):
            if "place" in thing and "text" in thing:
                found.append(thing)
            for one in thing.values():
                walk(one)
        elif isinstance(thing, list):
            for one in thing:
                walk(one)

    walk(json.loads(text))
    return json.dumps(found)
