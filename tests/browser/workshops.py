"""Workshops to look at: one in each phase, with fifteen notes, two named groups, and votes."""

from dataclasses import replace

from django.urls import reverse

from cocreate.accounts.models import User
from cocreate.boards.demonstration import WAITING, make_past_demonstration
from cocreate.boards.models import Board, Column, Note, Participant, Phase, Workshop
from cocreate.boards.operations import Plan, close_workshop, code_of_seat, come_in, open_workshop
from cocreate.boards.seats import cookie_name, seat_of
from cocreate.contributions.codes import digest
from cocreate.themes.models import Guideline
from tests.boards.people import Party
from tests.browser.place import LONG_WORD, Place
from tests.cast import Cast

HARD, HELPS = 0, 1
NAMES = ["Mo", "Ulla", "", "Karen", "", "Ib"]
LOOKER = "Solsort"
PLAN = Plan(
    title="Når man venter på svar",
    question="Hvad betyder det, når man venter på svar?",
    purpose="Vi læser sedlerne, når vi skriver, hvor hurtigt borgere skal have svar.",
    columns=["Det gør ventetiden svær", "Det hjælper os, mens vi venter"],
)
# Of the demonstration's groups the first of each column, and six notes that stand alone.
GROUPED = [next(group for group in WAITING if group[1] == column) for column in (HARD, HELPS)]
ALONE = [(HARD, "Jeg sover dårligt i de uger."), (HARD, f"De skrev {LONG_WORD}.")]
ALONE += [(HELPS, text) for text in WAITING[-1][2]]
# By name: the phase, and whether people write hidden.
PHASES = {
    "skriv": (Phase.COLLECT, True),
    "skriv-aabent": (Phase.COLLECT, False),
    "pause": (Phase.COLLECT, True),
    "grupper": (Phase.CLUSTER, True),
    "stem": (Phase.VOTE, True),
    "tal": (Phase.DISCUSS, True),
    "lukket": (Phase.CLOSED, True),
}
LONGEST_TIMER = 5400


def hold_workshops(place: Place, *, by: User, host: User) -> None:
    """Led by `by`; what came out of the one that is over, `host` has shown. Whoever comes to look
    finds a seat in each."""
    for name, (phase, hidden) in PHASES.items():
        party = _open(place, name, by, hidden=hidden)
        notes = _write(party)
        if phase != Phase.COLLECT:
            _group(party, notes)
            _vote(party, notes, until=phase)
        if phase == Phase.CLOSED:
            close_workshop(party.workshop)
        else:
            party.done(party.facilitator, "timer.set", seconds=LONGEST_TIMER)
        if name == "pause":
            party.done(party.facilitator, "pause.set", on=True)
        _keep_addresses(place, name, party, notes)
    _doors(place, by)
    make_past_demonstration(by, host)
    past = Workshop.objects.select_related("room").get(demonstration=True, closed_at__isnull=False)
    place.address["udbytte"] = reverse("workshop_outcome", args=[past.room.public_id])


def _open(place: Place, name: str, by: User, *, hidden: bool = True) -> Party:
    about = Guideline.objects.select_related("theme").get(code="2.3")
    workshop = open_workshop(
        by, replace(PLAN, theme=about.theme, guidelines=[about], hidden=hidden)
    )
    board = Board.objects.get(workshop=workshop)
    leader = seat_of(Participant.objects.create(workshop=workshop, user=by))
    party = Party(workshop, board, list(Column.objects.filter(board=board)), leader, Cast())
    token = come_in(workshop, f"{name} of whoever looks", name=LOOKER)
    looker = Participant.objects.get(token_digest=digest("seat", token))
    party.seats[LOOKER] = seat_of(looker)
    for number, chosen in enumerate(NAMES):
        party.sit(str(number), chosen)
    place.address[name] = f"/v/{workshop.code}/"
    place.seats[name] = (cookie_name(workshop), token)
    place.code[name] = " ".join(code_of_seat(token))
    return party


def _write(party: Party) -> list[Note]:
    """Each in turn, the looker too; what begins with * stood on paper."""
    texts = [(column, text) for _title, column, notes in GROUPED for text in notes] + ALONE
    seats = list(party.seats.values())
    return [
        party.write(
            seats[number % len(seats)], text.removeprefix("*"), column, paper=text.startswith("*")
        )
        for number, (column, text) in enumerate(texts)
    ]


def _group(party: Party, notes: list[Note]) -> None:
    party.go_to(Phase.CLUSTER)
    rest = iter(notes)
    for title, _column, texts in GROUPED:
        uids = [next(rest).uid for _text in texts]
        party.done(party.facilitator, "group.add", notes=uids, title=title)
    # One of the looker's own is hidden from the others.
    party.done(party.facilitator, "note.hide", note=notes[7].uid, reason="off_topic")


def _vote(party: Party, notes: list[Note], *, until: str) -> None:
    for phase in (Phase.VOTE, Phase.DISCUSS, Phase.CLOSED):
        if party.board.phase != until:
            party.go_to(phase)
        if party.board.phase == Phase.VOTE:
            for number, seat in enumerate(party.seats.values()):
                party.done(seat, "vote.set", note=notes[number % 3].uid, dots=2)
                party.done(seat, "vote.set", note=notes[-number - 1].uid, dots=1)
            party.done(party.facilitator, "room.dots", note=notes[0].uid, dots=4)


def _keep_addresses(place: Place, name: str, party: Party, notes: list[Note]) -> None:
    own = notes[0]
    place.address[f"{name}-seddel"] = f"{place.address[name]}?seddel={own.uid}"
    own.refresh_from_db()
    if own.group is not None:
        place.address[f"{name}-gruppe"] = f"{place.address[name]}?gruppe={own.group.uid}"


def _doors(place: Place, by: User) -> None:
    """Two that nobody comes in at: a locked one, and one where somebody was shown out."""
    locked, out = _open(place, "laast", by), _open(place, "vist-ud", by)
    locked.done(locked.facilitator, "door.set", locked=True)
    out.done(out.facilitator, "seat.remove", seat=out.seats[LOOKER].participant)
