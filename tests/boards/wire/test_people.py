"""How many are here, when the people of one board sit at several processes."""

import asyncio
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from cocreate.boards.presence import Presence
from tests.boards.client import Client
from tests.boards.harness import Served, comes_in, serving, visiting, welcomed
from tests.boards.people import Party

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db]
needs_redis = pytest.mark.skipif(not settings.REDIS_URL, reason="one process counts for itself")


async def hears(client: Client, people: int) -> None:
    await client.until(lambda: client.people == people, seconds=60)


@needs_redis
def test_everybody_at_every_process_is_counted_and_whoever_leaves_is_not(
    served: Served, party: Party
) -> None:
    cookies = [comes_in(party, who) for who in ("mo", "ulla", "ib")]

    async def visit(elsewhere: Served) -> None:
        mo, ulla = await welcomed([served.client(party, cookie) for cookie in cookies[:2]])
        (ib,) = await welcomed([elsewhere.client(party, cookies[2])])
        await asyncio.gather(*(hears(one, 3) for one in (mo, ulla, ib)))
        await ulla.close()
        await asyncio.gather(hears(mo, 2), hears(ib, 2))
        await ib.close()
        await hears(mo, 1)
        await mo.close()

    with serving() as elsewhere:
        visiting(visit(elsewhere))
        assert elsewhere.trouble() == []


@needs_redis
def test_a_process_that_was_killed_is_believed_no_longer(party: Party) -> None:
    a_while_ago = timezone.now() - timedelta(seconds=20)

    async def visit() -> None:
        alive, killed = Presence("alive"), Presence("killed")
        await killed.elsewhere(party.board.pk, 7)
        assert await alive.elsewhere(party.board.pk, 2) == 7
        with time_machine.travel(a_while_ago):
            await killed.elsewhere(party.board.pk, 7)
        assert await alive.elsewhere(party.board.pk, 2) == 0
        await alive.close()
        await killed.close()

    asyncio.run(visit())


def test_without_redis_each_process_counts_its_own_and_nothing_fails(party: Party) -> None:
    mo = comes_in(party, "mo")

    async def visit(alone: Served) -> None:
        (one,) = await welcomed([alone.client(party, mo)])
        await hears(one, 1)
        await one.do("note.add", column=party.columns[0].uid, text="Det går alligevel.")
        await one.close()

    # Nothing listens there.
    with serving(environment={"REDIS_URL": "redis://127.0.0.1:9/0"}) as alone:
        alone.said()
        visiting(visit(alone))
        assert alone.trouble() == []
