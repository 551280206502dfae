"""Any order of things leaves every client with what a fresh snapshot would show it."""

import os
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.boards.judge import watched
from tests.boards.life import World
from tests.boards.people import hold
from tests.cast import Cast

# A longer search by hand: EXAMPLES=2000 pytest tests/boards/test_properties.py
EXAMPLES = int(os.environ.get("EXAMPLES", "120"))
DEEDS = [
    "add", "add", "add", "edit", "move", "move", "take_back", "hide", "show", "put_together",
    "name", "take_apart", "vote", "vote", "room", "undo", "phase", "phase", "small",
]  # fmt: skip
BETWEEN = ["come", "come", "drop", "hear", "hear", "lose", "look"]
SMALL = st.integers(0, 7)
BURST = st.lists(st.tuples(st.sampled_from(DEEDS), SMALL, SMALL, SMALL), min_size=1, max_size=4)
STEP = st.one_of(
    BURST, st.tuples(st.sampled_from(BETWEEN), SMALL, SMALL, st.integers(0, 1)).map(lambda s: [s])
)
LIFE = st.lists(STEP, max_size=30)


def live(world: World, phase: str, steps: list[list[tuple[str, int, int, int]]]) -> None:
    world.prepare(phase)
    for number in range(6):
        world.come(number, number, 1)
    for burst in steps:
        for name, a, b, c in burst:
            getattr(world, name)(a, b, c)
        world.settle()
        world.collect_answers()
        world.everybody_who_is_up_to_date_is_right()
    world.all_catch_up()
    world.everybody_who_is_up_to_date_is_right()
    world.numbers_have_no_gap()
    world.nobody_has_spent_too_much()
    newest = max(device.board.seq or 0 for device in world.devices)
    assert [device.board.seq for device in world.devices] == [newest] * 6


def many(template: str) -> Callable[[Callable[..., None]], Callable[[], None]]:
    phases = ["collect", "cluster", "vote", "discuss"] if template == "affinity" else ["collect"]
    searched = settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        derandomize="EXAMPLES" not in os.environ,
    )
    lives = given(phase=st.sampled_from(phases), steps=LIFE, hidden=st.booleans())
    return lambda life: searched(lives(life))


@pytest.mark.django_db
@pytest.mark.parametrize("template", ["affinity", "free"])
def test_every_client_ends_with_what_a_fresh_snapshot_shows(cast: Cast, template: str) -> None:
    @many(template)
    def lives(phase: str, steps: list[list[tuple[str, int, int, int]]], hidden: bool) -> None:
        with transaction.atomic():
            party = hold(cast, template=template, hidden=hidden)
            with World(party) as world, watched(party):
                live(world, phase, steps)
            transaction.set_rollback(True)

    lives()


@pytest.mark.db
@pytest.mark.django_db(transaction=True)
def test_the_short_way_of_storing_notes_leads_to_the_same(cast: Cast) -> None:
    """It is taken on PostgreSQL alone, and never within another transaction."""
    if connection.vendor != "postgresql":
        pytest.skip("there is no short way here")

    @many("affinity")
    def lives(phase: str, steps: list[list[tuple[str, int, int, int]]], hidden: bool) -> None:
        party = hold(cast, hidden=hidden)
        with World(party) as world, watched(party):
            live(world, phase, steps)

    lives()
