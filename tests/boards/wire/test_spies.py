"""Spies read every raw byte that each role is given, in every phase, on every road, and the log."""

import asyncio
import json
from collections import Counter
from typing import Any

import pytest

from cocreate.boards.models import Note, Operation, Participant
from tests.boards.client import Client
from tests.boards.harness import Served, aside, comes_in, leads, visiting, welcomed
from tests.boards.people import Party, hold
from tests.boards.wire.test_road import Walker
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db]
ROLES = {"mo": "", "ulla": "", "host": "tovholder", "second": "tovholder", "wall": "laerred"}
READERS = [role for role in ROLES if role != "mo"]


class Spies:
    """For each role an open socket, somebody who comes anew, and somebody without a socket."""

    def __init__(self, served: Served, party: Party, cookies: dict[str, str]) -> None:
        self.served, self.party, self.cookies = served, party, cookies
        self.clients: dict[str, Client] = {}
        self.since: dict[str, int] = {}

    def client(self, role: str) -> Client:
        return self.served.client(self.party, self.cookies[role], ROLES[role])

    async def arrive(self) -> None:
        for role in ROLES:
            (self.clients[role],) = await welcomed([self.client(role)])

    async def heard(self, role: str, seq: int) -> str:
        """All that this role was given since it was asked last, however it asked."""
        client = self.clients[role]
        await client.reaches(seq)
        start = self.since.get(role, 0)
        self.since[role] = len(client.raw)
        texts = client.raw[start:]
        (late,) = await welcomed([self.client(role)])
        await late.reaches(seq)
        # From the first number, as somebody would who wants to hear it all again.
        again = self.client(role)
        again.board.seq = 0
        await again.open()
        await again.reaches(seq)
        texts += late.raw + again.raw
        await asyncio.gather(late.close(), again.close())
        texts += await aside(self.walked, role)
        return "\n".join(texts)

    def walked(self, role: str) -> list[str]:
        walker = Walker(self.served, self.party, self.cookies[role])
        som = f"?som={ROLES[role]}" if ROLES[role] else "?"
        assert walker.get("snapshot", som) == 200
        assert walker.get("ops", f"{som}&since=0") == 200
        return walker.raw


@pytest.fixture
def spies(served: Served, transactional_db: None) -> Spies:
    from cocreate.contributions.models import Membership

    party = hold(Cast.arrives(), hidden=True)
    room = party.workshop.room
    Membership.objects.create(room=room, user=party.cast.second_host, role=Membership.Role.HOST)
    cookies = {
        "mo": comes_in(party, "mo", "Mo Nordlys"),
        "ulla": comes_in(party, "ulla"),
        "host": leads(party.cast),
        "second": leads(party.cast, "second_host"),
    }
    cookies["wall"] = cookies["ulla"]
    return Spies(served, party, cookies)


def log() -> str:
    rows = Operation.objects.values_list("seq", "mark", "kind", "payload")
    return json.dumps(list(rows))


def numbers_of_people() -> set[int]:
    return set(Participant.objects.values_list("pk", flat=True))


def holds(text: str, *secrets: str) -> list[str]:
    return [secret for secret in secrets if secret in text]


