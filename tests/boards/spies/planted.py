"""A workshop where every secret is a word, a number or an id that stands nowhere else."""

from dataclasses import dataclass

from django.test import Client

from cocreate.boards.models import Board, Note, Participant, Vote
from cocreate.boards.operations import code_of_seat, come_in, empty, harvest, rotate_code
from cocreate.boards.seats import cookie_name, seat_of
from cocreate.contributions.codes import digest
from cocreate.contributions.models import Contribution, Receipt
from tests.boards.people import Party, hold
from tests.cast import Cast, client_of, open_in, show

# How the board stands when it is looked at; the last two come after the workshop.
PHASES = ("hidden", "open", "cluster", "vote", "discuss", "closed", "harvested", "emptied")
AT_THE_BOARD = ("mo", "ulla", "scribe")
# Others with a seat: Tove was shown out, Bo's is there to take over a note of Ulla's.
SEATS = (*AT_THE_BOARD, "tove", "bo")
NAMES = {"mo": "Zqnordlys", "tove": "Zqsolsort"}
# At home somebody has typed Mo's seven words.
READERS = (
    *AT_THE_BOARD, "tove", "facilitator", "leads_another", "desk", "citizen", "stranger", "at_home",
)  # fmt: skip
ACCOUNTS = {
    "facilitator": "host", "leads_another": "staff", "desk": "second_host", "citizen": "citizen",
}  # fmt: skip
# Far from every number that a page counts with.
FIRST_SEAT, FIRST_RECEIPT, DOTS_EACH, ON_PAPER = 7_310_001, 8_420_001, 5003, 977
VOTES = {("mo", "mo"): 1117, ("ulla", "mo"): 1203, ("mo", "ulla"): 1301, ("ulla", "ulla"): 1423}


@dataclass(frozen=True)
class Secret:
    """`whose` it is; `note` is the one that it is, or is about."""

    kind: str
    whose: str
    value: str
    note: str = ""


