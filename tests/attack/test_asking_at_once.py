"""An author asks for another look while hosts decide: nobody goes round the one who is to answer."""

from collections.abc import Callable
from typing import Any

import pytest

from cocreate.contributions.models import Contribution, State
from cocreate.moderation import operations
from cocreate.moderation.appeals import appeal, decide_appeal, decision_to_appeal
from cocreate.moderation.errors import AppealWaits
from cocreate.moderation.models import Appeal, AppealOutcome, Decision
from tests.attack.test_at_once import WHY, at_once
from tests.cast import Cast, give_story, show

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db]
Undo = Callable[..., Decision]
WAYS = [(operations.hide, operations.restore), (operations.decline, operations.reopen)]


def restricted(cast: Cast, restrict: Undo) -> tuple[Contribution, Decision]:
    """A story that a host has held back, and the decision its author can ask about."""
    story = give_story().contribution
    if restrict is operations.hide:
        show(story, by=cast.editor)
    restrict(story, by=cast.editor, **WHY)
    decision = decision_to_appeal(Contribution.objects.get(pk=story.pk))
    assert decision is not None
    return story, decision


@pytest.mark.parametrize(("restrict", "undo"), WAYS)
def test_while_an_author_waits_for_an_answer_nothing_is_undone(restrict: Undo, undo: Undo) -> None:
    cast = Cast.arrives()
    story, decision = restricted(cast, restrict)
    asked = appeal(decision, text="Se igen.")
    before = Contribution.objects.get(pk=story.pk).state
    with pytest.raises(AppealWaits):
        undo(story, by=cast.host)
    assert Contribution.objects.get(pk=story.pk).state == before
    decide_appeal(asked, by=cast.host, outcome=AppealOutcome.REFUSED, message="Den står.")
    assert undo(story, by=cast.second_host).contribution_id == story.pk


@pytest.mark.parametrize(("restrict", "undo"), WAYS)
def test_asking_and_undoing_at_once_leave_one_of_the_two(restrict: Undo, undo: Undo) -> None:
    cast = Cast.arrives()
    for _ in range(6):
        story, decision = restricted(cast, restrict)
        said = at_once(
            [
                lambda decision=decision: appeal(decision, text="Se igen."),
                lambda story=story: undo(story, by=cast.host),
                lambda story=story: undo(story, by=cast.second_host),
            ],
            threads=3,
        )
        held_back = Contribution.objects.get(pk=story.pk).state in {State.HIDDEN, State.DECLINED}
        waits = Appeal.objects.open().filter(decision=decision).exists()
        assert waits == held_back, said
        assert said.count("done") == 1, said


def test_an_answer_and_a_decision_at_once_never_undo_the_same_twice() -> None:
    cast = Cast.arrives()
    for _ in range(6):
        story, decision = restricted(cast, operations.hide)
        asked = appeal(decision, text="Se igen.")
        answer: dict[str, Any] = {"outcome": AppealOutcome.UPHELD, "message": "Du har ret."}
        at_once(
            [
                lambda asked=asked, answer=answer: decide_appeal(asked, by=cast.host, **answer),
                lambda story=story: operations.restore(story, by=cast.second_host),
            ],
            threads=2,
        )
        assert Contribution.objects.get(pk=story.pk).state == State.PUBLISHED
        assert Decision.objects.filter(contribution=story, outcome="restored").count() == 1
        asked.refresh_from_db()
        assert asked.decided_by == cast.host