def test_no_role_hears_anothers_hidden_note_or_its_id(spies: Spies) -> None:
    column, other = (column.uid for column in spies.party.columns)

    async def visit() -> None:
        await spies.arrive()
        mo = spies.clients["mo"]
        made = await mo.do("note.add", column=column, text="Guldregn i hemmelighed")
        gone = await mo.do("note.add", column=column, text="Fortrudt pelargonie")
        uid, away = made[2], gone[2]
        await mo.do("note.edit", note=uid, base=1, text="Guldregn ved nærmere eftertanke")
        await mo.do("note.move", note=uid, column=other)
        last = await mo.do("note.take_back", note=away)
        words = ("Guldregn", "eftertanke", "pelargonie", uid, away, "Mo Nordlys")
        for role in READERS:
            text = await spies.heard(role, last[1])
            assert holds(text, *words) == [], role
            assert f'"kind":"count","column":"{other}","n":1' in text
        assert "Guldregn ved" in await spies.heard("mo", last[1])
        assert not await aside(lambda: holds(log(), "Guldregn", "eftertanke", "pelargonie"))
        # Shown, hidden by the facilitator, and hidden again by the phase.
        host = spies.clients["host"]
        shown = await host.do("phase.set", phase="cluster", hidden=False)
        for role in READERS:
            text = await spies.heard(role, shown[1])
            assert "Guldregn ved" in text and "pelargonie" not in text
            assert ("Mo Nordlys" in text) == (role != "wall")
        hid = await host.do("note.hide", note=uid, reason="harm")
        for role in ("ulla", "wall"):
            text = await spies.heard(role, hid[1])
            assert not holds(text, "Guldregn", "eftertanke"), role
        for role in ("host", "second", "mo"):
            assert '"hidden":"harm"' in await spies.heard(role, hid[1])
        again = await host.do("phase.set", phase="collect", hidden=True)
        for role in READERS:
            fresh = await aside(spies.walked, role)
            assert not holds("".join(fresh), "Guldregn", "eftertanke", uid), role
            assert holds(await spies.heard(role, again[1]), "Guldregn") == [], role

    visiting(visit())


def test_nobody_hears_of_a_vote_before_its_time(spies: Spies) -> None:
    party = spies.party

    async def visit() -> None:
        await spies.arrive()
        mo, host = spies.clients["mo"], spies.clients["host"]
        notes = [
            (await mo.do("note.add", column=party.columns[0].uid, text=f"Seddel {n}"))[2]
            for n in range(3)
        ]
        await host.do("phase.set", phase="vote", hidden=False)
        for role in ROLES:
            client = spies.clients[role]
            await client.reaches(4)
            spies.since[role] = len(client.raw)
        await mo.do("vote.set", note=notes[1], dots=3)
        await mo.do("vote.set", note=notes[2], dots=1)
        last = await host.do("room.dots", note=notes[0], dots=4)
        for role in READERS:
            client = spies.clients[role]
            await client.reaches(last[1])
            live = "\n".join(client.raw[spies.since[role] :])
            if role == "host":
                live = live.replace(json.dumps(last, separators=(",", ":")), "")
            seen = notes if ROLES[role] != "tovholder" else notes[1:]
            assert holds(live, *seen) == [], role
            text = await spies.heard(role, last[1])
            assert votes_in(text) == set(), role
            voted = '"people":1,"dots":4' if ROLES[role] == "tovholder" else '"kind":"cast"}'
            assert voted in live
            assert ('"voted"' in text) == (ROLES[role] == "tovholder")
        assert spies.clients["mo"].board.votes == {notes[1]: 3, notes[2]: 1}
        rows = await aside(log)
        tail = json.loads(rows)[4:]
        assert [row[3] for row in tail] == [{}, {}, {}]
        over = await host.do("phase.set", phase="discuss", hidden=False)
        for role in READERS:
            text = await spies.heard(role, over[1])
            assert votes_in(text) >= {(notes[1], 3), (notes[2], 1), (notes[0], 4)}, role

    visiting(visit())


def votes_in(text: str) -> set[tuple[str, int]]:
    """Every pair of a note and a number of dots, wherever it stands."""
    found: set[tuple[str, int]] = set()

    def walk(thing: Any) -> None:
        if isinstance(thing, dict):
            if thing.get("kind") == "vote":
                found.add((thing["note"], thing["dots"]))
            if "dots" in thing and "id" in thing:
                found.add((thing["id"], thing["dots"]))
            for one in thing.values():
                walk(one)
        elif isinstance(thing, list):
            for one in thing:
                walk(one)

    for line in text.splitlines():
        walk(json.loads(line))
    return found


