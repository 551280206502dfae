"""Whatever is sent: an answer that refuses, or a close code. Never a traceback, and nobody else is
disturbed."""

import asyncio
import random
from contextlib import suppress
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from cocreate.boards.models import Board
from tests.boards.client import Client
from tests.boards.harness import Served, comes_in, visiting, welcomed
from tests.boards.mutants import frames
from tests.boards.people import Party, cid, hold

pytestmark = pytest.mark.django_db(transaction=True)
SEED = 20261123
REFUSES = {4429, 4400, 4413, 1003, 1007, 1009, 1002, 1000, 4401}


async def answered(client: Client, message: str | bytes) -> int:
    """Says it and waits until the server has read it; the number of frames that came."""
    before = len(client.raw)
    await client.say(message)
    await client.say({"t": "ping"})
    await client.until(
        lambda: client.closed_with is not None or '{"t":"pong"}' in client.raw[before:], 5
    )
    return len(client.raw) - before


def test_hundreds_of_crooked_frames_over_the_wire(served: Served, party: Party) -> None:
    """From forty people, each within what one person may say."""
    people = [comes_in(party, f"p{n}") for n in range(40)]
    other = comes_in(party, "mo")
    corpus = frames(random.Random(SEED), party, 360)  # noqa: S311

    async def visit() -> None:
        (calm,) = await welcomed([served.client(party, other)])
        for number, cookie in enumerate(people):
            (client,) = await welcomed([served.client(party, cookie)])
            for message in corpus[number * 9 : number * 9 + 9]:
                await answered(client, message)
                if client.closed_with is not None:
                    assert client.closed_with in REFUSES, (client.closed_with, message[:200])
                    (client,) = await welcomed([served.client(party, cookie)])
            await client.close()
        made = await calm.do("note.add", column=party.columns[0].uid, text="Jeg skriver videre.")
        await calm.reaches(made[1])
        assert calm.closed_with is None
        await calm.close()

    visiting(visit())


@pytest.mark.parametrize(
    "message",
    [
        b"\x00\xff binary",
        b'{"t":"ping"}',
        "x" * 70_000,
        "x" * 1_048_576,
        '{"t":"op","cid":"\\ud800aaaaaaaaaaaaaaaaa","op":{}}',
        '{"t":"op","cid":"' + "æ" * 20 + '","op":{"kind":"note.add"}}',
        "[" * 30_000,
        '{"t":"hello","since":' + "9" * 5000 + "}",
        '{"t":"hello","v":1,"since":1e400}',
        '{"t":"hello","v":1,"since":-1}',
        '{"t":"hello","v":1,"since":true}',
        '{"t":"hello","v":1,"since":9007199254740991}',
        '{"t":["op"],"cid":{},"op":[]}',
        "null",
        "",
    ],
    ids=lambda message: repr(message[:24]),
)
def test_one_crooked_frame(served: Served, party: Party, message: str | bytes) -> None:
    cookies = [comes_in(party, "ond"), comes_in(party, "mo")]

    async def visit() -> None:
        bad, calm = await welcomed([served.client(party, cookie) for cookie in cookies])
        await answered(bad, message)
        if isinstance(message, bytes) or len(message) > 65_536:
            assert bad.closed_with in {4400, 4413, 1009}
        else:
            assert bad.closed_with is None
        await calm.do("note.add", column=party.columns[0].uid, text="Jeg skriver videre.")
        await asyncio.gather(bad.close(), calm.close())

    visiting(visit())


def test_nothing_is_done_before_hello(served: Served, party: Party) -> None:
    client = served.client(party, comes_in(party, "mo"))
    op = {"kind": "note.add", "column": party.columns[0].uid, "text": "For tidligt."}

    async def visit() -> None:
        await client.open(hello=False)
        own = cid()
        await client.say({"t": "op", "cid": own, "op": op})
        await client.until(lambda: own in client.refused)
        assert client.refused[own] == "bad"
        await client.say({"t": "hello", "v": 1, "since": None})
        await client.until(lambda: client.board.seq is not None)
        assert client.board.seq == 0
        await client.close()

    visiting(visit())


def test_the_ids_of_another_board_open_nothing(served: Served, party: Party) -> None:
    other = hold(party.cast, hidden=False)
    writer = other.sit("ib")
    note = other.write(writer, "Hemmeligt andetsteds.")
    cookie, column = comes_in(party, "ond"), party.columns[0].uid

    async def visit() -> None:
        (client,) = await welcomed([served.client(party, cookie)])
        for kind, fields in [
            ("note.add", {"column": other.columns[0].uid, "text": "x"}),
            ("note.edit", {"note": note.uid, "base": 1, "text": "x"}),
            ("note.move", {"note": note.uid, "column": column}),
            ("note.take_back", {"note": note.uid}),
        ]:
            own = await client.send(kind, **fields)
            await client.until(lambda own=own: own in client.refused)
            assert client.refused[own] in {"gone", "not_allowed"}
        assert not any("Hemmeligt" in told for told in client.raw)
        await client.close()

    visiting(visit())
    assert Board.objects.get(pk=other.board.pk).seq == 1


