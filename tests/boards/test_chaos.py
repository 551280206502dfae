"""What was acknowledged survives kill -9; and the harness that says so finds a server that lies."""

import asyncio
from collections.abc import Iterator

import pytest
from django.db import connection

from bench.chaos import blows_of, storm
from bench.chaos_place import Place, place

pytestmark = pytest.mark.db


@pytest.fixture(scope="module")
def here(django_db_setup: None) -> Iterator[Place]:
    """A PostgreSQL and a Redis of its own, so one of the suite's two runs is enough."""
    if connection.vendor != "postgresql":
        pytest.skip("runs with PostgreSQL")
    with place() as here:
        yield here


def test_nothing_acknowledged_is_lost_when_processes_redis_and_the_database_are_killed(
    here: Place,
) -> None:
    outcome = asyncio.run(storm(here, blows_of(3, 2, 2)))
    assert outcome.problems == []
    assert outcome.acknowledged > 100 and outcome.votes > 20


def test_a_server_that_acknowledges_too_early_is_found_out(here: Place) -> None:
    here.serve_instead("tests.boards.hasty:application")
    outcome = asyncio.run(storm(here, ["web", "postgres", "web"]))
    assert any("acknowledged and is lost" in problem for problem in outcome.problems), str(outcome)
