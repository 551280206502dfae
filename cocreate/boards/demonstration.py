"""Two fictional workshops to walk in: one that is open, and one that is over and was harvested.

Everything goes through the same operations as real notes. All words and names are made up.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from cocreate.accounts.models import User
from cocreate.boards.asking import Asked, Done
from cocreate.boards.commit import commit
from cocreate.boards.intents import read_intent
from cocreate.boards.models import Board, HeldFor, Note, Participant, Phase, Template, Workshop
from cocreate.boards.operations import (
    Plan,
    close_workshop,
    fresh_cid,
    harvest,
    open_workshop,
)
from cocreate.boards.seats import Seat, seat_of
from cocreate.contributions.models import Contribution
from cocreate.moderation.operations import publish, resolve
from cocreate.themes.models import Guideline

HARD, HELPS = 0, 1
NAMES = ["Mo", "Ulla", "", "Karen", "", "Ib", "", "", "Samira"]

# Group (or "" for a note on its own), column, what the notes say. "*" in front: written on paper.
WAITING: list[tuple[str, int, list[str]]] = [
    (
        "Ingen besked",
        HARD,
        [
            "Jeg går og lytter efter brevsprækken.",
            "Jeg ved ikke, om det overhovedet er kommet frem.",
            "»Hurtigst muligt« står ikke i min kalender.",
            "*Når der er stille, tror jeg, at svaret er nej.",
            "Min søster spørger hver søndag. Jeg har ikke noget at sige.",
        ],
    ),
    (
        "En ny hver gang",
        HARD,
        [
            "Femte gang jeg forklarede det hele.",
            "*Hun, der kendte mig, er flyttet. Det fandt jeg selv ud af.",
            "Man når lige at turde, og så er det en anden.",
        ],
    ),
    (
        "Telefonen",
        HARD,
        [
            "De har åbent, når jeg er på arbejde.",
            "*Jeg løber tør for taletid, mens musikken spiller.",
        ],
    ),
    ("", HARD, ["Jeg sover dårligt i de uger.", "*Man skammer sig over at spørge igen."]),
    (
        "En dag, man kan regne med",
        HELPS,
        [
            "At hun sagde torsdag, og så ringede hun torsdag.",
            "Sig også til, når der ikke er noget nyt.",
            "*En seddel på køleskabet: Næste gang taler vi den 14.",
            "Hellere en lang frist, der holder, end en kort, der ikke gør.",
        ],
    ),
    (
        "Én at ringe til",
        HELPS,
        [
            "Den samme hele vejen.",
            "*Et nummer, der ikke er en kø.",
            "Og en, der tager over, når hun har ferie.",
        ],
    ),
    (
        "",
        HELPS,
        [
            "*Kaffe på værestedet om tirsdagen.",
            "At en læser brevet sammen med mig.",
            "Skriv det vigtigste øverst.",
            "Min nabo, der selv har prøvet det.",
        ],
    ),
]
# The same for the one that is over, each note with the dots it got on paper.
EVERYDAY: list[tuple[str, int, list[tuple[str, int]]]] = [
    (
        "Et sted at spise sammen",
        0,
        [
            ("Vi laver mad sammen om onsdagen. Ingen spørger, hvorfor man er der.", 7),
            ("Der må gerne være børn med.", 3),
        ],
    ),
    ("", 0, [("Åbent, også når alle andre har ferie.", 5)]),
    (
        "Vejen derhen",
        1,
        [
            ("Bussen holder op med at køre klokken 18.", 6),
            ("Jeg tør kun gå derhen, når nogen følger mig første gang.", 4),
        ],
    ),
]


def make_demonstration(by: User) -> Workshop | None:
    """A workshop in the middle of grouping, led by `by`; None when there is one already."""
    if Workshop.objects.filter(demonstration=True, closed_at=None, emptied_at=None).exists():
        return None
    workshop, board = _open(
        by,
        title="Når man venter på svar",
        question="Hvad betyder det, når man venter på svar?",
        purpose="Vi læser sedlerne, når vi skriver, hvor hurtigt borgere skal have svar.",
        columns=["Det gør ventetiden svær", "Det hjælper os, mens vi venter"],
        about="2.3",
    )
    seats = [_sit(workshop, name) for name in NAMES]
    written = _write(board, seats)
    leader = seat_of(Participant.objects.get_or_create(workshop=workshop, user=by)[0])
    _do(board, leader, "phase.set", phase=Phase.CLUSTER)
    for number, (title, notes) in enumerate(written):
        if title:
            _do(board, seats[number % len(seats)], "group.add", notes=notes, title=title)
    return workshop


def make_past_demonstration(by: User, host: User) -> Workshop | None:
    """One that was held, closed and harvested, and whose notes `host` has shown."""
    if Workshop.objects.filter(demonstration=True, closed_at__isnull=False).exists():
        return None
    workshop, board = _open(
        by,
        title="Et godt hverdagsliv",
        question="Hvad skal der til, før du kommer afsted?",
        purpose="Vi læser sedlerne, når vi skriver om steder at mødes.",
        columns=["Det virker", "Det mangler"],
        about="3.4",
    )
    leader = seat_of(Participant.objects.get_or_create(workshop=workshop, user=by)[0])
    _do(board, leader, "phase.set", phase=Phase.CLUSTER)
    for title, column, notes in EVERYDAY:
        uids = [_said_in_the_room(board, leader, column, text, dots) for text, dots in notes]
        if title:
            _do(board, leader, "group.add", notes=uids, title=title)
    for phase in (Phase.DISCUSS, Phase.CLOSED):
        _do(board, leader, "phase.set", phase=phase)
    close_workshop(workshop)
    board.refresh_from_db()
    titles = {group.uid: group.title for group in board.groups.all()}
    harvest(board, Note.objects.filter(board=board).order_by("pk"), titles=titles)
    _show(Contribution.objects.filter(room=workshop.room), host)
    return workshop


def _open(
    by: User, *, title: str, question: str, purpose: str, columns: Sequence[str], about: str
) -> tuple[Workshop, Board]:
    guideline = Guideline.objects.select_related("theme").filter(code=about).first()
    workshop = open_workshop(
        by,
        Plan(
            title=title,
            purpose=purpose,
            question=question,
            columns=columns,
            held_for=HeldFor.CITIZENS,
            template=Template.AFFINITY,
            theme=guideline.theme if guideline else None,
            guidelines=[guideline] if guideline else [],
        ),
    )
    Workshop.objects.filter(pk=workshop.pk).update(demonstration=True)
    return workshop, Board.objects.get(workshop=workshop)


def _sit(workshop: Workshop, name: str) -> Seat:
    return seat_of(Participant.objects.create(workshop=workshop, name=name or None))


def _write(board: Board, seats: list[Seat]) -> list[tuple[str, list[str]]]:
    """Each writes a note in turn; returns the notes of each group."""
    columns = list(board.columns.all())
    written, number = [], 0
    for title, column, texts in WAITING:
        uids = []
        for text in texts:
            seat, number = seats[number % len(seats)], number + 1
            fields = {"text": text.removeprefix("*"), "paper": text.startswith("*")}
            uids.append(_do(board, seat, "note.add", column=columns[column].uid, **fields).note)
        written.append((title, uids))
    return written


def _said_in_the_room(board: Board, leader: Seat, column: int, text: str, dots: int) -> str:
    uid = list(board.columns.all())[column].uid
    note = _do(board, leader, "note.add", column=uid, text=text).note
    _do(board, leader, "room.dots", note=note, dots=dots)
    return note


def _do(board: Board, seat: Seat, kind: str, **fields: Any) -> Done:
    (answer,) = commit(
        board.pk, [Asked(seat, read_intent(fresh_cid(), {"kind": kind, **fields}))]
    ).answers
    if not isinstance(answer, Done):
        raise answer
    return answer


def _show(notes: Iterable[Contribution], host: User) -> None:
    for note in notes:
        for version in note.versions.all():
            for finding in version.findings.open():
                resolve(finding, by=host)
        publish(note, by=host)
