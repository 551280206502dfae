"""A note that is taken back at home, by its author's code, while the board is open in the room."""

import pytest
from django.test import Client as Browser

from cocreate.boards.models import Participant
from tests.boards.harness import Served, aside, comes_in, visiting, welcomed
from tests.boards.people import Party
from tests.cast import open_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_open_socket_is_told(served: Served, party: Party, host_cookie: str) -> None:
    cookies = [comes_in(party, "mo"), comes_in(party, "ulla")]
    note = party.write(party.seats["mo"], "Den fortryder jeg.")
    browser = Browser()
    receipt = Participant.objects.get(pk=party.seats["mo"].participant).receipt
    assert receipt is not None
    open_in(browser, receipt)

    async def visit() -> None:
        sockets = [served.client(party, cookie) for cookie in cookies]
        sockets.append(served.client(party, host_cookie, as_="tovholder"))
        await welcomed(sockets)
        assert all(note.uid in socket.board.notes for socket in sockets)
        await aside(browser.post, f"/kode/seddel/{note.uid}/traek-tilbage/")
        for socket in sockets:
            await socket.until(lambda socket=socket: note.uid not in socket.board.notes)
            await socket.close()

    visiting(visit())
