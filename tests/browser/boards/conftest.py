"""A server with sockets, a workshop that is on, and the browsers of those who come to it."""

import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from tests.boards.harness import Served, serving
from tests.boards.people import Party, hold
from tests.browser.boards.guest import Guest
from tests.browser.conftest import Opens
from tests.browser.window import Window
from tests.cast import Cast

# What `make run` serves with; BOARD_SERVER=uvicorn is what production does.
SERVER = os.environ.get("BOARD_SERVER", "daphne")
BUSY = """SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'
    AND backend_type = 'client backend' AND pid <> pg_backend_pid()"""
QUIET_LOOKS = 3
Guests = Callable[..., Guest]
Windows = Callable[..., Window]


@pytest.fixture(scope="session")
def running(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Served]:
    """Started once: no board of one test has the number of another's."""
    with django_db_blocker.unblock(), serving(SERVER) as served:
        yield served


@pytest.fixture
def served(running: Served, transactional_db: None, house: None) -> Iterator[Served]:
    """Whatever was done to it: it lives, and its log holds no traceback."""
    running.said()
    yield running
    wait_until_idle()
    assert running.process is not None and running.process.poll() is None
    assert running.trouble() == []


def wait_until_idle() -> None:
    """A page asked for by a window that is gone is still made, and reads. On PostgreSQL that and the
    emptying of all tables after the test would wait for each other."""
    quiet = 0
    while connection.vendor == "postgresql" and quiet < QUIET_LOOKS:
        with connection.cursor() as cursor:
            cursor.execute(BUSY)
            quiet = 0 if cursor.fetchone() else quiet + 1
        time.sleep(0.05)


@pytest.fixture
def site(served: Served) -> str:
    return served.origin


@pytest.fixture
def party(served: Served, cast: Cast) -> Party:
    made = hold(cast)
    made.workshop.refresh_from_db()
    return made


@pytest.fixture
def guests(browser: Browser, served: Served, party: Party) -> Iterator[Guests]:
    """Opens browsers of people who have come in; looks afterwards at what they met."""
    opened: list[Guest] = []

    def come(name: str = "", *, beside: Guest | None = None, **options: Any) -> Guest:
        """With a seat of their own, or in the seat of somebody who has come."""
        guest = Guest(browser, served, party.workshop, **options)
        opened.append(guest)
        if beside is None:
            guest.come_in(name)
        else:
            guest.sit_beside(beside)
        return guest

    yield come
    for guest in opened:
        guest.close()
    assert [fault for guest in opened for fault in guest.faults] == []


@pytest.fixture
def leader(opens: Opens, cast: Cast) -> Windows:
    """Windows of the facilitator."""
    return partial(opens, as_user=cast.host)
