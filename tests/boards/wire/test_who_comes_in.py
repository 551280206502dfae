"""Who gets a socket, and who is shown out of one."""

import asyncio

import pytest
from django.contrib.sessions.models import Session
from websockets.exceptions import InvalidStatus

from tests.boards.client import Client
from tests.boards.harness import Served, aside, comes_in, leads, shown_out, visiting, welcomed
from tests.boards.people import Party, hold

pytestmark = pytest.mark.django_db(transaction=True)


def origins(served: Served) -> list[str]:
    port = served.port
    return [
        "",
        "null",
        "http://evil.example",
        f"http://127.0.0.1:{port + 1}",
        "http://127.0.0.1",
        f"https://127.0.0.1:{port}",
        f"http://localhost:{port}",
        f"http://127.0.0.1:{port}.evil.example",
        f"http://evil.example/127.0.0.1:{port}",
        f"http://user@127.0.0.1:{port}",
        f"http://[127.0.0.1:{port}",
        f"ws://127.0.0.1:{port}",
    ]


async def is_refused(client: Client) -> bool:
    """Before the handshake is through."""
    try:
        await client.open()
    except InvalidStatus as refused:
        # daphne itself answers 400 to an origin that is no address.
        return refused.response.status_code in {400, 403}
    await client.close()
    return False


def test_a_socket_opened_by_another_place_is_refused(served: Served, party: Party) -> None:
    cookie = comes_in(party, "mo")

    async def visit() -> None:
        for origin in origins(served):
            client = served.client(party, cookie, origin=origin or "x")
            if not origin:
                del client.headers["Origin"]
            assert await is_refused(client), origin
        (good,) = await welcomed([served.client(party, cookie)])
        await good.close()

    visiting(visit())


def test_two_origins_are_none(served: Served, party: Party) -> None:
    cookie = comes_in(party, "mo")

    async def visit() -> None:
        client = served.client(party, cookie, origin=f"{served.origin}, http://evil.example")
        assert await is_refused(client)

    visiting(visit())


async def closed_with(client: Client) -> int | None:
    await client.open()
    await client.until(lambda: client.closed_with is not None)
    return client.closed_with


def test_without_a_seat_one_is_sent_to_the_door(
    served: Served, party: Party, host_cookie: str
) -> None:
    mine = comes_in(party, "mo")
    other = hold(party.cast, hidden=False)
    elsewhere = comes_in(other, "ib")
    name, _, token = mine.partition("=")

    async def visit() -> None:
        for cookie in (
            "x=1",
            elsewhere,
            f"{name}={elsewhere.partition('=')[2]}",
            f"{name}={token[:-1]}",
            f"{name}=",
            f'{name}="{token}',
            host_cookie,
        ):
            assert await closed_with(served.client(party, cookie)) == 4401, cookie
        for as_ in ("tovholder", "laerred"):
            assert await closed_with(served.client(party, "x=1", as_)) == 4401
        assert await closed_with(served.client(party, mine, "tovholder")) == 4401
        stranger = served.client(party, mine)
        stranger.url = stranger.url.replace(party.workshop.code, "AAAAAA")
        assert await closed_with(stranger) == 4404
        assert not [told for told in stranger.raw if "board" in told]

    visiting(visit())


@pytest.mark.parametrize("path", ["/ws/", "/ws/v/", "/ws/v/a/b/", "/", "/ws/v/%00/", "/ws/v/%ff/"])
def test_an_address_that_is_none_is_refused_quietly(
    served: Served, party: Party, path: str
) -> None:
    client = served.client(party, comes_in(party, "mo"))
    client.url = f"ws://127.0.0.1:{served.port}{path}"

    async def visit() -> None:
        try:
            code = await closed_with(client)
        except InvalidStatus as refused:
            assert refused.response.status_code in {403, 404}
        else:
            assert code == 4404

    visiting(visit())


def test_another_programs_odd_cookie_spoils_no_seat(served: Served, party: Party) -> None:
    cookie = comes_in(party, "mo")

    async def visit() -> None:
        for odd in ('{"a": [1]}=x; ', 'a="b; ', "=; ;;", 'x={"y":"z"}; ', "æ=ø; "):
            client = served.client(party, "")
            client.headers["Cookie"] = odd + cookie
            await welcomed([client])
            await client.close()

    visiting(visit())


