"""A workshop with people in it, and the shortest way to let them do something."""

from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any

from cocreate.boards.asking import Asked, Committed, Done
from cocreate.boards.commit import commit
from cocreate.boards.frames import Frames, of_commit
from cocreate.boards.intents import read_intent
from cocreate.boards.models import Board, Column, Note, Participant, Workshop
from cocreate.boards.refusals import Refused
from cocreate.boards.seats import Seat, seat_of, wall
from cocreate.contributions.models import Audience, Membership, Room
from cocreate.contributions.models.rooms import RoomKind
from tests.cast import Cast


def cid() -> str:
    return token_urlsafe(16)


def ask(seat: Seat, kind: str, /, *, own_cid: str = "", **fields: Any) -> Asked:
    return Asked(seat, read_intent(own_cid or cid(), {"kind": kind, **fields}))


@dataclass
class Party:
    """A workshop that is on; `seats` by a name of the test's own."""

    workshop: Workshop
    board: Board
    columns: list[Column]
    facilitator: Seat
    cast: Cast
    seats: dict[str, Seat] = field(default_factory=dict)

    def sit(self, who: str, name: str = "") -> Seat:
        participant = Participant.objects.create(workshop=self.workshop, name=name or None)
        self.seats[who] = seat_of(participant)
        return self.seats[who]

    @property
    def wall(self) -> Seat:
        return wall(self.workshop)

    def do(self, seat: Seat, kind: str, /, **fields: Any) -> Committed:
        return commit(self.board.pk, [ask(seat, kind, **fields)])

    def done(self, seat: Seat, kind: str, /, **fields: Any) -> Done:
        (answer,) = self.do(seat, kind, **fields).answers
        assert isinstance(answer, Done), answer
        return answer

    def refused(self, seat: Seat, kind: str, /, **fields: Any) -> str:
        (answer,) = self.do(seat, kind, **fields).answers
        assert isinstance(answer, Refused), answer
        return answer.code

    def write(self, seat: Seat, text: str, column: int = 0, **fields: Any) -> Note:
        made = self.done(seat, "note.add", column=self.columns[column].uid, text=text, **fields)
        return Note.objects.get(uid=made.note)

    def go_to(self, phase: str, *, hidden: bool = False) -> None:
        self.done(self.facilitator, "phase.set", phase=phase, hidden=hidden)
        self.board.refresh_from_db()

    def told(self, seat: Seat, kind: str, /, **fields: Any) -> Frames:
        committed = self.do(seat, kind, **fields)
        assert committed.is_news, committed.answers
        return of_commit(committed)


def hold(cast: Cast, *, template: str = "affinity", hidden: bool = True) -> Party:
    """An open workshop of two columns, led by the host."""
    room = Room.objects.create(kind=RoomKind.BOARD, audience=Audience.PUBLIC)
    Membership.objects.create(room=room, user=cast.host, role=Membership.Role.HOST)
    workshop = Workshop.objects.create(
        room=room, title="Om ventetid", purpose="Vi bruger sedlerne i strategien."
    )
    board = Board.objects.create(
        workshop=workshop, question="Hvad gør ventetiden svær?", template=template, hidden=hidden
    )
    columns = [
        Column.objects.create(board=board, title=title, order=n)
        for n, title in enumerate(["Det er svært", "Det hjælper"])
    ]
    leader = Participant.objects.create(workshop=workshop, user=cast.host)
    return Party(workshop, board, columns, seat_of(leader), cast)