class Planted:
    """Everything is planted while people group and vote; then the board is led to its phase."""

    def __init__(self, cast: Cast, phase: str) -> None:
        self.cast, self.phase = cast, phase
        # Somebody on the staff leads another workshop, and not this one.
        another = hold(cast).workshop.room.memberships
        another.update(user=cast.staff)
        self.party: Party = hold(cast, hidden=False)
        self.tokens: dict[str, str] = {}
        self.uids: dict[str, str] = {}
        # The addresses of what was harvested, by the note's name.
        self.voices: dict[str, str] = {}
        self.secrets: list[Secret] = []
        cast.host.first_name = "Zqtovholder"
        cast.host.save()
        self._plant("leader", "facilitator", cast.host.first_name)
        for number, who in enumerate(SEATS):
            self._sits(who, number)
        self._write()
        self._put_together()
        self._vote()
        self._lead_to_the_phase()

    @property
    def harvested(self) -> frozenset[str]:
        taken_home = {"ulla", "again", "mo", "room"}
        return frozenset(taken_home if self.phase in {"harvested", "emptied"} else ())

    @property
    def shown(self) -> frozenset[str]:
        """By a host: Ulla's, so that they are everybody's. The others wait."""
        return self.harvested & {"ulla", "again"}

    @property
    def is_hiding(self) -> bool:
        return self.phase == "hidden"

    @property
    def tells_votes(self) -> bool:
        return self.phase in {"discuss", "closed", "harvested"}

    def client(self, reader: str) -> Client:
        """The browser that this reader sits at."""
        if reader in ACCOUNTS:
            return self.cast.client(ACCOUNTS[reader])
        client = client_of(None)
        if reader in self.tokens:
            client.cookies[cookie_name(self.party.workshop)] = self.tokens[reader]
        if reader == "at_home":
            open_in(client, Receipt.objects.get(pk=FIRST_RECEIPT))
        return client

    def note(self, name: str) -> Note:
        return Note.objects.get(uid=self.uids[name])

    def contribution(self, name: str) -> Contribution:
        return Contribution.objects.get(pk=self.note(name).contribution_id)

    def receipt(self, who: str) -> int:
        return FIRST_RECEIPT + SEATS.index(who)

    # --- planting ---------------------------------------------------------------------------------

    def _plant(self, kind: str, whose: str, value: object, note: str = "") -> None:
        self.secrets.append(Secret(kind, whose, str(value), note))

    def _sits(self, who: str, number: int) -> None:
        """By the door; then the rows get numbers that can be told from all others."""
        workshop, seat, receipt = self.party.workshop, FIRST_SEAT + number, FIRST_RECEIPT + number
        self.tokens[who] = come_in(workshop, f"the form of {who}", name=NAMES.get(who, ""))
        row = Participant.objects.get(token_digest=digest("seat", self.tokens[who]))
        Receipt.objects.filter(pk=row.receipt_id).update(id=receipt)
        Participant.objects.filter(pk=row.pk).update(id=seat, receipt=receipt)
        row = Participant.objects.select_related("receipt").get(pk=seat)
        self.party.seats[who] = seat_of(row)
        self._plant("seat", who, seat)
        for value in (receipt, self.tokens[who], row.token_digest, row.receipt.code_digest):
            self._plant("person", who, value)
        words = (f"<span>{word}</span>" for word in code_of_seat(self.tokens[who]))
        self._plant("code", who, " ".join(words))
        if who in NAMES:
            self._plant("name", who, NAMES[who])

    def _write(self) -> None:
        """One note of each, under their names, and two of Ulla's, who has none."""
        party, mo = self.party, self.party.seats["mo"]
        for who in ("mo", "ulla", "tove", "scribe"):
            paper = {"paper": True} if who == "scribe" else {}
            self._noted(who, who, party.write(party.seats[who], f"Zqord{who}.", **paper))
        self._noted("again", "ulla", party.write(party.seats["ulla"], "Zqordigen.", column=1))
        self._noted("room", "room", party.write(party.facilitator, "Zqordsagt."))
        self._noted("hidden", "mo", party.write(mo, "Zqordskjult."), kind="hidden")
        self._plant("hidden", "mo", '"hidden":"harm"')
        self._noted("back", "mo", party.write(mo, "Zqordfortrudt."), kind="gone")
        party.done(mo, "note.edit", note=self.uids["mo"], base=1, text="Zqrettet.")
        self._plant("gone", "mo", "Zqordmo.")
        self._plant("note", "mo", "Zqrettet.", "mo")

    def _noted(self, name: str, whose: str, note: Note, *, kind: str = "note") -> None:
        self.uids[name] = note.uid
        self._plant(f"uid of {kind}", whose, note.uid, name)
        if name != "mo":  # it gets other words
            self._plant(kind, whose, note.text, name)

    def _put_together(self) -> None:
        party, mo = self.party, self.party.seats["mo"]
        party.go_to("cluster")
        together = [self.uids["mo"], self.uids["ulla"]]
        party.done(mo, "group.add", notes=together, title="Zqbunke")
        self.group = party.board.groups.get().uid
        self._plant("title", "mo", "Zqbunke", "ulla")
        party.done(mo, "group.add", notes=[self.uids["again"]], title="Zqstak")
        self._plant("title", "mo", "Zqstak")
        party.done(party.facilitator, "note.hide", note=self.uids["hidden"], reason="harm")
        party.done(mo, "note.take_back", note=self.uids["back"])
        tove = party.seats["tove"].participant
        party.done(party.facilitator, "seat.remove", seat=tove)

    def _vote(self) -> None:
        """Few dots by the door, then so many that no page holds the number by chance."""
        party, facilitator = self.party, self.party.facilitator
        party.go_to("vote")
        Board.objects.filter(pk=party.board.pk).update(dots=DOTS_EACH)
        for (who, note), dots in VOTES.items():
            party.done(party.seats[who], "vote.set", note=self.uids[note], dots=1)
            mark = {"participant": party.seats[who].participant, "note__uid": self.uids[note]}
            Vote.objects.filter(**mark).update(dots=dots)
            self._plant("vote", who, dots, note)
        party.done(facilitator, "room.dots", note=self.uids["ulla"], dots=ON_PAPER)
        self._plant("on paper", "room", ON_PAPER, "ulla")
        self._plant("cast", "", sum(VOTES.values()))
        for both in ("mo", "ulla"):
            used = sum(dots for (who, _), dots in VOTES.items() if who == both)
            self._plant("vote", both, DOTS_EACH - used)
        on_mos, on_ullas = (
            sum(dots for (_, note), dots in VOTES.items() if note == both)
            for both in ("mo", "ulla")
        )
        self._plant("total", "", on_mos, "mo")
        self._plant("total", "", on_ullas + ON_PAPER, "ulla")
        # Of the group that they lie in.
        self._plant("total", "", on_mos + on_ullas + ON_PAPER, "mo")

    def _lead_to_the_phase(self) -> None:
        workshop = self.party.workshop
        self.former_code = workshop.code
        rotate_code(workshop)
        workshop.refresh_from_db()
        match self.phase:
            case "hidden" | "open":
                self.party.go_to("collect", hidden=self.is_hiding)
            case "harvested" | "emptied":
                self._take_home()
            case _:
                self.party.go_to(self.phase)
        if self.phase == "emptied":
            empty(workshop)

    def _take_home(self) -> None:
        """The name of the second group does not come along."""
        self.party.go_to("discuss")
        notes = [self.note(name) for name in sorted(self.harvested)]
        harvest(self.party.board, notes, titles={self.group: "Zqbunke"})
        for name in sorted(self.harvested):
            self.voices[name] = self.contribution(name).public_id
            if name in self.shown:
                show(self.contribution(name), by=self.cast.second_host)
        self.party.go_to("closed")