def test_a_facilitators_socket_needs_the_second_factor(served: Served, party: Party) -> None:
    with_it, not_here = leads(party.cast), leads(party.cast, "second_host")
    without = party.cast.client("host_without_second_factor").cookies["sessionid"].value

    async def visit() -> None:
        (lead,) = await welcomed([served.client(party, with_it, "tovholder")])
        assert lead.board.me["role"] == "facilitator"
        await lead.close()
        refused = served.client(party, f"sessionid={without}", "tovholder")
        assert await closed_with(refused) == 4401
        other = served.client(party, not_here, "tovholder")
        assert await closed_with(other) == 4401

    visiting(visit())


def test_whoever_is_shown_out_hears_nothing_more(
    served: Served, party: Party, host_cookie: str
) -> None:
    """On no socket: not one that has not said hello yet, nor a wall put up from that seat."""
    out, stays = comes_in(party, "ud"), comes_in(party, "mo")

    async def visit() -> None:
        lead = served.client(party, host_cookie, "tovholder")
        here, gone, wall = (
            served.client(party, stays),
            served.client(party, out),
            served.client(party, out, "laerred"),
        )
        await welcomed([lead, here, gone, wall])
        silent = await Client.open(served.client(party, out), hello=False)
        await lead.do("seat.remove", seat=party.seats["ud"].participant)
        for client in (gone, wall, silent):
            await client.until(lambda client=client: client.closed_with is not None)
            assert client.closed_with == 4401
        heard = [len(client.raw) for client in (gone, wall, silent)]
        await here.do("note.add", column=party.columns[0].uid, text="Efter døren lukkede.")
        await asyncio.sleep(0.3)
        assert [len(client.raw) for client in (gone, wall, silent)] == heard
        assert not any("Efter" in told for client in (gone, wall, silent) for told in client.raw)
        for as_ in ("", "laerred"):
            assert await closed_with(served.client(party, out, as_)) == 4401
        for path in ("ops", "snapshot"):
            status, _headers, _body = served.ask("GET", f"/v/{party.workshop.code}/{path}/", out)
            assert status == 404
        await asyncio.gather(lead.close(), here.close())

    visiting(visit())


def test_shown_out_from_another_process_before_it_was_heard(served: Served, party: Party) -> None:
    """What a form elsewhere stored reaches this process by the log alone."""
    cookie = comes_in(party, "ud")

    async def visit() -> None:
        gone, silent = served.client(party, cookie), served.client(party, cookie)
        await welcomed([gone])
        await silent.open(hello=False)
        await aside(shown_out, party, party.seats["ud"])
        for client in (gone, silent):
            await client.until(lambda client=client: client.closed_with is not None)
            assert client.closed_with == 4401
        assert silent.raw == []

    visiting(visit())


def test_a_seat_lost_between_the_door_and_hello(served: Served, party: Party) -> None:
    """Nobody else is there, so this process has not looked at the board yet."""
    cookie = comes_in(party, "ud")

    async def visit() -> None:
        client = await served.client(party, cookie).open(hello=False)
        await asyncio.sleep(0.2)
        await aside(shown_out, party, party.seats["ud"])
        await client.say({"t": "hello", "v": 1, "since": None})
        await client.until(lambda: client.closed_with is not None)
        assert client.closed_with == 4401
        assert not any("board" in told for told in client.raw)

    visiting(visit())


@pytest.mark.parametrize("loses", ["session", "role"])
def test_a_facilitator_who_is_none_any_more_hears_nothing_further(
    served: Served, party: Party, host_cookie: str, loses: str
) -> None:
    """Nor the wall that was put up with the same session; everybody else stays."""
    mo = comes_in(party, "mo")

    def lose() -> None:
        if loses == "session":
            Session.objects.all().delete()
        else:
            party.cast.host.groups.clear()

    async def visit() -> None:
        lead = served.client(party, host_cookie, "tovholder")
        wall, here = served.client(party, host_cookie, "laerred"), served.client(party, mo)
        await welcomed([lead, wall, here])
        await asyncio.sleep(2.5)
        assert lead.closed_with is None and wall.closed_with is None
        await aside(lose)
        for client in (lead, wall):
            await client.until(lambda client=client: client.closed_with is not None)
            assert client.closed_with == 4401
        await here.do("note.add", column=party.columns[0].uid, text="Nogen er gået.")
        assert here.closed_with is None

    visiting(visit())
