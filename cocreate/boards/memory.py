"""What a hub remembers of its board, so that five hundred who come at once cost one reading.

A snapshot at one number, and the frames since. It is dropped as soon as anything is done that takes
words or rights away: an older snapshot, or an older frame, would bring them out again.
"""

from dataclasses import dataclass, field
from typing import Any

from cocreate.boards import reading
from cocreate.boards.entries import ALL, HOST, WALL, Entry, State, may_see, shown_note, whole_board
from cocreate.boards.frames import VERSION, Frames, dumps, frames
from cocreate.boards.models import Vote
from cocreate.boards.seats import Seat

MOST_FRAMES = 400
MOST_TAILS = 32


@dataclass
class Memory:
    """`at` is the number of the snapshot, `seq` of the newest frame kept after it."""

    board: int
    at: int
    seq: int
    # The snapshot as text, by audience.
    boards: dict[str, str]
    # Own notes that the shared snapshot leaves out; all own notes; own votes. By participant.
    own: dict[int, list[Entry]] = field(default_factory=dict)
    mine: dict[int, list[str]] = field(default_factory=dict)
    votes: dict[int, dict[str, int]] = field(default_factory=dict)
    since: list[Frames] = field(default_factory=list)
    # Tails from before the snapshot, by the number they begin after.
    tails: dict[int, Frames] = field(default_factory=dict)
    # Those whose seat was taken away; it does not matter where they heard of it.
    removed: frozenset[int] = frozenset()

    @classmethod
    def of(cls, board: int) -> "Memory":
        """Reads the whole board once."""
        state = reading.whole(board)
        memory = cls(
            board,
            state.board.seq,
            state.board.seq,
            {audience: dumps(whole_board(state, audience)) for audience in (ALL, WALL, HOST)},
        )
        memory._own_notes(state)
        memory.removed = frozenset(reading.removed_seats(state.board))
        rows = Vote.objects.filter(
            board=board, note__taken_back_at=None, note__hide_reason=""
        ).values_list("participant", "note__uid", "dots")
        for participant, note, dots in rows:
            memory.votes.setdefault(participant, {})[note] = dots
        return memory

    def _own_notes(self, state: State) -> None:
        for note in sorted(state.notes.values(), key=lambda note: note.pk):
            whose = note.participant_id or ROOM
            self.mine.setdefault(whose, []).append(note.uid)
            is_only_theirs = not may_see(state.board, note, ALL)
            if whose != ROOM and is_only_theirs and may_see(state.board, note, whose):
                self.own.setdefault(whose, []).append(shown_note(state, note, whose))

    def add(self, told: Frames) -> bool:
        """Takes in what follows; False when it does not fit, and the memory is to be dropped."""
        if told.first != self.seq + 1 or not told.adds or len(self.since) >= MOST_FRAMES:
            return False
        self.since.append(told)
        self.seq = told.last
        for participant, note in told.notes:
            self.mine.setdefault(participant, []).append(note)
        for participant, note, dots in told.votes:
            self.votes.setdefault(participant, {})[note] = dots
            if not dots:
                del self.votes[participant][note]
        return True

    def keep_tail(self, since: int, told: Frames) -> None:
        """Few: whoever makes numbers up must not fill the memory."""
        while len(self.tails) >= MOST_TAILS:
            del self.tails[next(iter(self.tails))]
        self.tails[since] = told

    # --- what one reader is given ----------------------------------------------------------------

    def whole(self, seat: Seat) -> list[str]:
        """The snapshot and all frames after it."""
        head = self.head(seat, self.at)
        own = self.own.get(seat.participant or 0)
        if own and not seat.is_facilitator:
            head["own"] = own
        audience = WALL if seat.is_wall else HOST if seat.is_facilitator else ALL
        return [
            f'{dumps(head)[:-1]},"board":{self.boards[audience]}}}',
            *self._after(self.at, seat),
        ]

    def tail(self, seat: Seat, since: int) -> list[str] | None:
        """What comes after `since`; None when it is older than what is remembered."""
        if since > self.seq:
            return None  # a number this board never had, or not yet here
        texts: list[str] = []
        reached = since
        if since < self.at:
            told = self.tails.get(since)
            if told is None:
                return None
            texts = list(_for(told, seat))
            reached = told.last
        return [dumps(self.head(seat, since)), *texts, *self._after(reached, seat)]

    def _after(self, seq: int, seat: Seat) -> list[str]:
        return [text for told in self.since if told.last > seq for text in _for(told, seat)]

    def head(self, seat: Seat, seq: int) -> dict[str, Any]:
        role = "wall" if seat.is_wall else "facilitator" if seat.is_facilitator else "participant"
        head: dict[str, Any] = {
            "t": "welcome",
            "v": VERSION,
            "seq": seq,
            "me": {"role": role, "name": seat.name},
        }
        if seat.participant is not None:
            head["mine"] = self.mine.get(whose_notes(seat) or ROOM, [])
            head["votes"] = self.votes.get(seat.participant, {})
        return head


# Whose the notes are that facilitators write for the room.
ROOM = 0


def whose_notes(seat: Seat) -> int | None:
    """Under what number this seat's own notes are remembered; None for the wall, which has none."""
    return ROOM if seat.is_facilitator else seat.participant


def _for(told: Frames, seat: Seat) -> list[str]:
    return told.for_seat(seat.participant, is_host=seat.is_facilitator, is_wall=seat.is_wall)


def missed(board: int, since: int, until: int | None = None) -> Frames | int | None:
    """The frames after `since`; None when there are none; the newest number when too many."""
    read = reading.tail(board, since)
    if read is None:
        return reading.newest(board)
    state, done = read
    done = [one for one in done if until is None or one.seq <= until]
    return frames(state, done) if done else None
