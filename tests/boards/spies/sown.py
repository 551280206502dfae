"""Boards for the leak test: in every column that holds words a word of its own."""

from collections.abc import Callable, Iterable

from cocreate.boards.models import Note, Participant
from cocreate.boards.operations import Plan, come_in, empty, harvest, open_workshop
from cocreate.boards.seats import Seat, seat_of
from cocreate.contributions.codes import digest
from cocreate.contributions.models import Contribution
from cocreate.themes.models import Guideline
from tests.boards.people import Party
from tests.cast import Cast

# Gives a word that stands nowhere else, for a column of this name.
Words = Callable[[str], str]


def sow_board(cast: Cast, phase: str, words: Words) -> Party:
    """Led by the host. One note stands, one was hidden, one was taken back."""
    party = _opened(cast, words)
    seat = _seat(party, words("name"))
    note, hidden, back = (party.write(seat, words(name)) for name in ("note", "hidden", "gone"))
    party.go_to("cluster")
    party.done(seat, "group.add", notes=[note.uid], title=words("group"))
    party.done(party.facilitator, "note.hide", note=hidden.uid, reason="identifies")
    party.done(seat, "note.take_back", note=back.uid)
    match phase:
        case "hidden":
            party.go_to("collect", hidden=True)
        case "emptied":
            empty(party.workshop)
        case _:
            party.go_to(phase)
    return party


def sow_harvest(cast: Cast, states: Iterable[str], words: Callable[[str], Words]) -> Party:
    """A note for each state, alone in its group. The board is emptied when they are harvested."""
    party = _opened(cast, words("none"))
    party.go_to("cluster")
    for state in states:
        column = words(state)
        seat = _seat(party, column("name"))
        note = party.write(seat, column("text"))
        party.done(seat, "group.add", notes=[note.uid], title=column("group"))
    party.go_to("discuss")
    notes = list(Note.objects.filter(board=party.board).order_by("pk"))
    titles = {group.uid: group.title for group in party.board.groups.all()}
    harvest(party.board, notes, titles=titles)
    empty(party.workshop)
    return party


def harvested(party: Party) -> list[Contribution]:
    """In the order of their states."""
    return list(Contribution.objects.filter(room=party.workshop.room).order_by("pk"))


def _opened(cast: Cast, words: Words) -> Party:
    plan = Plan(
        title=words("title"),
        purpose=words("purpose"),
        question=words("question"),
        columns=[words("column"), "Det hjælper"],
        hidden=False,
        guidelines=Guideline.objects.filter(code="2.3"),
    )
    workshop = open_workshop(cast.host, plan)
    board = workshop.boards.get()
    leader = Participant.objects.create(workshop=workshop, user=cast.host)
    return Party(workshop, board, list(board.columns.all()), seat_of(leader), cast)


def _seat(party: Party, name: str) -> Seat:
    token = come_in(party.workshop, f"the form of {name}", name=name)
    return seat_of(Participant.objects.get(token_digest=digest("seat", token)))
