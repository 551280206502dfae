"""Hosts and authors at the same moment: no deadlock, no wrong count, no word left standing."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connections

from cocreate.contributions.models import Contribution, Scope, State
from cocreate.contributions.operations import AlreadyDecided, new_submission_id
from cocreate.forums.models import Forum, Topic
from cocreate.moderation import operations
from cocreate.moderation.appeals import appeal, decide_appeal, decision_to_appeal
from cocreate.moderation.errors import Refused
from cocreate.moderation.models import AppealOutcome, Decision, Reason
from tests.attack.test_random_life import everything_is_counted_right
from tests.cast import Cast, begin, give_story, open_forum, reply, show, topic_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db]
WHY: dict[str, Any] = {"reason": Reason.NAMES_OTHERS, "message": "Vi vil tale med dig."}


def at_once(acts: list[Callable[[], Any]], threads: int = 8) -> list[str]:
    def run(act: Callable[[], Any]) -> str:
        try:
            act()
            return "done"
        except (Refused, AlreadyDecided) as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, acts))


def test_publishing_hiding_and_taking_back_posts_of_one_topic_at_once() -> None:
    cast = Cast.arrives()
    forum = open_forum()
    opening, other = begin(forum), begin(forum)
    show(opening, by=cast.host)
    topic, second = topic_of(opening), topic_of(other)
    posts = [reply(topic, f"Svar {n}").contribution for n in range(16)]
    acts: list[Callable[[], Any]] = []
    for number, post in enumerate(posts):
        acts.append(lambda post=post: operations.publish(post, by=cast.host))
        if number % 3 == 0:
            acts.append(lambda post=post: operations.withdraw(post))
        if number % 4 == 0:
            acts.append(lambda post=post: operations.revoke_consent(post, Scope.SHOW))
        if number % 5 == 0:
            acts.append(lambda: reply(topic, "Et nyt svar."))
            acts.append(lambda: begin(forum))
    acts += [
        lambda: operations.publish(other.contribution, by=cast.second_host),
        lambda: operations.hide(opening.contribution, by=cast.second_host, **WHY),
        lambda: reply(second, "Svar i det andet emne."),
    ]
    random.Random(1).shuffle(acts)  # noqa: S311
    at_once(acts)
    everything_is_counted_right()
    assert (
        not Contribution.objects.exclude(state=State.PUBLISHED).exclude(published_text="").exists()
    )
    assert Topic.objects.count() >= 2 and Forum.objects.count() == 1


def test_hiding_and_withdrawing_and_revoking_the_same_story_leaves_no_word() -> None:
    cast = Cast.arrives()
    for _ in range(5):
        story = show(give_story(), by=cast.host)
        at_once(
            [
                partial(operations.hide, story, by=cast.host, **WHY),
                partial(operations.revoke_consent, story, Scope.SHOW),
                partial(operations.withdraw, story),
                partial(operations.hide, story, by=cast.second_host, **WHY),
            ],
            threads=4,
        )
        now = Contribution.objects.get(pk=story.pk)
        assert (now.state, now.published_text) == (State.WITHDRAWN, "")


def test_sending_again_while_a_host_publishes_never_shows_a_mixture() -> None:
    cast = Cast.arrives()
    for _ in range(6):
        form = new_submission_id()
        story = give_story("Et.", title="Et", submission_id=form).contribution
        at_once(
            [
                partial(give_story, "To.", title="To", submission_id=form),
                partial(operations.publish, story, by=cast.host),
            ],
            threads=2,
        )
        now = Contribution.objects.get(pk=story.pk)
        assert (now.published_title, now.published_text) in {("Et", "Et."), ("To", "To."), ("", "")}


def test_two_answers_to_one_appeal_are_one() -> None:
    cast = Cast.arrives()
    story = show(give_story(), by=cast.editor)
    operations.hide(story, by=cast.editor, **WHY)
    decision = decision_to_appeal(Contribution.objects.get(pk=story.pk))
    assert decision is not None
    asked = appeal(decision, text="")
    at_once(
        [
            lambda by=by: decide_appeal(asked, by=by, outcome=AppealOutcome.UPHELD, message="Ja.")
            for by in (cast.host, cast.second_host)
        ],
        threads=2,
    )
    assert Decision.objects.filter(contribution=story, outcome="restored").count() == 1


def test_two_who_publish_what_is_due_show_each_once() -> None:
    from django.utils import timezone

    cast = Cast.arrives()
    stories = [give_story().contribution for _ in range(6)]
    for story in stories:
        operations.approve(story, by=cast.host, publish_at=timezone.now())
    at_once([operations.publish_due] * 4, threads=4)
    assert Contribution.objects.filter(state=State.PUBLISHED).count() == 6
    assert Decision.objects.filter(outcome="published").count() == 6