def test_nothing_links_two_notes_of_one_anonymous_person(spies: Spies) -> None:
    """Two people write by turns. Nothing that a reader is given, nor anything in the log, takes the
    same value for two notes of one and another for those of the other."""
    party = spies.party

    async def visit() -> None:
        await spies.arrive()
        ulla = spies.clients["ulla"]
        cookie = await aside(comes_in, party, "ib")
        (ib,) = await welcomed([spies.served.client(party, cookie)])
        host = spies.clients["host"]
        await host.do("phase.set", phase="collect", hidden=False)
        wrote: dict[str, list[str]] = {"ulla": [], "ib": []}
        for n in range(4):
            for who, client in (("ulla", ulla), ("ib", ib)):
                made = await client.do("note.add", column=party.columns[0].uid, text=f"Ord {n}")
                wrote[who].append(made[2])
                last = made[1]
        for role in ("mo", "host", "wall"):
            await spies.heard(role, last)
            notes = spies.clients[role].board.notes
            links(wrote, {uid: flat(note) for uid, note in notes.items()})
            text = "\n".join(spies.clients[role].raw)
            people = await aside(numbers_of_people)
            assert not {number for number in numbers_in(text) if number in people}, role
        rows = await aside(
            lambda: list(Operation.objects.filter(kind="note.add").order_by("seq").values())
        )
        by_note = {row["payload"]["note"]: row for row in rows}
        links(wrote, {uid: flat({**row, "at": ""}) for uid, row in by_note.items()})
        assert len({row["mark"] for row in rows}) == 8
        assert set(by_note[wrote["ib"][0]]["payload"]) == {"note", "column"}

    visiting(visit())


def flat(row: dict[str, Any]) -> dict[str, str]:
    return {name: json.dumps(value, default=str) for name, value in row.items()}


def links(wrote: dict[str, list[str]], rows: dict[str, dict[str, str]]) -> None:
    """A field links when it is the same for two notes of one person and other for another's."""
    mine, others = ([rows[uid] for uid in uids] for uids in wrote.values())
    for name in mine[0]:
        own = Counter(row[name] for row in mine)
        foreign = {row[name] for row in others}
        repeated = {value for value, n in own.items() if n > 1}
        assert repeated <= foreign, name


def numbers_in(text: str) -> set[int]:
    """Every whole number but the counting ones of frames and entries."""
    found: set[int] = set()

    def walk(thing: Any, name: str = "") -> None:
        if isinstance(thing, dict):
            for key, value in thing.items():
                walk(value, key)
        elif isinstance(thing, list):
            for one in thing:
                walk(one, name)
        elif isinstance(thing, int) and name not in COUNTING and not isinstance(thing, bool):
            found.add(thing)

    for line in text.splitlines():
        walk(json.loads(line))
    return found


COUNTING = {
    "seq", "from", "to", "v", "n", "dots", "people", "left", "voted", "cast", "acks", "counts",
}  # fmt: skip


def test_who_was_shown_out_and_who_never_came_hear_nothing(spies: Spies) -> None:
    party = spies.party

    async def visit() -> None:
        await spies.arrive()
        host, ulla = spies.clients["host"], spies.clients["ulla"]
        wall = spies.clients["wall"]
        await host.do("phase.set", phase="collect", hidden=False)
        number = party.seats["ulla"].participant
        await host.do("seat.remove", seat=number)
        for client in (ulla, wall):
            await client.until(lambda client=client: client.closed_with == 4401)
        await spies.clients["mo"].do("note.add", column=party.columns[0].uid, text="Bagefter")
        await asyncio.sleep(0.2)
        assert "Bagefter" not in "".join(ulla.raw + wall.raw)
        for cookie in (spies.cookies["ulla"], "x=1"):
            walker = Walker(spies.served, party, cookie)
            for query in ("", "?som=laerred", "?som=tovholder", "?since=0"):
                assert await aside(walker.get, "ops", query) == 404
            late = await spies.served.client(party, cookie).open()
            await late.until(lambda late=late: late.closed_with is not None)
            assert late.raw == [] and late.closed_with == 4401

    visiting(visit())
    assert Note.objects.count() == 1