def test_a_hundred_messages_a_second_are_told_to_slow_down_and_then_shut_out(
    served: Served, party: Party
) -> None:
    cookies = [comes_in(party, "ond"), comes_in(party, "mo")]
    column = party.columns[0].uid

    async def visit() -> None:
        flood, calm = await welcomed([served.client(party, cookie) for cookie in cookies])
        for _ in range(40):
            op = {"kind": "note.add", "column": column, "text": "Støj."}
            await flood.say({"t": "op", "cid": cid(), "op": op})
        await calm.do("note.add", column=column, text="Rolig.")
        while flood.closed_with is None:
            await flood.say({"t": "ping"})
            await asyncio.sleep(0.005)
        assert flood.closed_with == 4429
        assert "too_fast" in flood.refused.values()
        assert sum(note["text"] == "Støj." for note in calm.board.notes.values()) <= 25
        await calm.do("note.add", column=column, text="Stadig rolig.")
        await calm.close()

    visiting(visit())


def test_a_wall_put_up_by_one_who_floods_darkens_no_other(served: Served, party: Party) -> None:
    bad, good = comes_in(party, "ond"), comes_in(party, "mo")

    async def visit() -> None:
        flood, wall = await welcomed(
            [served.client(party, bad, "laerred"), served.client(party, good, "laerred")]
        )
        while flood.closed_with is None:
            await flood.say({"t": "ping"})
            await asyncio.sleep(0.002)  # a flood, yet no more than the test itself can take
        assert flood.closed_with == 4429
        before = len(wall.raw)
        await wall.say({"t": "ping"})
        await wall.until(lambda: len(wall.raw) > before)
        assert wall.raw[-1] == '{"t":"pong"}'
        await wall.close()

    visiting(visit())


@pytest.mark.parametrize("as_", ["", "laerred"])
def test_one_person_has_eight_sockets(served: Served, party: Party, as_: str) -> None:
    bad, good = comes_in(party, "ond"), comes_in(party, "mo")

    async def visit() -> None:
        many = [served.client(party, bad, as_) for _ in range(50)]
        for client in many:
            await client.open(hello=False)
        await asyncio.sleep(0.5)
        still = [client for client in many if client.closed_with is None]
        assert len(still) == 8
        assert {client.closed_with for client in many if client not in still} == {4429}
        (other,) = await welcomed([served.client(party, good)])
        await other.do("note.add", column=party.columns[0].uid, text="Her er plads.")
        await asyncio.gather(*(client.close() for client in [*still, other]))

    visiting(visit())


def test_sockets_that_come_and_go_all_the_time(served: Served, party: Party) -> None:
    """Dropped before, during and after the handshake; nothing is left behind."""
    bad, good = comes_in(party, "ond"), comes_in(party, "mo")

    async def visit() -> None:
        (calm,) = await welcomed([served.client(party, good)])
        dice = random.Random(SEED)  # noqa: S311
        for _ in range(60):
            client = served.client(party, bad)
            try:
                await client.open(hello=dice.random() < 0.8)
            except (InvalidStatus, OSError):
                continue
            if dice.random() < 0.5:
                await client.send("note.add", column=party.columns[0].uid, text="Væk igen.")
            client.drop()
        await calm.do("note.add", column=party.columns[0].uid, text="Jeg er her endnu.")
        await calm.until(lambda: calm.people in {None, 1}, 10)
        await calm.close()

    visiting(visit())


def raw_handshake(served: Served, party: Party, cookie: str) -> bytes:
    return (
        f"GET /ws/v/{party.workshop.code}/ HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n"
        f"Origin: {served.origin}\r\nCookie: {cookie}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


CROOKED_BYTES: list[Any] = [
    b"\x81\x05hello",  # not masked
    b"\x83\x80\x00\x00\x00\x00",  # a kind of frame that is none
    b"\xf1\x80\x00\x00\x00\x00",  # reserved bits
    b"\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff",  # longer than there is
    b"\x81\x82\x00\x00\x00\x00\xff\xfe",  # no UTF-8
    b"\x80\x80\x00\x00\x00\x00",  # goes on with nothing
    b"\x89\xfe\x01\x00\x00\x00\x00\x00" + b"x" * 256,  # a ping that is too long
    b"\x88\x81\x00\x00\x00\x00\x00",  # a goodbye of one byte
    b"GET / HTTP/1.1\r\n\r\n",
]


@pytest.mark.parametrize("sent", CROOKED_BYTES, ids=lambda sent: sent[:4].hex())
def test_bytes_that_are_no_frame(served: Served, party: Party, sent: bytes) -> None:
    cookie = comes_in(party, "ond")

    async def visit() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
        writer.write(raw_handshake(served, party, cookie))
        assert b"101" in await reader.readuntil(b"\r\n\r\n")
        writer.write(sent)
        await writer.drain()
        # It is closed from the other side, by a goodbye or without.
        with suppress(ConnectionResetError):
            await asyncio.wait_for(reader.read(), 15)
        writer.close()

    visiting(visit())
