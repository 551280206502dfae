"""Readers who stop reading, and those who drop out and come back."""

import asyncio
import json
import socket
import time

import pytest

from cocreate.boards.commit import commit
from cocreate.boards.models import Note, Operation
from tests.boards.harness import Served, all_have, comes_in, visiting, welcomed
from tests.boards.people import Party, ask, cid
from tests.boards.wire.test_hostile import raw_handshake

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_reader_who_stops_reading_is_let_go_and_delays_nobody(
    served: Served, party: Party, host_cookie: str
) -> None:
    """Each change of phase brings every note anew: soon more than all buffers hold."""
    stalls, reads = comes_in(party, "stum"), comes_in(party, "mo")
    long = {"column": party.columns[0].uid, "text": "ord " * 240}
    for _ in range(3):
        commit(party.board.pk, [ask(party.facilitator, "note.add", **long) for _ in range(200)])
    took: list[float] = []

    async def visit() -> None:
        with socket.socket() as stalled:
            stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            stalled.connect(("127.0.0.1", served.port))
            stalled.sendall(raw_handshake(served, party, stalls))
            await asyncio.sleep(0.3)
            stalled.sendall(b'\x81\x96\x00\x00\x00\x00{"t":"hello","v":1   }')
            lead, reader = await welcomed(
                [served.client(party, host_cookie, "tovholder"), served.client(party, reads)]
            )
            for turn in range(16):
                started = time.monotonic()
                phase = ("cluster", "discuss")[turn % 2]
                made = await lead.do("phase.set", phase=phase, hidden=False)
                await reader.reaches(made[1])
                took.append(time.monotonic() - started)
            assert len(reader.board.notes) == 600
            assert sorted(took)[len(took) // 2] < 1
            assert await is_let_go(stalled)

    visiting(visit())


async def is_let_go(stalled: socket.socket) -> bool:
    """The other side has closed: reading comes to an end, or fails."""
    stalled.setblocking(False)
    loop = asyncio.get_running_loop()
    until = time.monotonic() + 20
    # Without reading first: what was sent may fill the buffers.
    while time.monotonic() < until:
        await asyncio.sleep(1)
        try:
            stalled.send(b"\x89\x80\x00\x00\x00\x00")
        except (BrokenPipeError, ConnectionResetError):
            return True
        except BlockingIOError:
            continue
    try:
        while data := await asyncio.wait_for(loop.sock_recv(stalled, 65536), 5):
            assert data
    except (ConnectionResetError, TimeoutError) as end:
        return isinstance(end, ConnectionResetError)
    return True


@pytest.mark.db
def test_what_was_unsent_when_the_line_broke_is_stored_once(served: Served, party: Party) -> None:
    cookies = [comes_in(party, "mo"), comes_in(party, "ulla")]
    column = party.columns[0].uid

    async def visit() -> None:
        mo, ulla = await welcomed([served.client(party, cookie) for cookie in cookies])
        for turn in range(6):
            for n in range(2):
                await mo.send("note.add", column=column, text=f"{turn}.{n}")
            await asyncio.sleep(0.02 * turn)
            mo.drop()
            await ulla.do("note.add", column=column, text=f"Imens {turn}")
            await mo.open()
            await mo.until(lambda: not mo.sent)
        await all_have([mo, ulla], 18)
        texts = sorted(note["text"] for note in ulla.board.notes.values())
        assert texts == sorted(
            [f"{t}.{n}" for t in range(6) for n in range(2)] + [f"Imens {t}" for t in range(6)]
        )
        assert mo.board.notes == ulla.board.notes
        assert mo.refused == {}
        await asyncio.gather(mo.close(), ulla.close())

    visiting(visit())
    assert Note.objects.count() == 18
    assert list(Operation.objects.order_by("seq").values_list("seq", flat=True)) == [*range(1, 19)]


def test_coming_back_brings_what_was_missed_and_not_the_whole_board(
    served: Served, party: Party
) -> None:
    cookies = [comes_in(party, "mo"), comes_in(party, "ulla")]

    async def visit() -> None:
        mo, ulla = await welcomed([served.client(party, cookie) for cookie in cookies])
        await ulla.do("note.add", column=party.columns[0].uid, text="Før.")
        await mo.reaches(1)
        mo.drop()
        await ulla.do("note.add", column=party.columns[0].uid, text="Imens.")
        heard = len(mo.raw)
        await mo.open()
        await mo.reaches(2)
        new = "".join(mo.raw[heard:])
        assert "Imens." in new and "Før." not in new and '"columns"' not in new
        assert mo.board.notes == ulla.board.notes
        await asyncio.gather(mo.close(), ulla.close())

    visiting(visit())


def test_a_number_the_board_never_had_brings_the_whole_board(served: Served, party: Party) -> None:
    """As after a backup was put back."""
    party.write(party.sit("ib"), "Det, der er.")

    async def visit() -> None:
        client = served.client(party, comes)
        client.board.seq = 5000
        await client.open()
        await client.until(lambda: client.board.seq == 1)
        assert [note["text"] for note in client.board.notes.values()] == ["Det, der er."]
        await client.close()

    comes = comes_in(party, "mo")
    visiting(visit())


def test_many_made_up_numbers_fill_no_memory(served: Served, party: Party) -> None:
    writer = party.sit("ib")
    for n in range(60):
        party.write(writer, f"{n} " + "ord " * 200)
    cookies = [comes_in(party, f"p{n}") for n in range(8)]

    async def visit() -> None:
        for number, cookie in enumerate(cookies):
            (client,) = await welcomed([served.client(party, cookie)])
            for since in range(number * 7, number * 7 + 7):
                await client.say({"t": "hello", "v": 1, "since": since})
                await client.say({"t": "ping"})
                await client.until(lambda client=client: client.raw[-1] == '{"t":"pong"}')
                client.raw.append("")
                assert client.board.seq == 60
            await client.close()

    before = served.memory()
    visiting(visit())
    assert served.memory() - before < 30_000_000


def test_two_tabs_of_one_person_agree(served: Served, party: Party) -> None:
    cookie = comes_in(party, "mo")
    note = party.write(party.seats["mo"], "Min.")
    party.go_to("vote")

    async def visit() -> None:
        one, two = await welcomed([served.client(party, cookie) for _ in range(2)])
        made = await one.do("vote.set", note=note.uid, dots=3)
        await two.reaches(made[1])
        assert one.board.votes == two.board.votes == {note.uid: 3}
        await asyncio.gather(one.close(), two.close())

    visiting(visit())


def test_everybody_learns_how_many_are_here(served: Served, party: Party) -> None:
    """Also somebody who comes when another leaves, so that the number is as before."""
    cookies = [comes_in(party, who) for who in ("mo", "ulla", "ib")]

    async def visit() -> None:
        mo, ulla = await welcomed([served.client(party, cookie) for cookie in cookies[:2]])
        await asyncio.gather(*(one.until(lambda one=one: one.people == 2) for one in (mo, ulla)))
        ulla.drop()
        (ib,) = await welcomed([served.client(party, cookies[2])])
        await ib.until(lambda: ib.people == 2)
        await asyncio.gather(mo.close(), ib.close())

    visiting(visit())


def test_an_answer_comes_in_the_readers_own_language(served: Served, party: Party) -> None:
    cookie = comes_in(party, "mo")
    op = {"kind": "note.add", "column": "findes-ikke", "text": "x"}

    async def visit() -> None:
        said = {}
        for language in ("da", "en"):
            client = served.client(party, cookie)
            client.url += f"?sprog={language}"
            await welcomed([client])
            own = cid()
            await client.say({"t": "op", "cid": own, "op": op})
            await client.until(lambda own=own, client=client: own in client.refused)
            said[language] = json.loads(client.raw[-1])["message"]
            await client.close()
        assert said["en"] == "It is no longer on the board."
        assert said["da"] != said["en"]

    visiting(visit())
