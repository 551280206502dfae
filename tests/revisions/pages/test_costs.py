"""What the pages of the chain ask the database for, with everything on them, at two sizes."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cocreate.insights.models import Stance
from cocreate.moderation.operations import withdraw
from cocreate.revisions.models import Change, Outcome, Step
from tests.revisions.conftest import Council

pytestmark = pytest.mark.django_db

MOST = {
    "/indsigter/1/": 8,
    "/forslag/1/": 10,
    "/hvad-blev-der-ud-af-det/": 8,
    "/strategien/2/": 10,
    "/strategien/2/mod/1/": 10,
    "/strategien/2/2.3/": 10,
    "/retningslinjer/2.3/": 8,
}


def fill(council: Council, size: int) -> str:
    """An insight with so many voices of each kind, and as many amendments that rest on it; edition 2
    holds them all. Returns the address of what became of one voice."""
    first, *others = [council.voice() for _ in range(size)]
    insight = council.insight(first, *others)
    council.behind(insight, council.voice(), quote=(0, 24))
    for _ in range(size):
        council.behind(insight, council.voice(), Stance.COUNTERS)
        gone = council.voice()
        council.behind(insight, gone)
        withdraw(gone.contribution)
    wanted = [council.wants(insights=(insight,))]
    wanted += [
        council.wants(Change.NEW, text=f"Nyt {n}.", insights=(insight,)) for n in range(size)
    ]
    for amendment in wanted:
        council.decides(amendment, step=Step.RECOMMENDED)
        council.decides(
            amendment, Outcome.ADOPTED_CHANGED, final_text=f"Sådan: {amendment.number}."
        )
    council.adopts()
    return f"/hvad-blev-der-ud-af-det/{first.contribution.public_id}/"


def asked_for(where: str) -> int:
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(where).status_code == 200
    return len(asked)


@pytest.mark.parametrize("size", [1, 10])
def test_no_page_of_the_chain_asks_more_when_there_is_more(council: Council, size: int) -> None:
    trail = fill(council, size)
    asked = {where: asked_for(where) for where in [*MOST, trail]}
    assert {where: n for where, n in asked.items() if n > MOST.get(where, 8)} == {}, asked
