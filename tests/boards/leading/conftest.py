"""A workshop with people in it, and the browsers of those who lead it."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.boards.people import Party, hold
from tests.cast import Cast


@pytest.fixture
def party(cast: Cast) -> Party:
    made = hold(cast)
    made.sit("mo", "Mo Testvig")
    made.sit("ulla")
    return made


@pytest.fixture
def leader(cast: Cast) -> Client:
    return cast.client("host")


def at(party: Party, page: str = "") -> str:
    return f"/v/{party.workshop.code}/tovholder/{page}"


def press(client: Client, party: Party, do: str, /, **fields: object) -> HttpResponse:
    """A button of the facilitator's page, with the fields of its form."""
    return client.post(at(party, "gem/"), {"do": do, **fields})


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def words(html: str) -> str:
    """What a reader sees, without tags and double spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
