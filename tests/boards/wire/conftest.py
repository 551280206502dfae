"""Each server once for the whole folder; after every visit its log is read."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.boards.harness import SERVERS, Served, leads, serving
from tests.boards.people import Party, hold
from tests.cast import Cast


@pytest.fixture(scope="session", params=SERVERS)
def running(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Served]:
    with django_db_blocker.unblock(), serving(request.param) as served:
        yield served


@pytest.fixture
def served(running: Served, transactional_db: None) -> Iterator[Served]:
    """Whatever was done to it: it lives, and its log holds no traceback."""
    running.said()
    yield running
    assert running.process is not None and running.process.poll() is None
    assert running.trouble() == []


@pytest.fixture
def party(transactional_db: None) -> Party:
    """Written open, led by the host."""
    return hold(Cast.arrives(), hidden=False)


@pytest.fixture
def host_cookie(party: Party) -> str:
    return leads(party.cast)
