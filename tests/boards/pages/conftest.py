"""A workshop that is on, and browsers without script to visit it with."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.boards.pages.at_the_board import Guest
from tests.boards.people import Party, hold
from tests.cast import Cast

Guests = Callable[..., Guest]


@pytest.fixture
def party(cast: Cast) -> Party:
    return hold(cast)


@pytest.fixture
def stranger(party: Party) -> Guests:
    """Somebody outside the door."""
    return lambda: Guest(party.workshop, Client(enforce_csrf_checks=True))


@pytest.fixture
def guest(stranger: Guests) -> Guests:
    """Somebody who has come in."""

    def come_in(**said: str) -> Guest:
        one = stranger()
        one.come_in(**said)
        return one

    return come_in
