"""An appeal is answered while its author's words are erased: locks in one order."""

from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, connections

from cocreate.contributions.models import Contribution
from cocreate.moderation import appeals, operations
from cocreate.moderation.appeals import appeal, decide_appeal, decision_to_appeal
from cocreate.moderation.errors import Refused
from cocreate.moderation.models import AppealOutcome, Reason
from tests.cast import Cast, give_story

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_erasing_and_answering_an_appeal_take_their_locks_in_one_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast = Cast.arrives()
    story = give_story().contribution
    operations.decline(story, by=cast.host, reason=Reason.HATE, message="Nej.")
    decision = decision_to_appeal(Contribution.objects.get(pk=story.pk))
    assert decision is not None
    asked = appeal(decision, text="Se igen.")
    operations.withdraw(story)
    has_appeal, has_story, errors = Event(), Event(), []
    reopen, lock = appeals.reopen, operations._lock

    def slow_reopen(*args: Any, **kwargs: Any) -> Any:
        has_appeal.set()
        has_story.wait(5)
        return reopen(*args, **kwargs)

    def telling_lock(*args: Any, **kwargs: Any) -> Any:
        locked = lock(*args, **kwargs)
        has_story.set()
        has_appeal.wait(5)
        return locked

    monkeypatch.setattr(appeals, "reopen", slow_reopen)
    monkeypatch.setattr(operations, "_lock", telling_lock)

    def run(act: Any) -> None:
        try:
            act()
        except Refused:
            pass
        except Exception as error:  # noqa: BLE001
            errors.append(str(error))
        finally:
            connections.close_all()

    answer = {"by": cast.second_host, "outcome": AppealOutcome.UPHELD, "message": "Ja."}
    threads = [
        Thread(target=run, args=[lambda: decide_appeal(asked, **answer)]),
        Thread(target=run, args=[lambda: operations.erase(story)]),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert errors == []
