"""Fixtures of the whole suite."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management.commands import flush
from django.db import connection

from cocreate import guards
from tests.cast import Cast


@pytest.fixture(autouse=True)
def nothing_cached() -> Iterator[None]:
    _clear()
    yield
    _clear()


def _clear() -> None:
    for cache in caches.all(initialized_only=False):
        cache.clear()


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast.arrives()


@pytest.fixture
def strategy(db: None) -> None:
    """The demonstration edition of the strategy, without the site's own pages: those take longer to
    make than most tests to run."""
    from cocreate.themes.demonstration import make_demonstration

    make_demonstration()


@pytest.fixture
def house(strategy: None) -> None:
    """The pages, help lines and the demonstration edition of the strategy, as after `make run`."""
    from home.operations import prepare_site

    prepare_site()


@pytest.fixture(scope="session", autouse=True)
def flush_without_guards() -> None:
    """A transactional test empties every table afterwards; the guards would refuse it."""
    whole = flush.Command.handle

    def handle(self: Any, **options: Any) -> Any:
        with guards.lifted(connection):
            return whole(self, **options)

    flush.Command.handle = handle  # type: ignore[method-assign]
