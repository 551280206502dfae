"""Spies open every page, file and form of a workshop, in every phase, as everybody who could.

The raw bytes hold no word, name, number or id that is not the reader's to know. Whose two notes are:
test_told_apart.py; sockets and the log: tests/boards/wire.
"""

import re
from collections.abc import Iterator

import pytest

from tests.boards.spies.addresses import ADDRESSES, ROUTES, read
from tests.boards.spies.planted import PHASES, Planted, Secret
from tests.boards.spies.rules import may_read
from tests.cast import Cast


def test_every_address_of_the_workshops_is_spied_on() -> None:
    assert set(ROUTES) == set(ADDRESSES)


class Ears:
    """Finds secrets: words as parts, numbers and ids only whole."""

    def __init__(self, secrets: list[Secret]) -> None:
        self.secrets: dict[str, list[Secret]] = {}
        for secret in secrets:
            self.secrets.setdefault(secret.value, []).append(secret)
        numbers = "|".join(value for value in self.secrets if value.isdecimal())
        self.number = re.compile(rf"(?<![\w-])(?:{numbers})(?![\w-])")
        self.words = [value for value in self.secrets if not value.isdecimal()]

    def hear(self, text: str) -> Iterator[Secret]:
        found = {word for word in self.words if word in text} | set(self.number.findall(text))
        for value in found:
            yield from self.secrets[value]


@pytest.mark.django_db
@pytest.mark.parametrize("phase", PHASES)
def test_nobody_is_told_what_is_not_theirs(cast: Cast, phase: str) -> None:
    world = Planted(cast, phase)
    ears = Ears(world.secrets)
    wrong, heard, could = [], set(), set()
    for reader, address, text in read(world):
        told = set(ears.hear(text))
        allowed = {one for one in world.secrets if may_read(world, reader, address, one)}
        wrong += [f"{reader} {address}: {one}" for one in told - allowed]
        heard |= {(reader, address.place, one.kind, one.whose) for one in told}
        could |= {(reader, address.place, one.kind, one.whose) for one in allowed}
    assert wrong == []
    # Whatever somebody may read does stand somewhere: the ears work.
    assert could - heard == set()
