"""What docs/operate.md says is started for real, once, and people come to it through the proxy.

One test, since starting everything takes most of its time and the suite runs on two processors.
"""

import asyncio
import json
import re
import socket
import time
from statistics import median

import pytest
from django.db import connection
from websockets.exceptions import InvalidStatus

from bench import load
from tests.boards.client import Client
from tests.boards.served import TROUBLE
from tests.stories.pages import code_on
from tests.topology import handbook
from tests.topology.place import Place, in_production
from tests.topology.proxy import VISITORS_ADDRESS
from tests.topology.visitor import Page, Visitor

pytestmark = pytest.mark.db


def test_the_processes_of_the_handbook_serve_people_together() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("runs once, with PostgreSQL")
    with in_production() as here:
        assert "The page of theme 1." in here.said and "REFUSED" not in here.said
        assert "fit to be trusted with people's words" in here.said
        a_stranger_reads(here)
        a_story_gets_its_receipt(here)
        what_was_approved_is_shown_by_the_worker(here)
        anna, bo = came_in(here, "Anna"), came_in(here, "Bo")
        asyncio.run(a_note_reaches_everybody(here, anna, bo))
        nothing_is_said_of_anybody(here)
        all_end_though_visitors_do_not(here, anna)


def a_stranger_reads(here: Place) -> None:
    visitor = Visitor(here.proxy.port)
    front = visitor.get("/")
    assert front.status == 200 and "<h1" in front.text
    (style, *_more) = re.findall(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', front.text)
    sheet = visitor.get(style)
    assert sheet.status == 200 and "immutable" in sheet.headers["cache-control"]
    assert "Den første tid" in visitor.get("/temaer/den-foerste-tid/").text
    assert not visitor.cookies
    assert 'name="login"' in visitor.get("/konto/login/").text
    assert visitor.cookies.keys() == {"__Host-csrf"}


def a_story_gets_its_receipt(here: Place) -> None:
    visitor = Visitor(here.proxy.port)
    form = visitor.get("/fortael/paa-en-side/")
    sent = visitor.sends(form, "/fortael/paa-en-side/", text="Jeg vil bo", consents=["show"])
    assert sent.status == 200
    assert len(code_on(sent)) == 7  # type: ignore[arg-type]


def what_was_approved_is_shown_by_the_worker(here: Place) -> None:
    visitor = Visitor(here.proxy.port)
    until = time.monotonic() + 15
    while "En at følges med" not in visitor.get("/fortaellinger/").text:
        assert time.monotonic() < until, here.processes["worker"].log.read_text()
        time.sleep(0.1)


# --- at the board ---------------------------------------------------------------------------------


def came_in(here: Place, name: str) -> Visitor:
    visitor, address = Visitor(here.proxy.port), f"/v/{here.code}/"
    board = visitor.sends(visitor.get(address), address, name=name)
    assert board.status == 200 and board.path == address
    return visitor


async def a_note_reaches_everybody(here: Place, anna: Visitor, bo: Visitor) -> None:
    """From process to process, and to the page that a third one makes."""
    with pytest.raises(InvalidStatus, match="403"):
        await at_the_board(here, anna, origin="https://elsewhere.example").open()
    one, other = at_the_board(here, anna), at_the_board(here, bo)
    for client in (one, other):
        await client.open()
        await client.until(lambda client=client: client.board.seq is not None)
    took = [await told(one, other, here, f"Bus nummer {number}") for number in range(5)]
    # Told through Redis; a process that looks for itself does so once a second.
    assert median(took) < 0.5
    board = await asyncio.to_thread(bo.get, f"/v/{here.code}/")
    assert "Bus nummer 4" in board.text
    await asyncio.to_thread(writes_by_form, here, bo, board)
    for client in (one, other):
        await client.until(lambda client=client: has(client, "Uden script"))
        await client.close()
    # Refused, then Anna and Bo: one after the other.
    assert len(set(here.proxy.went_to(f"/ws/v/{here.code}/")[1:])) == 2


def at_the_board(here: Place, who: Visitor, origin: str = "") -> Client:
    url = f"ws://127.0.0.1:{here.proxy.port}/ws/v/{here.code}/"
    return Client(url, who.cookie(), origin or who.origin)


async def told(one: Client, other: Client, here: Place, text: str) -> float:
    started = time.monotonic()
    await one.do("note.add", column=here.column, text=text)
    await other.until(lambda: has(other, text))
    return time.monotonic() - started


def has(client: Client, text: str) -> bool:
    return any(note["text"] == text for note in client.board.notes.values())


def writes_by_form(here: Place, who: Visitor, board: Page) -> None:
    address = f"/v/{here.code}/gem/"
    answer = who.sends(board, address, kind="note.add", column=here.column, text="Uden script")
    assert answer.status == 200 and "Uden script" in answer.text


# --- what is left ---------------------------------------------------------------------------------


def nothing_is_said_of_anybody(here: Place) -> None:
    logs = here.logs()
    assert not any(word in logs for word in TROUBLE), logs
    assert VISITORS_ADDRESS not in logs and here.code not in logs, logs


def all_end_though_visitors_do_not(here: Place, anna: Visitor) -> None:
    """A phone sleeps with frames unread."""
    with sleeping(here, anna):
        seconds = handbook.seconds_to_stop()
        assert here.ends(seconds).keys() == here.processes.keys(), here.logs()


def sleeping(here: Place, who: Visitor) -> socket.socket:
    """Asks for more than fits on the way, and reads none of it."""
    phone = socket.socket()
    phone.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    phone.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1448)
    phone.connect(("127.0.0.1", here.ports["boards"]))
    headers = (f"Origin: {who.origin}", f"Cookie: {who.cookie()}", "X-Forwarded-Proto: https")
    phone.sendall(load.upgrade(here.proxy.port, f"/ws/v/{here.code}/", *headers))
    assert b" 101 " in phone.recv(200)
    hello = json.dumps({"t": "hello", "v": 1, "since": None})
    phone.sendall(load.masked(hello.encode()) * 15)
    time.sleep(0.5)
    return phone
