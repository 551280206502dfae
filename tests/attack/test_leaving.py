"""Something goes, an account or a key: what was given and decided stays whole."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cocreate.contributions.models import Contribution, State
from cocreate.moderation import operations
from cocreate.moderation.appeals import appeal, decide_appeal, decision_to_appeal
from cocreate.moderation.models import Appeal, AppealOutcome, Decision, Reason
from cocreate.notifications.worker import work_once
from tests.cast import Cast, begin, give_story, open_forum, show

pytestmark = [pytest.mark.django_db, pytest.mark.db]
WHY: dict[str, Any] = {"reason": Reason.NAMES_OTHERS, "message": "Vi vil tale med dig."}


def test_a_deleted_authors_shown_story_stands_and_opens_by_its_receipt(cast: Cast) -> None:
    story = show(give_story("Ord.", viewer=cast.viewer("citizen")), by=cast.host)
    cast.citizen.delete()
    left = Contribution.objects.get(pk=story.pk)
    assert (left.author_id, left.published_text, left.state) == (None, "Ord.", State.PUBLISHED)
    assert left.receipt_id is not None


def test_a_deleted_hosts_decisions_and_appeals_stay(cast: Cast) -> None:
    room = open_forum("lukket", audience="room", hosts=[cast.host], host=cast.host)
    story = show(begin(room), by=cast.host)
    operations.hide(story, by=cast.host, **WHY)
    decision = decision_to_appeal(Contribution.objects.get(pk=story.pk))
    assert decision is not None
    asked = appeal(decision, text="Se igen.")
    decide_appeal(asked, by=cast.second_host, outcome=AppealOutcome.REFUSED, message="Den står.")
    cast.host.delete()
    cast.second_host.delete()
    assert list(Decision.objects.values_list("outcome", "by")) == [
        ("published", None),
        ("hidden", None),
    ]
    assert Appeal.objects.get().outcome == AppealOutcome.REFUSED


def test_a_deleted_account_takes_nobody_elses_receipt_along(cast: Cast) -> None:
    mine = give_story(viewer=cast.viewer("citizen")).contribution
    other = give_story().contribution
    cast.citizen.delete()
    assert {row.receipt_id for row in Contribution.objects.all()} == {
        mine.receipt_id,
        other.receipt_id,
    }


def test_one_unreadable_wording_does_not_end_the_background_work(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cocreate.notifications.worker.close_old_connections", lambda: None)
    story = give_story().contribution
    operations.approve(story, by=cast.host, publish_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contributions_textversion SET text = 'x'")
    work_once()
