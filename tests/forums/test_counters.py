"""Numbers stand in the order of showing, without a gap, and counters equal a recount."""

import random

import pytest
from django.db.models import Max

from cocreate.contributions.models import State
from cocreate.forums.models import Forum, Post, Topic
from cocreate.moderation.models import Reason
from cocreate.moderation.operations import (
    decline,
    erase,
    hide,
    publish,
    reopen,
    restore,
    revoke_consent,
    withdraw,
)
from tests import cast as people
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.mark.parametrize("seed", range(6))
def test_after_any_run_of_decisions_counters_equal_a_recount(
    cast: Cast, room: Forum, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a run that can be repeated
    order: dict[int, list[int]] = {}
    for _ in range(60):
        _act(chance, cast, room, order)
    for topic in Topic.objects.all():
        numbered = topic.posts.numbered()
        assert [post.pk for post in numbered] == order.get(topic.pk, [])
        assert [post.number for post in numbered] == list(range(1, len(numbered) + 1))
        _equals_a_recount(topic)
    room.refresh_from_db()
    shown = Post.objects.filter(topic__forum=room, state=State.PUBLISHED)
    assert room.topic_count == Topic.objects.filter(opening__in=shown).count()
    assert room.last_activity == shown.aggregate(at=Max("published_at"))["at"]


def _equals_a_recount(topic: Topic) -> None:
    shown = topic.posts.filter(state=State.PUBLISHED)
    assert topic.post_count == shown.count()
    assert topic.last_number == topic.posts.filter(number__isnull=False).count()
    assert topic.last_activity == shown.aggregate(at=Max("published_at"))["at"]


def _act(chance: random.Random, cast: Cast, room: Forum, order: dict[int, list[int]]) -> None:
    topics = list(Topic.objects.all())
    if not topics or chance.random() < 0.1:
        people.begin(room)
        return
    if chance.random() < 0.35:
        people.reply(chance.choice(topics))
        return
    post = chance.choice(list(Post.objects.all()))
    if post.state == State.PENDING:
        if chance.random() < 0.8:
            publish(post, by=cast.host)
            if post.number is None:
                order.setdefault(post.topic_id, []).append(post.pk)
        else:
            decline(post, by=cast.host, reason=Reason.OFF_TOPIC, message="Et andet sted.")
    elif post.state == State.DECLINED:
        reopen(post, by=cast.second_host)
    elif post.state == State.PUBLISHED:
        chance.choice(
            [
                lambda: hide(post, by=cast.host, reason=Reason.HATE, message="Nej."),
                lambda: withdraw(post),
                lambda: revoke_consent(post, "show"),
            ]
        )()
    elif post.state == State.HIDDEN:
        restore(post, by=cast.second_host)
    elif post.state == State.WITHDRAWN:
        erase(post)
