"""A live board as it runs: the server is a process of its own, on the database of the tests."""

import asyncio
import random
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, connections

from cocreate.boards.models import Participant
from cocreate.boards.operations import come_in
from cocreate.boards.seats import Seat, cookie_name, seat_of
from cocreate.contributions.codes import digest
from tests.boards import served
from tests.boards.client import Client
from tests.boards.people import Party
from tests.cast import Cast

SERVERS = ("uvicorn", "daphne")
T = TypeVar("T")
# Those who came to a server in this test.
_came: list[Client] = []


def database_url() -> str:
    """Where the tests' own rows are."""
    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{chosen['NAME']}"
    return f"postgres://{chosen['USER']}@{chosen['HOST']}:{chosen['PORT']}/{chosen['NAME']}"


class Served(served.Served):
    """With those who come to a party on it."""

    def client(self, party: Party, cookie: str, as_: str = "", origin: str = "") -> Client:
        url = f"ws://127.0.0.1:{self.port}/ws/v/{party.workshop.code}/"
        _came.append(Client(url, cookie, origin or self.origin, as_=as_))
        return _came[-1]


@contextmanager
def serving(server: str = "uvicorn", **more: Any) -> Iterator[Served]:
    environment = {"DATABASE_URL": database_url(), "VAR_DIR": str(settings.VAR_DIR)}
    here = Served(server, environment=environment | more.pop("environment", {}), **more)
    here.start()
    try:
        yield here
    finally:
        here.stop()


def comes_in(party: Party, who: str, name: str = "") -> str:
    """Takes a seat by the door; returns the cookie of that browser."""
    token = come_in(party.workshop, f"{who}-{random.random()}", name=name)  # noqa: S311
    party.seats[who] = seat_of(Participant.objects.get(token_digest=digest("seat", token)))
    return f"{cookie_name(party.workshop)}={token}"


def leads(cast: Cast, name: str = "host") -> str:
    """The cookie of somebody signed in with a second factor."""
    return f"{settings.SESSION_COOKIE_NAME}={cast.client(name).cookies['sessionid'].value}"


def shown_out(party: Party, seat: Seat) -> None:
    party.done(party.facilitator, "seat.remove", seat=seat.participant)


def visiting(what: "Coroutine[Any, Any, None]", seconds: float = 60) -> None:
    """Whoever waits longer waits for nothing."""

    async def visit() -> None:
        try:
            await asyncio.wait_for(what, seconds)
        finally:
            for client in _came:
                with suppress(TimeoutError):
                    await asyncio.wait_for(client.close(), 2)
            _came.clear()

    asyncio.run(visit())


async def aside(act: "Callable[..., T]", *given: Any) -> T:
    """What waits for the database, in a thread that leaves no connection behind."""

    def run() -> T:
        try:
            return act(*given)
        finally:
            connections.close_all()

    return await asyncio.to_thread(run)


async def all_have(clients: list[Client], seq: int, seconds: float = 10) -> None:
    await asyncio.gather(*(client.reaches(seq, seconds) for client in clients))


async def welcomed(clients: list[Client]) -> list[Client]:
    for client in clients:
        await client.open()
        await client.until(lambda client=client: client.board.seq is not None)
    return clients
