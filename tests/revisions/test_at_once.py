"""Two people at the same moment, with real threads: one edition, and no number twice."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from cocreate.revisions.errors import AlreadyDecided, NothingToAdopt
from cocreate.revisions.models import Adopted, Amendment, Change, CouncilDecision, Outcome
from cocreate.themes.models import Edition
from tests.revisions.conftest import Council, passage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db]


def at_once(work: Callable[[], Any], people: int = 4) -> list[Any]:
    """What each got back, or the error it met."""
    together, results = Barrier(people), []

    def one() -> None:
        together.wait()
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001 - looked at by the test
            results.append(error)
        finally:
            connection.close()

    threads = [Thread(target=one) for _ in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_two_who_adopt_make_one_edition(council: Council) -> None:
    council.decides(council.wants())
    results = at_once(council.adopts)
    assert sum(isinstance(result, Edition) for result in results) == 1
    assert sum(isinstance(result, NothingToAdopt) for result in results) == 3
    assert Edition.objects.count() == 2
    assert Adopted.objects.count() == 1


def test_two_who_minute_the_same_decision_write_it_once(council: Council) -> None:
    amendment = council.wants()
    results = at_once(lambda: council.decides(amendment))
    assert results == [CouncilDecision.objects.get()] * 4
    others = [Outcome.ADOPTED, Outcome.REJECTED] * 2
    amendment, reasons = council.wants(Change.CHANGE, passage("1.1")), iter("abcd")
    results = at_once(lambda: council.decides(amendment, others.pop(), reason=next(reasons)))
    assert sum(isinstance(result, CouncilDecision) for result in results) == 1
    assert sum(isinstance(result, AlreadyDecided) for result in results) == 3


def test_amendments_and_insights_made_at_once_have_each_their_number(council: Council) -> None:
    texts = iter("abcd")
    results = at_once(lambda: council.wants(text=f"Nye ord {next(texts)}.", public=False))
    assert all(isinstance(result, Amendment) for result in results), results
    assert sorted(Amendment.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    results = at_once(lambda: council.insight(public=False))
    assert sorted(result.number for result in results) == [1, 2, 3, 4]


def test_the_same_draft_sent_four_times_is_one(council: Council) -> None:
    results = at_once(lambda: council.wants(public=False))
    assert results == [Amendment.objects.get()] * 4
