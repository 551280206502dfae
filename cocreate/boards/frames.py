"""Text frames of the protocol: each audience's made once, the same for every socket of it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cocreate.boards.asking import Committed, Done
from cocreate.boards.entries import (
    ALL,
    HOST,
    WALL,
    Audience,
    Entry,
    State,
    entries,
    is_gone_for,
    may_see,
    told_of,
)
from cocreate.boards.models import Operation
from cocreate.boards.reading import of_batch, removed_seats, tail
from cocreate.boards.refusals import Refused

VERSION = 1
# What a frame may hold before it is divided; proxies and old phones choke on larger ones.
FRAME_BYTES = 60_000
# What only adds, or only moves about: an older frame or snapshot brings nothing out again.
ADDS = frozenset(
    {"note.add", "note.move", "group.add", "vote.set", "room.dots", "timer.set", "timer.extend"}
)
MOVES_DOTS = frozenset({"vote.set", "note.hide", "note.show"})


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass
class Frames:
    """The operations `first` to `last` as each audience is told of them.

    `own` holds only the participants for whom they look different from everybody's.
    """

    board: int
    first: int
    last: int
    everybody: list[str]
    wall: list[str]
    host: list[str]
    own: dict[int, list[str]] = field(default_factory=dict)
    removed: list[int] = field(default_factory=list)
    # Whose the new notes and the votes are, for the hubs alone; this never leaves the servers. Notes
    # of nobody's are the room's, by number 0.
    notes: list[tuple[int, str]] = field(default_factory=list)
    votes: list[tuple[int, str, int]] = field(default_factory=list)
    # Whether it takes nothing away, neither words nor rights.
    adds: bool = False
    # Whether dots were put, freed or given back: read from the log, nobody knows whose.
    moves_dots: bool = False

    def mine(self) -> dict[int, str]:
        """For each whose new notes these are, which: they may sit at the board more than once."""
        whose: dict[int, list[str]] = {}
        for participant, note in self.notes:
            whose.setdefault(participant, []).append(note)
        return {who: dumps({"t": "mine", "notes": notes}) for who, notes in whose.items()}

    def for_seat(self, participant: int | None, *, is_host: bool, is_wall: bool) -> list[str]:
        if is_wall or participant is None:
            return self.wall
        return self.host if is_host else self.own.get(participant, self.everybody)


def of_commit(committed: Committed) -> Frames:
    """The frames of what a commit has just stored."""
    if committed.state is not None:
        state, done = committed.state, committed.done
    elif committed.change is None:
        read = tail(committed.board, committed.first - 1)
        if read is None:
            raise LookupError("what was just stored is not in the log")
        state, done = read
        done = [operation for operation in done if operation.seq <= committed.last]
    else:
        state, done = of_batch(committed.change, committed.done), committed.done
    return frames(state, done, committed)


def frames(state: State, done: Sequence[Operation], committed: Committed | None = None) -> Frames:
    """Of a batch just stored, or of a tail read from the log (then nobody's own votes are known)."""
    first, last = done[0].seq, done[-1].seq
    state.turned_at = max((one.seq for one in done if one.kind == "phase.set"), default=0)
    everybody = entries(state, done, ALL)
    wall = entries(state, done, WALL) if state.names else everybody
    texts = list(_texts(first, last, everybody))
    made = Frames(
        state.board.pk,
        first,
        last,
        everybody=texts,
        wall=texts if wall == everybody else list(_texts(first, last, wall)),
        host=list(_texts(first, last, entries(state, done, HOST))),
        removed=committed.removed if committed else _shown_out(state, done),
        adds=committed is not None and {one.kind for one in done} <= ADDS,
        moves_dots=any(one.kind in MOVES_DOTS for one in done),
    )
    # Of a tail too: the log does not say whose a note is, but the note does.
    made.notes = [
        (note.participant_id or 0, note.uid)
        for operation in done
        if operation.kind == "note.add"
        and (note := state.notes.get(operation.payload["note"])) is not None
    ]
    if committed:
        made.votes = [
            (committed.authors[seq], note, dots) for seq, (note, dots) in committed.votes.items()
        ]
    for participant in _with_own(state, done, committed):
        told = own_entries(state, done, participant, committed)
        made.own[participant] = list(_texts(first, last, told))
    return made


def _shown_out(state: State, done: Sequence[Operation]) -> list[int]:
    """Who is to be shown out, when it was done where this process could not see by whom."""
    if not any(operation.kind == "seat.remove" for operation in done):
        return []
    return removed_seats(state.board)


def own_entries(
    state: State, done: Sequence[Operation], participant: int, committed: Committed | None = None
) -> list[Entry]:
    told = []
    for operation in done:
        vote = committed.votes.get(operation.seq) if committed else None
        if vote and committed and committed.authors.get(operation.seq) == participant:
            note, dots = vote
            told.append({"seq": operation.seq, "kind": "vote", "note": note, "dots": dots})
        else:
            told += told_of(state, operation, participant)
        back = committed.dots_back.get(operation.seq, {}) if committed else {}
        if participant in back:
            note, dots = back[participant]
            told.append({"seq": operation.seq, "kind": "vote", "note": note, "dots": dots})
    return told


def _with_own(state: State, done: Sequence[Operation], committed: Committed | None) -> set[int]:
    """Those who may see a named note that not everybody may, or took it back unseen; those who
    voted, and those whose dots lie on a note that comes and goes."""
    named: set[str] = set()
    everything = any(operation.kind == "phase.set" for operation in done)
    for operation in done:
        named |= {operation.payload.get("note", ""), *operation.payload.get("notes", ())}
    found = {
        note.participant_id
        for uid, note in state.notes.items()
        if note.participant_id
        and (everything or uid in named)
        and not may_see(state.board, note, ALL)
        and (
            may_see(state.board, note, note.participant_id)
            or (state.board.hides_notes and is_gone_for(note, note.participant_id))
        )
    }
    if committed:
        found |= {committed.authors[seq] for seq in committed.votes if seq in committed.authors}
        found.update(*committed.dots_back.values())
    return found


def _texts(first: int, last: int, told: list[Entry]) -> Iterator[str]:
    """One frame, or several whose last alone moves the reader on to `last`."""
    whole = dumps({"t": "ops", "from": first, "to": last, "ops": told})
    if len(whole) <= FRAME_BYTES:
        yield whole
        return
    parts = list(_divided(told))
    for n, part in enumerate(parts):
        frame: dict[str, Any] = {"t": "ops", "from": first, "to": last, "ops": part}
        if n + 1 < len(parts):
            frame["more"] = True
        yield dumps(frame)


def _divided(told: list[Entry]) -> Iterator[list[Entry]]:
    """Entries in portions of about FRAME_BYTES; long lists of notes are cut as well."""
    portion: list[Entry] = []
    size = 0
    for one in _short(told):
        length = len(dumps(one))
        if portion and size + length > FRAME_BYTES:
            yield portion
            portion, size = [], 0
        portion.append(one)
        size += length
    yield portion


def _short(told: list[Entry]) -> Iterator[Entry]:
    for one in told:
        notes = one.get("notes")
        if not notes or len(dumps(one)) <= FRAME_BYTES:
            yield one
            continue
        yield {**one, "notes": []}
        for start in range(0, len(notes), 40):
            yield {"seq": one["seq"], "kind": "notes", "notes": notes[start : start + 40]}


def ack(answers: Sequence[tuple[str, Done]]) -> str:
    """To the author alone: its client ids, the numbers they got, and the notes they made."""
    acks = []
    for cid, done in answers:
        told: list[Any] = [cid, done.seq]
        if done.note:
            told.append(done.note)
        acks.append(told)
    frame: dict[str, Any] = {"t": "ack", "acks": acks}
    if any(done.shows_help for _cid, done in answers):
        frame["help"] = True
    return dumps(frame)


def refusal(cid: str, refused: Refused) -> str:
    if not cid.isascii():
        cid = ""  # no client id, and perhaps nothing that can be sent
    told = {"t": "refused", "cid": cid, "code": refused.code.value, "message": refused.sentence}
    return dumps(told)


def audience_of(participant: int | None, *, is_host: bool, is_wall: bool) -> Audience:
    if is_wall or participant is None:
        return WALL
    return HOST if is_host else participant
